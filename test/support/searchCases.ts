import type { SearchTarget } from '../../src/mlflow/search/searchDialect';
import * as rows from './searchRows';
import { SeededRandom } from './seededRandom';

/** A filter with orders, for one kind of rows. */
export interface SearchCase {
  readonly target: SearchTarget;
  readonly filter: string;
  readonly orderBy: readonly string[];
}

/** What searchOracle.py reads. */
export interface SearchSpec {
  readonly runs: readonly rows.RunSpec[];
  /** How many of the runs are in the folder, too. */
  readonly runsInFolder: number;
  readonly experiments: readonly rows.ExperimentSpec[];
  readonly models: readonly rows.ModelSpec[];
  readonly cases: readonly SearchCase[];
}

export interface SearchSize {
  readonly runs: number;
  readonly runsInFolder: number;
  readonly cases: number;
}

/** Rows and searches for them: most are meant to be taken, every third is broken somewhere. */
export function makeSearchSpec(seed: number, size: SearchSize): SearchSpec {
  const random = new SeededRandom(seed);
  return {
    runs: random.times(size.runs, (index) => rows.makeRun(random, index)),
    runsInFolder: size.runsInFolder,
    experiments: random.times(12, (index) => rows.makeExperiment(random, index)),
    models: random.times(20, (index) => rows.makeModel(random, index)),
    cases: random.times(size.cases, (index) => makeCase(random, index)),
  };
}

function makeCase(random: SeededRandom, index: number): SearchCase {
  const others = ['experiments', 'registeredModels', 'modelVersions'] as const;
  const target = index % 2 === 0 ? 'runs' : random.pick(['runs', ...others] as const);
  const clauses = random.times(random.pick([0, 1, 1, 1, 2, 2, 3]), () => clause(random, target));
  const orders = random.times(random.pick([0, 1, 1, 2]), () => order(random, target));
  const filter = clauses.join(random.pick([' AND ', ' and ', ' AND ', '\nAND\t']));
  const broken = index % 3 === 2;
  return {
    target,
    filter: broken && filter !== '' ? damage(random, filter) : filter,
    orderBy: index % 9 === 8 ? orders.map((text) => damage(random, text)) : orders,
  };
}

const comparisons = ['=', '!=', '<', '<=', '>', '>='];

function clause(random: SeededRandom, target: SearchTarget): string {
  const blank = random.pick(['', ' ', '  ']);
  const [left, right] = random.pick(target === 'runs' ? runClauses : clausesOf[target])(random);
  return /^[A-Z]/i.test(right) ? `${left} ${right}` : `${left}${blank}${right}`;
}

type MakeClause = (random: SeededRandom) => readonly [left: string, right: string];

/** A text in quotes that it can stand in. */
function quoted(text: string): string {
  return text.includes("'") ? `"${text.replaceAll('"', '_')}"` : `'${text}'`;
}

function key(random: SeededRandom, keys: readonly string[]): string {
  const name = random.pick(keys);
  const isPlain = /^[a-zü정]\w*$/i.test(name) && name !== 'in' && name !== 'DESC';
  return isPlain && random.chance(0.5) ? name : random.pick([`\`${name}\``, `"${name}"`]);
}

function pattern(random: SeededRandom, values: readonly string[]): string {
  const text = random.pick(values).replaceAll(/[<>]/g, '');
  const blurred = random.chance(0.5) ? text.replace(/^./u, '_') : text;
  return quoted(
    random.pick([`%${blurred}`, `${blurred}%`, `%${blurred}%`, blurred, '%', 'a%b', '_']),
  );
}

function textRight(random: SeededRandom, values: readonly string[]): string {
  const operator = random.pick(['=', '!=', 'LIKE', 'ILIKE']);
  return operator.endsWith('LIKE')
    ? `${operator} ${pattern(random, values)}`
    : `${operator} ${quoted(random.pick(values))}`;
}

function listRight(random: SeededRandom, values: readonly string[]): string {
  const some = [random.pick(values), ...random.some(values, 0.3)].filter(
    (text) => !/['\\]/.test(text),
  );
  const list = (some.length > 0 ? some : ['none']).map((text) => `'${text}'`).join(', ');
  return `${random.pick(['IN', 'NOT IN', 'in'])} (${list})`;
}

const numberRight: (values: readonly string[]) => (random: SeededRandom) => string =
  (values) => (random) =>
    `${random.pick(comparisons)} ${random.pick(values)}`;

const timesRight = numberRight([
  ...['1700000000100', '1700000000150', '1.70000000005e12', '0', '-1'],
  ...['9007199254740993', '9007199254740994', '9223372036854775807', '1700000000100.5'],
]);
const metricRight = numberRight(['0', '1', '-1.5', '.1', '2.', '1e308', '1e999', '-1e-300', '0.3']);

function run(attributes: readonly string[], right: (random: SeededRandom) => string): MakeClause {
  return (random) => [
    random.pick(['', 'attributes.', 'attribute.', 'attr.', 'run.']) + random.pick(attributes),
    right(random),
  ];
}

const metricClause: MakeClause = (random) => [
  `${random.pick(['metrics', 'metric'])}.${key(random, rows.metricKeys)}`,
  metricRight(random),
];
const textClause: MakeClause = (random) => [
  `${random.pick(['params', 'param', 'parameters', 'tags', 'tag'])}.${key(random, rows.textKeys)}`,
  random.chance(0.15)
    ? random.pick(['IS NULL', 'IS NOT NULL', 'is null'])
    : textRight(random, rows.texts),
];
const runClauses: readonly MakeClause[] = [
  ...[metricClause, metricClause, textClause, textClause],
  run(['run_name', '`run name`'], (random) => textRight(random, rows.names)),
  run(['status'], (random) => textRight(random, rows.statuses)),
  run(['user_id'], (random) => textRight(random, ['ada', 'Ada', 'grace'])),
  run(['start_time', 'end_time', 'created'], timesRight),
  run(['run_id'], (random) =>
    listRight(
      random,
      random.times(20, (index) => rows.runId(index * 7)),
    ),
  ),
  (random) => [`datasets.name`, textRight(random, rows.datasetNames)],
  (random) => [`dataset.context`, listRight(random, rows.contexts)],
  (random) => [`datasets.digest`, `LIKE '${random.pick(['d1', 'd_', '%'])}%'`],
];

const tagClause: MakeClause = (random) => [
  `${random.pick(['tags', 'tag'])}.${key(random, rows.textKeys)}`,
  textRight(random, rows.texts),
];
const promptClause: MakeClause = (random) => [
  'tags.`mlflow.prompt.is_prompt`',
  `${random.pick(['=', '!='])} '${random.pick(['true', 'false'])}'`,
];
const nameClause: MakeClause = (random) => [
  random.pick(['name', 'attribute.name']),
  random.chance(0.3)
    ? listRight(random, ['CarSeat 0', '모델 1', 'm 2', 'carseat 3'])
    : textRight(random, ['CarSeat 0', 'carseat', 'bold-cat 1', '실험', 'm']),
];
const clausesOf: Readonly<Record<Exclude<SearchTarget, 'runs'>, readonly MakeClause[]>> = {
  experiments: [
    tagClause,
    nameClause,
    (random) => ['creation_time', numberRight(['1700000000002', '1700000000003', '0'])(random)],
    (random) => [
      'experiment_id',
      random.chance(0.5)
        ? listRight(random, ['1', '2', '10'])
        : random.pick(["= '1'", "!= ' 2'", "> '3'"]),
    ],
  ],
  registeredModels: [tagClause, nameClause, promptClause],
  modelVersions: [
    tagClause,
    nameClause,
    promptClause,
    (random) => ['version_number', numberRight(['1', '2', '1.5', "'1'", "'x'"])(random)],
    (random) => [
      'source_path',
      textRight(random, ['file:///models/a', 'file:///models/A', 'models']),
    ],
    (random) => [
      'run_id',
      listRight(
        random,
        random.times(5, (index) => rows.runId(index)),
      ),
    ],
  ],
};

function order(random: SeededRandom, target: SearchTarget): string {
  const subject = {
    runs: () =>
      random.pick([
        () => `metrics.${key(random, rows.metricKeys)}`,
        () => `${random.pick(['params', 'tags'])}.${key(random, rows.textKeys)}`,
        () => random.pick(['start_time', 'end_time', 'run_name', 'status', 'created']),
        () => `attributes.${random.pick(['run_id', 'user_id', 'artifact_uri', 'duration'])}`,
      ])(),
    experiments: () => random.pick(['name', 'experiment_id', 'creation_time', 'last_update_time']),
    registeredModels: () =>
      random.pick(['name', 'timestamp', 'last_updated_timestamp', 'attribute.name']),
    modelVersions: () =>
      random.pick([
        'name',
        'version_number',
        'creation_timestamp',
        'last_updated_timestamp',
        'tags.name',
      ]),
  }[target]();
  return subject + random.pick(['', ' ASC', ' DESC', ' desc']);
}

const debris = [
  ...[
    ' OR ',
    ' NOT ',
    '(',
    ')',
    ';',
    ',',
    "'",
    '"',
    '`',
    '=',
    '==',
    '<>',
    '.',
    ' ',
    ' AND AND ',
    'x',
  ],
  ...[
    ' x ',
    ' 1',
    "'y'",
    ' NULL',
    '!',
    '-',
    '+',
    '/',
    'foo.',
    '5',
    'é',
    '😀',
    '::',
    '--',
    ' IS NULL',
  ],
];

/** The text with something left out, put in, doubled or exchanged. */
function damage(random: SeededRandom, text: string): string {
  const from = random.below(text.length + 1);
  const to = Math.min(text.length, from + random.below(4));
  const middle = random.pick([
    '',
    random.pick(debris),
    random.pick(debris),
    text.slice(from, to).repeat(2),
  ]);
  return text.slice(0, from) + middle + text.slice(random.chance(0.5) ? from : to);
}
