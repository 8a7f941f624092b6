import type { ComparePage, SeriesData } from '../../src/protocol/comparePage';
import { reasonOf } from '../kit/announce';
import { isSamePoint, type LatestPoint } from './latestPoint';
import { bytesOf, mergeSeries, stepToReadFrom } from './mergeSeries';

type SeriesRequest = ComparePage['requests']['series'];

/** Asks the extension for a series; rejects with an error whose message is a sentence, or an `AbortError`. */
export type AskSeries = (
  params: SeriesRequest['params'],
  signal: AbortSignal,
) => Promise<SeriesRequest['result']>;

/** A series that a chart needs now. */
export interface WantedSeries {
  readonly run: string;
  readonly metric: string;
  /** What is asked at the same time is limited for each of these. */
  readonly connection: string;
  /** All points, once some are there. */
  readonly whole: boolean;
  /** The latest point as the run says it: when it changes there is more to read. */
  readonly latest: LatestPoint | undefined;
}

/** What is there of a series. */
export interface SeriesStatus {
  readonly data: SeriesData | undefined;
  readonly isAsked: boolean;
  /** Why the last attempt failed, as a sentence. */
  readonly problem: string | undefined;
}

export interface SeriesCacheOptions {
  /** At most so many points of a series come from a server that samples. */
  readonly sampledPoints: number;
  /** What nobody wants any more goes once more bytes than this are held, and no whole series is asked for then. */
  readonly mostBytes: number;
  /** How many series are asked for at a time over one connection. */
  readonly atATime: number;
}

interface Entry {
  readonly run: string;
  readonly metric: string;
  data: SeriesData | undefined;
  /** The run's latest point when `data` was asked for. */
  readAt: LatestPoint | undefined;
  problem: string | undefined;
  /** The run's latest point when the last attempt failed: a new one is a reason to try again. */
  failedAt: LatestPoint | undefined;
  /** All that can be had came, though the series is longer. */
  isExhausted: boolean;
  open: { readonly connection: string; readonly controller: AbortController } | undefined;
}

const nothing: SeriesStatus = { data: undefined, isAsked: false, problem: undefined };

const none = new Float64Array();

/** Of a series without any points. */
export const withoutPoints: SeriesStatus = {
  data: { steps: none, exactSteps: undefined, timestamps: none, values: none, complete: true },
  isAsked: false,
  problem: undefined,
};

/**
 * Holds the series of the page. Charts say what they want and how urgent it is; that is asked for a few at a time,
 * the most urgent first, and what is wanted no longer is cancelled. What is cheap comes first, whole series after it.
 */
export class SeriesCache {
  private readonly entries = new Map<string, Entry>();
  private readonly wants = new Map<object, { urgency: number; series: readonly WantedSeries[] }>();
  private wanted = new Map<string, WantedSeries>();
  private queue: WantedSeries[] = [];
  private bytes = 0;
  private isPlanned = false;
  private isDisposed = false;

  /** `onChange` is called with the run and metric of whatever arrived or failed. */
  constructor(
    private readonly ask: AskSeries,
    private readonly onChange: (run: string, metric: string) => void,
    private readonly options: SeriesCacheOptions,
  ) {}

  /** Replaces what `owner` wanted before; lower `urgency` comes first. */
  want(owner: object, urgency: number, series: readonly WantedSeries[]): void {
    this.wants.set(owner, { urgency, series });
    this.plan();
  }

  release(owner: object): void {
    if (this.wants.delete(owner)) this.plan();
  }

  look(run: string, metric: string): SeriesStatus {
    const entry = this.entries.get(idOf(run, metric));
    if (entry === undefined) return nothing;
    return { data: entry.data, isAsked: entry.open !== undefined, problem: entry.problem };
  }

  /** Whether there is room for another whole series. */
  get hasRoom(): boolean {
    return this.bytes < this.options.mostBytes;
  }

  /** Asks again for what failed of these metrics. */
  retry(metrics: ReadonlySet<string>): void {
    for (const entry of this.entries.values()) {
      if (metrics.has(entry.metric)) entry.problem = undefined;
    }
    this.plan();
  }

  dispose(): void {
    this.isDisposed = true;
    this.entries.forEach((entry) => entry.open?.controller.abort());
    this.entries.clear();
  }

  /** Once for all that charts say in one go. */
  private plan(): void {
    if (this.isPlanned) return;
    this.isPlanned = true;
    queueMicrotask(() => {
      this.isPlanned = false;
      if (!this.isDisposed) this.follow();
    });
  }

  private follow(): void {
    const wanted = new Map<string, WantedSeries>();
    for (const { series } of [...this.wants.values()].sort((a, b) => a.urgency - b.urgency)) {
      for (const one of series) {
        const id = idOf(one.run, one.metric);
        const before = wanted.get(id);
        if (before === undefined || (one.whole && !before.whole)) wanted.set(id, one);
      }
    }
    this.wanted = wanted;
    for (const [id, entry] of this.entries) {
      if (entry.open !== undefined && !wanted.has(id)) entry.open.controller.abort();
    }
    this.queue = [...wanted.values()].filter((one) => this.request(one) !== undefined);
    this.proceed();
  }

  /** What is to be asked for this series now, if anything. */
  private request(one: WantedSeries): SeriesRequest['params'] | undefined {
    const { run, metric } = one;
    const entry = this.entries.get(idOf(run, metric));
    if (entry === undefined) return { run, metric, whole: false };
    const hasFailed = entry.problem !== undefined && isSamePoint(entry.failedAt, one.latest);
    if (entry.open !== undefined || hasFailed) return undefined;
    if (entry.data === undefined) return { run, metric, whole: false };
    if (!isSamePoint(entry.readAt, one.latest)) {
      const fromStep = stepToReadFrom(entry.data, this.options.sampledPoints);
      return { run, metric, whole: entry.data.complete, fromStep };
    }
    const canRefine = one.whole && !entry.data.complete && !entry.isExhausted && this.hasRoom;
    return canRefine ? { run, metric, whole: true } : undefined;
  }

  private proceed(): void {
    const open = new Map<string, number>();
    for (const { open: one } of this.entries.values()) {
      if (one !== undefined) open.set(one.connection, (open.get(one.connection) ?? 0) + 1);
    }
    this.queue = this.queue.filter((one) => {
      const already = open.get(one.connection) ?? 0;
      if (already >= this.options.atATime) return true;
      const params = this.request(one);
      if (params !== undefined) {
        open.set(one.connection, already + 1);
        void this.fetch(one, params);
      }
      return false;
    });
  }

  private async fetch(one: WantedSeries, params: SeriesRequest['params']): Promise<void> {
    const { run, metric, connection } = one;
    const id = idOf(run, metric);
    const controller = new AbortController();
    const entry = this.entries.get(id) ?? this.newEntry(id, run, metric);
    entry.open = { connection, controller };
    try {
      const answer = await this.ask(params, controller.signal);
      if (controller.signal.aborted) return;
      this.keep(entry, answer, params.fromStep);
      entry.isExhausted = params.whole && !answer.complete;
      entry.readAt = one.latest;
      entry.problem = undefined;
    } catch (error) {
      if (controller.signal.aborted) return;
      entry.problem = reasonOf(error);
      entry.failedAt = one.latest;
    } finally {
      entry.open = undefined;
      if (!this.isDisposed) this.settled(id, entry);
    }
  }

  private newEntry(id: string, run: string, metric: string): Entry {
    const entry: Entry = {
      run,
      metric,
      data: undefined,
      readAt: undefined,
      problem: undefined,
      failedAt: undefined,
      isExhausted: false,
      open: undefined,
    };
    this.entries.set(id, entry);
    return entry;
  }

  private keep(entry: Entry, answer: SeriesData, fromStep: number | undefined): void {
    const before = entry.data;
    const isTail =
      before !== undefined && fromStep !== undefined && answer.exactSteps === undefined;
    entry.data = isTail ? mergeSeries(before, answer, fromStep) : answer;
    this.bytes += bytesOf(entry.data) - (before === undefined ? 0 : bytesOf(before));
    this.makeRoom();
  }

  /** Lets go of what nobody wants, that which was there longest first. */
  private makeRoom(): void {
    for (const [id, entry] of this.entries) {
      if (this.bytes <= this.options.mostBytes) return;
      if (this.wanted.has(id) || entry.open !== undefined || entry.data === undefined) continue;
      this.bytes -= bytesOf(entry.data);
      this.entries.delete(id);
    }
  }

  private settled(id: string, entry: Entry): void {
    const one = this.wanted.get(id);
    if (one !== undefined && this.request(one) !== undefined) this.queue.push(one);
    if (one === undefined && entry.data === undefined) this.entries.delete(id);
    this.proceed();
    this.onChange(entry.run, entry.metric);
  }
}

function idOf(run: string, metric: string): string {
  return `${run}\n${metric}`;
}
