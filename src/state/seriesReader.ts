import type { MetricHistory } from '../mlflow/model';
import type { TrackingStore } from '../mlflow/trackingStore';
import { RefusalGate } from './refusalGate';
import { RequestQueue } from './requestQueue';
import type { SessionStore } from './sessionStore';

/** Which points of a series are wanted. */
export interface SeriesWish {
  /** All of them, not only as many as come soon. */
  readonly whole: boolean;
  /** Only points from this step on are wanted; more may come. */
  readonly fromStep?: number | undefined;
}

/** The most points of one series that are read. */
export const mostPoints = 10_000_000;

/** Reads series of one connection, four at a time, in the order in which they are asked for. */
export class SeriesReader {
  private readonly queue = new RequestQueue({ all: 4, long: 2 });
  private readonly gate = new RefusalGate();

  constructor(private readonly store: SessionStore) {}

  /** @param lastStep the greatest step that is known of */
  read(
    runId: string,
    metric: string,
    { whole, fromStep }: SeriesWish,
    lastStep: number | undefined,
    signal: AbortSignal,
  ): Promise<MetricHistory> {
    const ask = (store: TrackingStore): Promise<MetricHistory> =>
      whole
        ? store.metricHistory(runId, metric, { maxPoints: mostPoints }, signal)
        : store.sampledHistory(runId, metric, { fromStep, lastStep }, signal);
    return this.queue.run(
      () =>
        this.gate.run(
          () => this.store.refusal,
          () => this.store.ask(ask, signal),
        ),
      signal,
      whole,
    );
  }
}
