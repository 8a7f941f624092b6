import type { Run } from '../mlflow/model';
import { isLive } from '../mlflow/runFacts';
import type { ExperimentRuns } from './experimentRuns';
import type { RunChanges } from './runChanges';
import type { RunPlace, WatchedRuns } from './watchedRuns';

export interface LiveRefreshOptions {
  readonly watched: WatchedRuns;
  /** The runs of an experiment, as far as anybody has looked at them. */
  readonly known: (experimentId: string) => ExperimentRuns | undefined;
  readonly runs: (experimentId: string) => ExperimentRuns;
  /** Draws what was found. */
  readonly tell: (experimentId: string, changes: RunChanges) => void;
  readonly unwatch: (place: RunPlace) => void;
}

/** One refresh of what may have changed by itself: the runs in sight, then watched ones elsewhere. */
export class LiveRefresh {
  private readonly over = new Map<string, Run>();

  constructor(private readonly options: LiveRefreshOptions) {}

  /** Runs that had been in progress and were found to have ended. */
  get ended(): readonly Run[] {
    return [...this.over.values()];
  }

  /** What cannot be read keeps neither the rest from being told nor watched runs from being looked at. */
  async run(experimentIds: readonly string[], signal: AbortSignal): Promise<void> {
    try {
      await this.readShown(experimentIds, signal);
    } finally {
      await this.readWatched(new Set(experimentIds), signal);
    }
  }

  private async readShown(experimentIds: readonly string[], signal: AbortSignal): Promise<void> {
    for (const experimentId of experimentIds) {
      signal.throwIfAborted();
      const runs = this.options.known(experimentId);
      if (runs === undefined || runs.list.loadedAt === undefined) {
        continue;
      }
      const changes = await runs.refreshLive(signal);
      this.note(changes.ended ?? []);
      this.options.tell(experimentId, changes);
      const failure = runs.list.error ?? changes.failure;
      if (failure !== undefined) {
        throw failure;
      }
    }
  }

  /** Those that were not read just now; one that a reload found to have ended is still to be told. */
  private async readWatched(shown: ReadonlySet<string>, signal: AbortSignal): Promise<void> {
    const { watched, known, runs, tell, unwatch } = this.options;
    const isNeeded = ({ experimentId, runId }: RunPlace): boolean => {
      const run = known(experimentId)?.run(runId);
      return !shown.has(experimentId) || run === undefined || !isLive(run);
    };
    const { ended, over } = await watched.look(
      isNeeded,
      async (experimentId, runIds) => {
        const { found, changes } = await runs(experimentId).reread(runIds, signal);
        tell(experimentId, changes);
        return found;
      },
      signal,
    );
    this.note(ended);
    over.forEach(unwatch);
  }

  private note(ended: readonly Run[]): void {
    for (const run of ended) {
      this.over.set(run.id, run);
      this.options.unwatch({ experimentId: run.experimentId, runId: run.id });
    }
  }
}
