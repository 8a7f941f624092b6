import type { ComparedRun, CompareInit, KeyedText } from '../../src/protocol/comparePage';

/** A latest point: its value, or value, step and milliseconds since 1970. */
export type Latest = number | readonly [value: number, step?: number, timestamp?: number];

/** What tells a run of a fixture from a plain one. */
export interface RunDraft extends Partial<
  Omit<ComparedRun, 'params' | 'tags' | 'attributes' | 'metrics'>
> {
  readonly params?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly metrics?: Readonly<Record<string, Latest>>;
}

export const fixtureTime = Date.UTC(2024, 4, 17, 9, 30);

/** Makes runs whose metrics share one list of keys, as the extension's side does. */
export class RunsFixture {
  readonly runs: ComparedRun[] = [];
  readonly metricKeys: string[] = [];
  private readonly places = new Map<string, number>();

  constructor(...drafts: readonly RunDraft[]) {
    drafts.forEach((draft) => this.add(draft));
  }

  add(draft: RunDraft): ComparedRun {
    const number = this.runs.length;
    const { params, tags, attributes, metrics, ...rest } = draft;
    const run: ComparedRun = {
      key: `run-${number}`,
      runId: number.toString(16).padStart(32, '0'),
      name: `run ${number}`,
      experimentName: 'lab',
      connection: 'http://127.0.0.1:5000',
      standing: 'ready',
      status: 'FINISHED',
      deleted: false,
      startTime: fixtureTime + number * 60_000,
      color: number % 12,
      ...rest,
      params: keyed(params),
      tags: keyed(tags),
      attributes: keyed(attributes ?? { User: 'ada', Status: 'Finished' }),
      metrics: this.latest(metrics ?? {}),
    };
    this.runs.push(run);
    return run;
  }

  private latest(metrics: Readonly<Record<string, Latest>>): ComparedRun['metrics'] {
    const points = Object.values(metrics).map((point) =>
      typeof point === 'number' ? ([point] as const) : point,
    );
    return {
      keys: Uint32Array.from(Object.keys(metrics), (key) => this.placeOf(key)),
      values: Float64Array.from(points, ([value]) => value),
      steps: Float64Array.from(points, ([, step]) => step ?? 0),
      timestamps: Float64Array.from(points, ([, , timestamp]) => timestamp ?? fixtureTime),
    };
  }

  private placeOf(key: string): number {
    const known = this.places.get(key);
    if (known !== undefined) return known;
    this.places.set(key, this.metricKeys.length);
    return this.metricKeys.push(key) - 1;
  }

  /** What a page with these runs starts with. */
  init(more: Partial<CompareInit> = {}): CompareInit {
    return {
      texts: undefined,
      locale: 'en',
      restore: { runs: this.runs.map(({ key }) => key) },
      layout: undefined,
      runs: this.runs,
      metricKeys: this.metricKeys,
      sampledPoints: 2500,
      refreshInterval: 0,
      live: false,
      readAt: fixtureTime,
      ...more,
    };
  }
}

function keyed(texts: Readonly<Record<string, string>> = {}): readonly KeyedText[] {
  return Object.entries(texts).map(([key, text]) => ({ key, text }));
}

/** Three runs as the drawings show them. */
export function threeRuns(): RunsFixture {
  const params = (learningRate: string, optimizer: string): Record<string, string> => ({
    batch_size: '64',
    epochs: '20',
    learning_rate: learningRate,
    optimizer,
    seed: '7',
  });
  return new RunsFixture(
    {
      name: 'bold-cat',
      params: params('0.01', 'adam'),
      tags: { team: 'vision', 'mlflow.user': 'ada' },
      metrics: {
        'train/loss': [0.2134, 200],
        'train/acc': [0.912, 200],
        'val/loss': [0.3021, 200],
        'anomaly cnt': [412, 200],
        epochs_done: [20, 0],
      },
    },
    {
      name: 'amusing-ox',
      params: params('0.001', 'sgd'),
      tags: { team: 'vision', 'mlflow.user': 'grace' },
      metrics: {
        'train/loss': [0.1871, 200],
        'train/acc': [0.934, 200],
        'val/loss': [0.2874, 200],
        'anomaly cnt': [398, 200],
        epochs_done: [20, 0],
      },
    },
    {
      name: 'calm-elk',
      status: 'RUNNING',
      params: params('0.1', 'adam'),
      tags: { team: 'vision', 'mlflow.user': 'ada' },
      metrics: {
        'train/loss': [NaN, 180],
        'train/acc': [0.871, 180],
        'val/loss': [Infinity, 180],
        'anomaly cnt': [455, 180],
        epochs_done: [20, 0],
      },
    },
  );
}
