import type { Run } from '../mlflow/model';
import { hasEnded, isLive } from '../mlflow/runFacts';

/** Reads runs of an experiment by their ids; what does not exist there is left out. */
export type ReadRuns = (
  experimentId: string,
  runIds: readonly string[],
) => Promise<ReadonlyMap<string, Run>>;

/** A run by where it is. */
export interface RunPlace {
  readonly experimentId: string;
  readonly runId: string;
}

/** What a look at the watched runs found. */
export interface Look {
  readonly ended: readonly Run[];
  /** Those that nobody needs to look at any more: they ended, were deleted, or do not exist. */
  readonly over: readonly RunPlace[];
}

/** Runs whose end somebody asked to be told, whether or not they are in sight. */
export class WatchedRuns {
  private readonly places = new Map<string, RunPlace>();

  get size(): number {
    return this.places.size;
  }

  has(runId: string): boolean {
    return this.places.has(runId);
  }

  add(place: RunPlace): void {
    this.places.set(place.runId, place);
  }

  delete(runId: string): boolean {
    return this.places.delete(runId);
  }

  all(): readonly RunPlace[] {
    return [...this.places.values()];
  }

  /** Reads those that `isNeeded` says. */
  async look(
    isNeeded: (place: RunPlace) => boolean,
    read: ReadRuns,
    signal: AbortSignal,
  ): Promise<Look> {
    const needed = this.all().filter(isNeeded);
    const ended: Run[] = [];
    const over: RunPlace[] = [];
    for (const experimentId of new Set(needed.map((place) => place.experimentId))) {
      signal.throwIfAborted();
      const places = needed.filter((place) => place.experimentId === experimentId);
      const found = await read(
        experimentId,
        places.map(({ runId }) => runId),
      );
      for (const place of places) {
        const run = found.get(place.runId);
        if (run === undefined || !isLive(run)) {
          over.push(place);
        }
        if (run !== undefined && hasEnded(run)) {
          ended.push(run);
        }
      }
    }
    return { ended, over };
  }
}
