import type { SeededRandom } from './seededRandom';

type Pair = readonly [key: string, value: string];

/** A run to be logged; see searchOracle.py. */
export interface RunSpec {
  readonly id: string;
  readonly name: string;
  readonly userId: string;
  readonly status: string;
  readonly startTime: number;
  readonly endTime: number | null;
  readonly artifactUri: string;
  readonly deleted: boolean;
  readonly params: readonly Pair[];
  readonly tags: readonly Pair[];
  /** Values as Python's `float` reads them. */
  readonly metrics: readonly Pair[];
  readonly datasets: readonly (readonly [name: string, digest: string, context: string | null])[];
}

export interface ExperimentSpec {
  readonly name: string;
  readonly time: number;
  readonly tags: readonly Pair[];
}

export interface ModelSpec extends ExperimentSpec {
  readonly versions: readonly {
    readonly source: string;
    readonly runId: string | null;
    readonly time: number;
    readonly deleted: boolean;
    readonly tags: readonly Pair[];
  }[];
}

const t0 = 1_700_000_000_000;
/** Beyond 2^53, where not every integer is a double: these are. */
const hugeTimes = [2 ** 53, 2 ** 53 + 2, 2 ** 53 + 4];

export const metricKeys = ['a', 'b.c', 'a b', 'ünï', '정확도', '1abc', 'in', 'start_time', 'DESC'];
export const textKeys = [...metricKeys, 'a-b', 'Created', '__proto__', 'mlflow.note.content'];
export const metricValues = [
  ...['0.0', '-0.0', '1.0', '2.0', '-1.5', '0.1', '1e-300', '1e308', '12345678.875'],
  ...['nan', 'inf', '-inf', '0.30000000000000004'],
];
export const texts = [
  ...['', 'x', 'X', 'adam', 'Adam', 'ADAM', '9', '10', '100', 'é', 'É', 'ς', 'Σ', 'ß', '값', ' x '],
  ...[
    '😀',
    '\ue000',
    "it's",
    'say "hi"',
    'a%b',
    'a_b',
    'ab',
    'a😀b',
    'both \' and "',
    '<b>',
    'x\ny',
  ],
];
export const lines = texts.filter((text) => !text.includes('\n'));
export const names = [
  'bold-cat',
  'Bold-Cat',
  'run 1',
  'run 10',
  'twin',
  '실험',
  '😀',
  '\ue000',
  "o'neill",
];
export const statuses = ['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED'];
export const datasetNames = ['train', 'Train', 'eval', '데이터'];
export const contexts = ['training', 'eval', '평가'];
const promptTag = 'mlflow.prompt.is_prompt';

/** In another order than the runs are made in. */
export function runId(index: number): string {
  const mixed = Math.imul(index, 0x9e3779b1) >>> 0;
  return mixed.toString(16).padStart(8, '0').padEnd(32, 'ab');
}

export function makeRun(random: SeededRandom, index: number): RunSpec {
  const startTime = random.chance(0.01) ? random.pick(hugeTimes) : t0 + random.below(200);
  const pairs = (keys: readonly string[], values: readonly string[]): Pair[] =>
    random.some(keys, 0.35).map((key) => [key, random.pick(values)]);
  return {
    id: runId(index),
    name: random.pick(names),
    userId: random.pick(['ada', 'Ada', 'grace']),
    status: random.pick(statuses),
    startTime,
    endTime: random.chance(0.3) ? null : startTime + random.below(50),
    artifactUri: `file:///artifacts/${index % 7}`,
    deleted: random.chance(0.1),
    params: pairs(textKeys, lines),
    tags: pairs(textKeys, texts),
    metrics: pairs(metricKeys, metricValues),
    datasets: random
      .times(random.chance(0.3) ? 1 + random.below(2) : 0, (nth) => `d${index % 9}-${index}-${nth}`)
      .map((digest) => [
        random.pick(datasetNames),
        digest,
        random.chance(0.8) ? random.pick(contexts) : null,
      ]),
  };
}

/** MLflow does not make an experiment in a folder whose name has a single quote. */
export function makeExperiment(random: SeededRandom, index: number): ExperimentSpec {
  return {
    name: `${random.pick(names).replace("'", '’')} ${index}`,
    time: t0 + random.below(5),
    tags: random.some(textKeys, 0.4).map((key) => [key, random.pick(texts)]),
  };
}

/** A model; every fifth is a prompt. */
export function makeModel(random: SeededRandom, index: number): ModelSpec {
  const kind: readonly Pair[] = index % 5 === 4 ? [[promptTag, 'true']] : [];
  const tags = (): Pair[] => [
    ...random.some(textKeys, 0.4).map((key): Pair => [key, random.pick(texts)]),
    ...kind,
  ];
  const time = t0 + random.below(5);
  return {
    name: `${random.pick(['CarSeat', 'carseat', '모델', 'm'])} ${index}`,
    time,
    tags: tags(),
    versions: random.times(1 + random.below(3), (nth) => ({
      source: `file:///models/${random.pick(['A', 'a', 'b'])}`,
      runId: random.chance(0.7) ? runId(random.below(20)) : null,
      time,
      deleted: nth > 0 && random.chance(0.1),
      tags: tags(),
    })),
  };
}
