import type { SearchTarget } from '../../src/mlflow/search/searchDialect';

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

/** The same searches for the same seed. */
export function randomSearches(count: number, seed: number): readonly RandomSearch[] {
  const random = generator(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const time = (): string => String(1_700_000_000_000 + Math.floor(random() * 50));
  const clauses: Readonly<Record<SearchTarget, readonly (() => string)[]>> = {
    runs: [
      () => `metrics.\`${pick(keys)}\` ${pick(compare)} ${pick(numbers)}`,
      () => `params.\`${pick(keys)}\` ${pick(match)} '${pick(texts)}'`,
      () => `tags.\`${pick(keys)}\` ${pick(match)} '${pick(texts)}'`,
      () => `${pick(['params', 'tags'])}.\`${pick(keys)}\` IS ${pick(['', 'NOT '])}NULL`,
      () => `${pick(['status', 'user_id', 'run_name'])} ${pick(match)} '${pick(texts)}'`,
      () => `attributes.${pick(['start_time', 'end_time', 'created'])} ${pick(compare)} ${time()}`,
      () =>
        `datasets.${pick(['name', 'digest'])} ${pick(match)} '${pick(['data1', 'digest2', 'd%'])}'`,
      () => `datasets.context ${pick(match)} '${pick(['training', 'te%'])}'`,
      () => `run_id IN ('${'0'.repeat(32)}', 'x')`,
      () => `params.a > '1'`,
    ],
    experiments: [
      () => `name ${pick(match)} 'experiment ${pick(['1', '%', '2'])}'`,
      () => `creation_time ${pick(compare)} ${time()}`,
      () => `tags.\`${pick(keys)}\` ${pick(match)} '${pick(texts)}'`,
    ],
    registeredModels: [
      () => `name ${pick(match)} '${pick(['model a', 'Model%', 'm_del b', '%'])}'`,
      () => `tags.\`${pick(keys)}\` ${pick(match)} '${pick(texts)}'`,
    ],
    modelVersions: [
      () => `name ${pick(match)} '${pick(['model a', 'Model%', 'm_del b', '%'])}'`,
      () => `version_number ${pick(compare)} ${pick(['1', '2', '3'])}`,
      () => `tags.\`${pick(keys)}\` ${pick(match)} '${pick(texts)}'`,
      () => `run_id = '${'0'.repeat(32)}'`,
    ],
  };
  const orders: Readonly<Record<SearchTarget, readonly string[]>> = {
    runs: [
      ...keys.flatMap((key) => ['metrics', 'params', 'tags'].map((of) => `${of}.\`${key}\``)),
      ...['start_time', 'end_time', 'status', 'user_id', 'run_name', 'run_id'].map(
        (key) => `attributes.${key}`,
      ),
    ],
    experiments: ['name', 'experiment_id', 'creation_time', 'last_update_time'],
    registeredModels: ['name', 'timestamp', 'last_updated_timestamp'],
    modelVersions: ['name', 'version_number', 'creation_timestamp', 'last_updated_timestamp'],
  };
  const targets = ['runs', 'runs', 'runs', 'runs', ...Object.keys(clauses)] as SearchTarget[];
  return Array.from({ length: count }, () => {
    const target = pick(targets);
    const some = <T>(most: number, make: () => T): T[] =>
      Array.from({ length: Math.floor(random() * (most + 1)) }, make);
    return {
      target,
      filter: some(3, () => pick(clauses[target])()).join(' AND '),
      orderBy: [...new Set(some(2, () => pick(orders[target])))].map(
        (order) => `${order} ${pick(['ASC', 'DESC'])}`,
      ),
      view: pick(['active', 'active', 'deleted', 'all'] as const),
      maxResults: pick([25, 100, 1000]),
      experimentIds: pick([['0', '1', '2', '3'], ['1'], ['2', '3'], ['77']]),
    };
  });
}

/** Numbers from 0 to 1 (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
