import { earlierValues, guidedCombination } from './guidedSearch';
import type { NamedText } from './launchContracts';
import type { LiveChild } from './liveChild';
import type { SweepPlan } from './plan/sweepPlan';
import type { SweepHost, SweepMetric } from './sweepContracts';
import type { SweepView } from './sweepView';

export interface GuideParts {
  readonly host: Pick<SweepHost, 'python'>;
  readonly plan: SweepPlan;
  readonly metric: SweepMetric | undefined;
  readonly view: SweepView;
  /** What goes on here. */
  live(): Iterable<LiveChild>;
  readonly signal: AbortSignal;
}

/** Knows the values of combinations; those of a guided search it chooses one after the other, so that each knows of those before. */
export class Guide {
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly parts: GuideParts) {}

  async valuesOf(number: number): Promise<readonly NamedText[]> {
    const { plan, metric } = this.parts;
    const { values } = plan.at(number);
    if (!plan.isGuided || values.length > 0 || metric === undefined) return values;
    const chosen = this.last.catch(() => undefined).then(() => this.choose(number, metric));
    this.last = chosen;
    return chosen;
  }

  private async choose(number: number, metric: SweepMetric): Promise<readonly NamedText[]> {
    const { plan, host, view, signal } = this.parts;
    const earlier = earlierValues(plan, number, view.children);
    if (earlier !== undefined) return earlier;
    const unseen = [...this.parts.live()].filter(
      ({ shown }) => shown === undefined || view.child(shown.runId) === undefined,
    );
    const known = { children: view.children, goingOn: unseen.map(({ values }) => values) };
    return guidedCombination(await host.python(), plan, number, metric, known, signal);
  }
}
