import { isAbortError } from '../mlflow/errors';
import { BarrenEnds } from './barrenEnds';
import { type ChildMakings, type EndReason, LiveChild } from './liveChild';
import { keyOf, type OpenCombination } from './schedule/survey';
import type { SweepChild } from './sweepContracts';
import { SweepRefused } from './sweepRefused';

/** So often a process may be killed by others before its combination counts as failed. */
const mostDeaths = 3;

const neverBegins =
  '`mlflow run` ends again and again before it comes to the project; the terminal of a run says why';

/** The attempts that go on here. */
export class Crew {
  /** Why nothing more can be begun here. */
  halted: { readonly trouble: unknown } | undefined;
  private readonly byKey = new Map<string, LiveChild>();
  private readonly lives = new Set<Promise<void>>();
  private readonly begun = new Set<string>();
  private readonly done = new Set<string>();
  private readonly deaths = new Map<number, number>();
  private readonly barren = new BarrenEnds();

  constructor(
    private readonly makings: ChildMakings,
    /** One of them is over. */
    private readonly onEnd: () => void,
  ) {}

  get size(): number {
    return this.byKey.size;
  }

  /** By {@link keyOf}. */
  get live(): ReadonlyMap<string, LiveChild> {
    return this.byKey;
  }

  /** Those whose runs are there. */
  get shown(): SweepChild[] {
    return [...this.byKey.values()].flatMap(({ shown }) => shown ?? []);
  }

  hasBegun({ number, attempt }: OpenCombination): boolean {
    return this.begun.has(keyOf(number, attempt));
  }

  /** Those that were begun here and are over now, by {@link keyOf}. */
  get over(): ReadonlySet<string> {
    return new Set(this.done);
  }

  begin({ number, attempt }: OpenCombination): void {
    const key = keyOf(number, attempt);
    const isLastTry = (this.deaths.get(number) ?? 0) >= mostDeaths - 1;
    const child = new LiveChild(this.makings, number, attempt, isLastTry);
    this.byKey.set(key, child);
    this.begun.add(key);
    const round = this.barren.now;
    const life = child
      .live()
      .then((status) => {
        if (status === 'KILLED') this.deaths.set(number, (this.deaths.get(number) ?? 0) + 1);
        const isOwnEnd = child.isBarren || (!child.isEnding && status !== 'KILLED');
        if (isOwnEnd && this.barren.count(round, child.isBarren)) {
          this.halted ??= { trouble: new SweepRefused(neverBegins) };
        }
      })
      .catch((error: unknown) => {
        if (!isAbortError(error)) this.halted ??= { trouble: error };
      })
      .finally(() => {
        this.byKey.delete(key);
        this.done.add(key);
        this.lives.delete(life);
        this.onEnd();
      });
    this.lives.add(life);
  }

  endAll(why: EndReason): void {
    for (const child of this.byKey.values()) child.end(why);
  }

  /** Resolves once none goes on any more; never rejects. */
  async ended(): Promise<void> {
    await Promise.all(this.lives);
  }
}
