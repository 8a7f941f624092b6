import type { SearchTarget } from '../../src/mlflow/search/searchDialect';
import { SeededRandom } from './seededRandom';

/** A search as `sqliteOracle.py` takes it. */
export interface RandomSearch {
  readonly target: SearchTarget;
  readonly filter: string;
  readonly orderBy: readonly string[];
  readonly view: 'active' | 'deleted' | 'all';
  readonly maxResults: number;
  readonly experimentIds: readonly string[];
}

const keys = ['a', 'b/c', 'd e', 'é', '정확도', '__proto__', 'Z', 'mlflow.runName'];
const texts = [
  '0',
  '1',
  '10',
  'a',
  'A',
  'é',
  '%',
  '_x',
  '%1%',
  '_',
  'É%',
  'run %',
  'true',
  'RUNNING',
];
const numbers = ['0', '-1.5', '1', '1e300', '1.7976931348623157e308', '0.30000000000000004'];
const compare = ['=', '!=', '<', '<=', '>', '>='];
const match = ['=', '!=', 'LIKE', 'ILIKE'];

type Pick = <T>(items: readonly T[]) => T;
type Clause = (pick: Pick) => string;

const key = (pick: Pick): string => `\`${pick(keys)}\``;
const text = (pick: Pick): string => `${pick(match)} '${pick(texts)}'`;
const time = (pick: Pick): string =>
  `${pick(compare)} ${1_700_000_000_000 + pick([0, 1, 5, 10, 15, 19, 30, 49])}`;
const tag: Clause = (pick) => `tags.${key(pick)} ${text(pick)}`;
const modelName: Clause = (pick) =>
  `name ${pick(match)} '${pick(['model a', 'Model%', 'm_del b', '%'])}'`;

/** Comparisons that may be made, some of which MLflow refuses. */
const clauses: Readonly<Record<SearchTarget, readonly Clause[]>> = {
  runs: [
    (pick) => `metrics.${key(pick)} ${pick(compare)} ${pick(numbers)}`,
    (pick) => `params.${key(pick)} ${text(pick)}`,
    (pick) => `params.${key(pick)} ${pick(['!=', 'LIKE', 'ILIKE'])} '${pick(['%', '%1%', '_'])}'`,
    tag,
    (pick) => `${pick(['params', 'tags'])}.${key(pick)} IS ${pick(['', 'NOT '])}NULL`,
    (pick) => `${pick(['status', 'user_id', 'run_name'])} ${text(pick)}`,
    (pick) => `attributes.${pick(['start_time', 'end_time', 'created'])} ${time(pick)}`,
    (pick) => `datasets.${pick(['name', 'digest'])} ${pick(match)} '${pick(['data1', 'd%'])}'`,
    (pick) => `datasets.context ${pick(match)} '${pick(['training', 'te%'])}'`,
    (pick) => pick([`run_id IN ('${'0'.repeat(32)}', 'x')`, `run_id != 'x'`]),
    (pick) => pick([`params.a > '1'`, `metrics.a = 'x'`, `params.a = 1`, `nosuch = 'x'`, `a b`]),
  ],
  experiments: [
    (pick) => `name ${pick(match)} 'experiment ${pick(['1', '%', '2'])}'`,
    (pick) => `creation_time ${time(pick)}`,
    tag,
  ],
  registeredModels: [modelName, tag],
  modelVersions: [
    modelName,
    (pick) => `version_number ${pick(compare)} ${pick(['1', '2', '3'])}`,
    tag,
    () => `run_id = '${'0'.repeat(32)}'`,
  ],
};

const orders: Readonly<Record<SearchTarget, readonly string[]>> = {
  runs: [
    ...keys.flatMap((name) => ['metrics', 'params', 'tags'].map((of) => `${of}.\`${name}\``)),
    ...['start_time', 'end_time', 'status', 'user_id', 'run_name', 'run_id'],
    ...['attributes.created', 'Created', 'nosuch', 'datasets.name'],
  ],
  experiments: ['name', 'experiment_id', 'creation_time', 'last_update_time', 'nosuch'],
  registeredModels: ['name', 'timestamp', 'last_updated_timestamp', 'nosuch'],
  modelVersions: ['name', 'version_number', 'creation_timestamp', 'last_updated_timestamp'],
};

/** The same searches for the same seed. */
export function randomSearches(count: number, seed: number): readonly RandomSearch[] {
  const generator = new SeededRandom(seed);
  const random = (): number => generator.next();
  const pick: Pick = (items) =>
    items[Math.floor(random() * items.length)] as (typeof items)[number];
  const some = <T>(most: number, make: () => T): T[] =>
    Array.from({ length: Math.floor(random() * (most + 1)) }, make);
  const targets = ['runs', 'runs', 'runs', 'runs', ...Object.keys(clauses)] as SearchTarget[];
  return Array.from({ length: count }, () => {
    const target = pick(targets);
    return {
      target,
      filter: some(2, () => pick(clauses[target])(pick)).join(' AND '),
      orderBy: some(2, () => `${pick(orders[target])} ${pick(['ASC', 'DESC', ''])}`.trim()),
      view: pick(['active', 'active', 'deleted', 'all'] as const),
      maxResults: pick([100, 300, 1000]),
      experimentIds: pick([['0', '1', '2', '3'], ['1'], ['1', '2'], ['2', '3'], ['77']]),
    };
  });
}
