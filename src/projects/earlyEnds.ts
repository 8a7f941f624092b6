import type { TrackingStore } from '../mlflow/trackingStore';
import { bandsOf, type HyperbandRules, isBehind, valuesAtBands } from './schedule/hyperband';
import { hasEnded, type SeenChild } from './schedule/seenSweep';
import type { SweepMetric } from './sweepContracts';
import { isGone } from './tidySweep';

/** Series that are read for one look; the rest is read for the next ones. */
const readsPerLook = 40;

/** Finds runs that are behind the others (`early_terminate`). */
export class EarlyEnds {
  private readonly bands: readonly number[];
  /** Values at the bands, by run; of runs that have ended they stay. */
  private readonly values = new Map<string, { values: readonly number[]; isLast: boolean }>();

  constructor(
    private readonly store: TrackingStore,
    private readonly metric: SweepMetric,
    private readonly rules: HyperbandRules,
  ) {
    this.bands = bandsOf(rules);
  }

  /** Ids among `own` that are to be ended. */
  async find(
    children: Iterable<SeenChild>,
    own: ReadonlySet<string>,
    signal: AbortSignal,
  ): Promise<string[]> {
    const all = [...children];
    const stale = all.filter(({ runId }) => this.values.get(runId)?.isLast !== true);
    const ownFirst = stale.toSorted((a, b) => Number(own.has(b.runId)) - Number(own.has(a.runId)));
    for (const child of ownFirst.slice(0, readsPerLook)) {
      const values = await this.read(child.runId, signal);
      this.values.set(child.runId, { values, isLast: hasEnded(child) });
    }
    const known = [...this.values.values()].map(({ values }) => values);
    return [...own].filter((runId) => {
      const values = this.values.get(runId)?.values ?? [];
      return isBehind(values, known, this.rules, this.metric.goal);
    });
  }

  /** Nothing of a run that was deleted meanwhile. */
  private async read(runId: string, signal: AbortSignal): Promise<number[]> {
    const options = { maxPoints: 100_000 };
    try {
      const series = await this.store.metricHistory(runId, this.metric.name, options, signal);
      return valuesAtBands(series, this.bands, this.metric.goal);
    } catch (error) {
      if (isGone(error)) return [];
      throw error;
    }
  }
}
