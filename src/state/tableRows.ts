import { KeyPlaces } from '../mlflow/keyPlaces';
import type { Run, Tag } from '../mlflow/model';
import { isLive, tagValue } from '../mlflow/runFacts';
import { keyOf, type ComparedPlace } from './comparedRuns';

/** The latest values of a run's metrics: the n-th belongs to the n-th key, by its place. */
export interface RowMetrics {
  readonly keys: Uint32Array;
  readonly values: Float64Array;
  /** About right beyond ±2^53. */
  readonly steps: Float64Array;
}

/** A run's params or tags: the n-th text belongs to the n-th key, by its place. */
export interface RowTexts {
  readonly keys: Uint32Array;
  readonly texts: readonly string[];
}

/** A run of a table, in columns, since ten thousand of them are kept. */
export interface TableRow {
  /** Its place among all that were ever found. */
  readonly at: number;
  readonly key: string;
  readonly place: ComparedPlace;
  readonly run: Omit<Run, 'params' | 'metrics' | 'tags'>;
  readonly parent: string | undefined;
  /** `mlflow.source.name`, and the commit that it was run from; empty where they are not known. */
  readonly source: string;
  readonly commit: string;
  readonly params: RowTexts;
  readonly metrics: RowMetrics;
  readonly tags: RowTexts;
  /** The query does not find it, but runs below it. */
  readonly outside: boolean;
  /** Whether it still changes by itself. */
  readonly isLive: boolean;
}

/** The runs that were found, each at a place of its own. */
export class TableRows {
  readonly metricKeys = new KeyPlaces();
  readonly paramKeys = new KeyPlaces();
  readonly tagKeys = new KeyPlaces();
  private readonly rows: (TableRow | undefined)[] = [];
  private readonly places = new Map<string, number>();
  private readonly gone = new Map<string, TableRow>();
  private before: TableRow | undefined;
  private foundCount = 0;

  /** Those that are there, in the order in which they came. */
  get all(): readonly TableRow[] {
    return this.rows.filter((row) => row !== undefined);
  }

  /** How many the query finds. */
  get found(): number {
    return this.foundCount;
  }

  /** A run that is there, by its place. */
  row(at: number): TableRow | undefined {
    return this.rows[at];
  }

  get(key: string): TableRow | undefined {
    const at = this.places.get(key);
    return at === undefined ? undefined : this.rows[at];
  }

  /** A run that is there, or was until it was removed. */
  lastKnown(key: string): TableRow | undefined {
    return this.get(key) ?? this.gone.get(key);
  }

  /** Takes a reading of a run; `undefined` where it says what was known. */
  put(connection: string, run: Run, outside = false): TableRow | undefined {
    const place = { connection, experimentId: run.experimentId, runId: run.id };
    const key = keyOf(place);
    const known = this.get(key);
    if (known !== undefined && outside && !known.outside) {
      return undefined;
    }
    const at = this.places.get(key) ?? this.rows.length;
    const row = this.packed(at, key, place, run, outside);
    if (known !== undefined && sameRow(known, row)) {
      return undefined;
    }
    this.places.set(key, at);
    this.gone.delete(key);
    this.rows[at] = row;
    this.foundCount += (outside ? 0 : 1) - (known === undefined || known.outside ? 0 : 1);
    this.before = row;
    return row;
  }

  /** Forgets a run; one that comes back has its place again. */
  remove(row: TableRow): void {
    if (this.rows[row.at] !== undefined) {
      this.rows[row.at] = undefined;
      this.gone.set(row.key, row);
      this.foundCount -= row.outside ? 0 : 1;
    }
  }

  private packed(
    at: number,
    key: string,
    place: ComparedPlace,
    { params, metrics, tags, ...run }: Run,
    outside: boolean,
  ): TableRow {
    const { before } = this;
    return {
      at,
      key,
      place,
      run,
      parent: tagValue(tags, 'mlflow.parentRunId') || undefined,
      source: tagValue(tags, 'mlflow.source.name') ?? '',
      commit: tagValue(tags, 'mlflow.source.git.commit') ?? '',
      params: packTexts(params, this.paramKeys, before?.params.keys),
      metrics: {
        keys: packKeys(metrics, this.metricKeys, before?.metrics.keys),
        values: Float64Array.from(metrics, ({ value }) => value),
        steps: Float64Array.from(metrics, ({ step }) => Number(step)),
      },
      tags: packTexts(tags, this.tagKeys, before?.tags.keys),
      outside,
      isLive: isLive({ ...run, params, metrics, tags }),
    };
  }
}

function packTexts(
  pairs: readonly Tag[],
  places: KeyPlaces,
  before: Uint32Array | undefined,
): RowTexts {
  return { keys: packKeys(pairs, places, before), texts: pairs.map(({ value }) => value) };
}

/** The places of the keys: the same object as the run before has, where it has the same keys, as most do. */
function packKeys(
  pairs: readonly { readonly key: string }[],
  places: KeyPlaces,
  before: Uint32Array | undefined,
): Uint32Array {
  const keys = Uint32Array.from(pairs, ({ key }) => places.place(key));
  return before !== undefined && sameNumbers(before, keys) ? before : keys;
}

/** Whether two readings of one run say the same. */
function sameRow(a: TableRow, b: TableRow): boolean {
  return (
    a.outside === b.outside &&
    a.run.status === b.run.status &&
    a.run.name === b.run.name &&
    a.run.startTime === b.run.startTime &&
    a.run.endTime === b.run.endTime &&
    a.run.lifecycleStage === b.run.lifecycleStage &&
    a.run.datasets.length === b.run.datasets.length &&
    sameNumbers(a.metrics.keys, b.metrics.keys) &&
    sameNumbers(a.metrics.values, b.metrics.values) &&
    sameNumbers(a.metrics.steps, b.metrics.steps) &&
    sameTexts(a.params, b.params) &&
    sameTexts(a.tags, b.tags)
  );
}

function sameTexts(a: RowTexts, b: RowTexts): boolean {
  return sameNumbers(a.keys, b.keys) && a.texts.every((text, index) => text === b.texts[index]);
}

function sameNumbers(a: Uint32Array | Float64Array, b: Uint32Array | Float64Array): boolean {
  return (
    a === b ||
    (a.length === b.length && a.every((value, index) => Object.is(value, b[index] ?? Number.NaN)))
  );
}
