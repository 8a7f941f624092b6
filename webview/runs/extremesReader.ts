import type { RunsPage } from '../../src/protocol/runsPage';
import { announce, reasonOf } from '../kit/announce';
import type { Link } from '../kit/link';
import type { PageStore } from '../kit/pageStore';
import type { Span } from '../kit/span';
import { columnParts } from './model/columnId';
import type { PageAction, PageState } from './state';
import { tableView } from './table/tableView';
import type { TableView } from './table/tableView';

/** So many runs are asked about at a time; each may be a request of its own to a server. */
const batchSize = 50;

/** The table is drawn and sorted anew no more often than this while answers come, in milliseconds. */
const pause = 250;

type Progress = { readonly known: number; readonly wanted: number };

/** Asks for least and greatest values of the metrics whose columns show them: of runs in sight first. */
export class ExtremesReader {
  private seen: Span = { start: 0, end: 0 };
  /** By metric what ends its reading. */
  private readonly running = new Map<string, AbortController>();
  /** Metrics that are not read on, until their columns go, and why. */
  private readonly stopped = new Map<string, 'given up' | 'failed'>();
  /** What was looked at last, in which there was nothing more to read. */
  private looked: readonly unknown[] = [];
  private readonly untold = new Map<string, Progress>();
  private hasGrown = false;
  private toldAt = -Infinity;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly store: PageStore<PageState, PageAction>,
    private readonly link: Link<RunsPage>,
  ) {
    store.onChange(() => this.look());
  }

  readonly setSeen = (rows: Span): void => {
    this.seen = rows;
  };

  isStopped(metric: string): boolean {
    return this.stopped.has(metric);
  }

  stop(metric: string): void {
    this.stopped.set(metric, 'given up');
    this.running.get(metric)?.abort();
  }

  /** Reads a metric on that was stopped. */
  resume(metric: string): void {
    this.stopped.delete(metric);
    this.lookAnew();
  }

  /** Reads all on whose reading failed. */
  again(): void {
    for (const [metric, why] of this.stopped) if (why === 'failed') this.stopped.delete(metric);
    this.lookAnew();
  }

  private lookAnew(): void {
    this.looked = [];
    this.look();
  }

  private look(): void {
    const view = tableView(this.store.state);
    const parts = [view.state.revision, view.columns, view.directionOf];
    if (parts.every((part, index) => part === this.looked[index])) return;
    this.looked = parts;
    const wanted = wantedMetrics(view);
    for (const metric of this.stopped.keys()) if (!wanted.has(metric)) this.stopped.delete(metric);
    this.forgetFailure();
    for (const [metric, reading] of this.running) if (!wanted.has(metric)) reading.abort();
    for (const metric of wanted)
      if (
        !this.running.has(metric) &&
        !this.stopped.has(metric) &&
        unknown(view, metric).length > 0
      )
        void this.read(metric);
  }

  /** What failed is said no longer than it is so. */
  private forgetFailure(): void {
    const isFailed = [...this.stopped.values()].includes('failed');
    if (!isFailed && this.store.state.extremesFailure !== undefined)
      this.store.dispatch({ type: 'extremesFailed', sentence: undefined });
  }

  private async read(metric: string): Promise<void> {
    const ended = new AbortController();
    this.running.set(metric, ended);
    try {
      while (await this.readBatch(metric, ended.signal));
    } catch (error) {
      if (!ended.signal.aborted) {
        this.stopped.set(metric, 'failed');
        announce(reasonOf(error));
        this.store.dispatch({ type: 'extremesFailed', sentence: reasonOf(error) });
      }
    } finally {
      this.running.delete(metric);
      this.untold.delete(metric);
      this.looked = [];
      this.store.dispatch({ type: 'extremes', metric, progress: undefined });
    }
  }

  /** Whether there was anything to ask. */
  private async readBatch(metric: string, signal: AbortSignal): Promise<boolean> {
    const view = tableView(this.store.state);
    const { data } = view.state;
    const missing = unknown(view, metric);
    const runs = batchOf(view, missing, this.seen);
    if (signal.aborted || runs.length === 0) return false;
    const all = data.columnsOf('metric').get(metric)?.filled ?? missing.length;
    this.untold.set(metric, { known: Math.max(0, all - missing.length), wanted: all });
    this.tellSoon();
    const at = Uint32Array.from(runs);
    const asked = runs.map((place) => data.rows[place]);
    const answer = await this.link.call('extremes', { reading: data.reading, metric, at }, signal);
    // Another reading may have begun meanwhile, whose places are others.
    if (data === this.store.state.data) {
      data.takeExtremes(metric, at, answer, asked);
      this.hasGrown = true;
      this.tellSoon();
    }
    return true;
  }

  private tellSoon(): void {
    const wait = Math.max(0, this.toldAt + pause - performance.now());
    this.timer ??= setTimeout(() => this.tell(), wait);
  }

  private tell(): void {
    this.timer = undefined;
    this.toldAt = performance.now();
    for (const [metric, progress] of this.untold)
      this.store.dispatch({ type: 'extremes', metric, progress });
    this.untold.clear();
    if (this.hasGrown) this.store.dispatch({ type: 'grown' });
    this.hasGrown = false;
  }
}

/** Metrics of which a column shows an extreme. */
function wantedMetrics({ columns, directionOf }: TableView): ReadonlySet<string> {
  const found = new Set<string>();
  for (const id of columns) {
    const parts = columnParts(id);
    if (parts.kind !== 'metric' || parts.pick === 'last') continue;
    if (parts.pick !== 'best' || directionOf(parts.key) !== 'none') found.add(parts.key);
  }
  return found;
}

/** Places of runs that have the metric, and whose extremes are not known. */
function unknown({ state: { data } }: TableView, metric: string): number[] {
  const column = data.columnsOf('metric').get(metric);
  const extremes = data.extremesOf(metric);
  return data.rows.flatMap((row, at) =>
    row !== undefined && column?.has(at) === true && !extremes.isKnown(at) ? [at] : [],
  );
}

/** The next ones to ask about: those in sight, then those that are first in the table. */
function batchOf({ rows }: TableView, missing: readonly number[], seen: Span): number[] {
  const wanted = new Set(missing);
  const inSight = rows.order.subarray(seen.start, seen.end);
  const batch = new Set([...inSight].filter((at) => wanted.has(at)));
  for (const at of rows.order) {
    if (batch.size >= batchSize) break;
    if (wanted.has(at)) batch.add(at);
  }
  for (const at of missing) {
    if (batch.size >= batchSize) break;
    batch.add(at);
  }
  return [...batch];
}
