import type { Run } from '../mlflow/model';
import { parentRunId } from '../mlflow/runFacts';

export interface RelativesOptions {
  /** Whether a run is in the list, so that nobody needs to look it up. */
  readonly isListed: (id: string) => boolean;
  /** Reads runs that are not; those that do not exist are left out. */
  readonly read: (ids: readonly string[], signal: AbortSignal) => Promise<ReadonlyMap<string, Run>>;
}

type Known = Map<string, Run | null>;

const mostGenerations = 50;

/** Parents that are not in a list although their children are. */
export class Relatives {
  private known: Known = new Map();

  constructor(private readonly options: RelativesOptions) {}

  get size(): number {
    return this.known.size;
  }

  /** The run, `null` when it is known not to exist here, `undefined` when nobody has asked yet. */
  get(id: string): Run | null | undefined {
    return this.known.get(id);
  }

  has(id: string): boolean {
    return this.known.has(id);
  }

  set(id: string, run: Run | null): void {
    this.known.set(id, run);
  }

  /** Those that exist. */
  *runs(): Iterable<Run> {
    for (const run of this.known.values()) {
      if (run !== null) {
        yield run;
      }
    }
  }

  /** Looks up the parents of `runs` that nobody has seen yet. */
  async findParents(runs: readonly Run[], signal: AbortSignal): Promise<void> {
    await this.lookUp(this.parentsOf(runs, this.known), this.known, signal);
  }

  /** Looks up parents that were in the list before and left it, where one of their children did not. */
  async findLost(
    families: ReadonlyMap<string, readonly string[]>,
    signal: AbortSignal,
  ): Promise<void> {
    const { isListed } = this.options;
    const lost = [...families]
      .filter(([id]) => !isListed(id) && !this.known.has(id))
      .filter(([, children]) => children.some(isListed));
    await this.lookUp(
      lost.map(([id]) => id),
      this.known,
      signal,
    );
  }

  /** Forgets everything and looks up the parents of `runs` anew; when that fails, all stays as it was. */
  async renew(runs: readonly Run[], signal: AbortSignal): Promise<void> {
    const fresh: Known = new Map();
    await this.lookUp(this.parentsOf(runs, fresh), fresh, signal);
    this.known = fresh;
  }

  /** Looks up runs and their parents, generation by generation. */
  private async lookUp(ids: readonly string[], into: Known, signal: AbortSignal): Promise<void> {
    let missing = ids;
    for (let generation = 0; generation < mostGenerations && missing.length > 0; generation++) {
      const found = await this.options.read(missing, signal);
      for (const id of missing) {
        into.set(id, found.get(id) ?? null);
      }
      missing = this.parentsOf([...found.values()], into);
    }
  }

  /** Ids of the parents of `runs` that are neither among these, nor listed, nor known. */
  private parentsOf(runs: readonly Run[], known: Known): readonly string[] {
    const missing = new Set<string>();
    for (const run of runs) {
      const parentId = parentRunId(run);
      if (parentId !== undefined && !this.options.isListed(parentId) && !known.has(parentId)) {
        missing.add(parentId);
      }
    }
    if (missing.size > 0) {
      for (const { id } of runs) {
        missing.delete(id);
      }
    }
    return [...missing];
  }
}
