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

/** Asks for least and greatest values of the metrics whose columns show them: of runs in sight first. */
export class ExtremesReader {
  private seen: Span = { start: 0, end: 0 };
  /** By metric what ends its reading. */
  private readonly running = new Map<string, AbortController>();
  /** Metrics whose reading was given up, until their columns go. */
  private readonly stopped = new Set<string>();

  constructor(
    private readonly store: PageStore<PageState, PageAction>,
    private readonly link: Link<RunsPage>,
  ) {
    store.onChange(() => this.look());
  }

  readonly setSeen = (rows: Span): void => {
    this.seen = rows;
  };

  readonly stop = (metric: string): void => {
    this.stopped.add(metric);
    this.running.get(metric)?.abort();
  };

  private look(): void {
    const view = tableView(this.store.state);
    const wanted = wantedMetrics(view);
    for (const metric of this.stopped) if (!wanted.has(metric)) this.stopped.delete(metric);
    for (const [metric, reading] of this.running) if (!wanted.has(metric)) reading.abort();
    for (const metric of wanted)
      if (
        !this.running.has(metric) &&
        !this.stopped.has(metric) &&
        unknown(view, metric).length > 0
      )
        void this.read(metric);
  }

  private async read(metric: string): Promise<void> {
    const ended = new AbortController();
    this.running.set(metric, ended);
    try {
      while (await this.readBatch(metric, ended.signal));
    } catch (error) {
      if (!ended.signal.aborted) {
        this.stopped.add(metric);
        announce(reasonOf(error));
        this.store.dispatch({ type: 'trouble', sentence: reasonOf(error) });
      }
    } finally {
      this.running.delete(metric);
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
    const progress = { known: Math.max(0, all - missing.length), wanted: all };
    this.store.dispatch({ type: 'extremes', metric, progress });
    const at = Uint32Array.from(runs);
    const answer = await this.link.call('extremes', { reading: data.reading, metric, at }, signal);
    // Another reading may have begun meanwhile, whose places are others.
    if (data === this.store.state.data) {
      data.takeExtremes(metric, at, answer);
      this.store.dispatch({ type: 'grown' });
    }
    return true;
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
