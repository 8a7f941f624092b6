import type { KeyValue, MetricPoint, Run, Step } from '../mlflow/model';
import type { Page } from '../mlflow/trackingStore';

type Info = Omit<Run, 'params' | 'metrics' | 'tags'>;

/**
 * A page of runs as it crosses a thread: a hundred thousand metrics as objects would hold the extension host for a
 * tenth of a second and more, as columns for a few milliseconds.
 */
export interface PackedRuns {
  readonly infos: readonly Info[];
  readonly nextPageToken: string | undefined;
  /** Each key once. */
  readonly keys: readonly string[];
  /** How many metrics, params and tags each run has. */
  readonly counts: Uint32Array;
  /** Places of the keys: of a run's metrics, params and tags, then of the next run's. */
  readonly places: Uint32Array;
  readonly values: Float64Array;
  readonly timestamps: Float64Array;
  readonly steps: Float64Array;
  /** Steps beyond ±2^53, by their places in {@link steps}. */
  readonly bigSteps: readonly (readonly [index: number, step: bigint])[];
  /** Of params and tags. */
  readonly texts: readonly string[];
}

export function packRuns({ items, nextPageToken }: Page<Run>): PackedRuns {
  const keys = new Map<string, number>();
  const placeOf = ({ key }: { readonly key: string }): number => {
    const place = keys.get(key) ?? keys.size;
    keys.set(key, place);
    return place;
  };
  const points = items.flatMap(({ metrics }) => metrics);
  const places = Uint32Array.from(
    items.flatMap(({ metrics, params, tags }) => [...metrics, ...params, ...tags]),
    placeOf,
  );
  return {
    infos: items.map(({ params: _params, metrics: _metrics, tags: _tags, ...info }) => info),
    nextPageToken,
    keys: [...keys.keys()],
    counts: Uint32Array.from(
      items.flatMap(({ metrics, params, tags }) => [metrics.length, params.length, tags.length]),
    ),
    places,
    values: Float64Array.from(points, ({ value }) => value),
    timestamps: Float64Array.from(points, ({ timestamp }) => timestamp),
    steps: Float64Array.from(points, ({ step }) => Number(step)),
    bigSteps: points.flatMap(({ step }, index) =>
      typeof step === 'bigint' ? [[index, step]] : [],
    ),
    texts: items.flatMap(({ params, tags }) => [...params, ...tags].map(({ value }) => value)),
  };
}

/** So many values are unpacked before others have their turn. */
const valuesAtOnce = 8000;

/** The page again; others have their turns meanwhile. */
export async function unpackRuns(packed: PackedRuns): Promise<Page<Run>> {
  const { infos, nextPageToken, keys, counts, places, values, timestamps, steps, texts } = packed;
  const bigSteps = new Map<number, Step>(packed.bigSteps);
  let place = 0;
  let point = 0;
  let text = 0;
  const keyOfNext = (): string => keys[places[place++] ?? 0] ?? '';
  const many = <T>(count: number | undefined, make: () => T): readonly T[] =>
    Array.from({ length: count ?? 0 }, make);
  const metric = (): MetricPoint => {
    const index = point++;
    return {
      key: keyOfNext(),
      value: values[index] ?? Number.NaN,
      timestamp: timestamps[index] ?? 0,
      step: bigSteps.get(index) ?? steps[index] ?? 0,
    };
  };
  const pair = (): KeyValue => ({ key: keyOfNext(), value: texts[text++] ?? '' });
  const items: Run[] = [];
  let rested = 0;
  for (const [index, info] of infos.entries()) {
    const metrics = many(counts[index * 3], metric);
    const params = many(counts[index * 3 + 1], pair);
    const tags = many(counts[index * 3 + 2], pair);
    items.push({ ...info, params, metrics, tags });
    if (place - rested > valuesAtOnce) {
      rested = place;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  return { items, nextPageToken };
}
