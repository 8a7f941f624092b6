import type { Disposable } from '../base/disposable';
import type { Run } from '../mlflow/model';
import { sameRun } from '../mlflow/runFacts';
import type { ComparedEntry } from './comparedRuns';
import type { Experiments } from './experiments';

/**
 * Notices where the lists of the view say something else of compared runs than what was read of them: a person renamed
 * or deleted one, or a refresh of the view came first. Which of the two is newer only the server can tell.
 */
export class ListedChanges implements Disposable {
  private readonly listed = new Map<string, Run | undefined>();
  private followed: { readonly experiments: Experiments; readonly end: Disposable } | undefined;

  constructor(
    private readonly entries: () => Iterable<ComparedEntry>,
    private readonly onStale: (keys: readonly string[]) => void,
  ) {}

  /** Follows these lists from now on, and no others. */
  follow(experiments: Experiments | undefined): void {
    if (this.followed?.experiments !== experiments) {
      this.followed?.end.dispose();
      this.listed.clear();
      this.followed = experiments && {
        experiments,
        end: experiments.onDidChange((change) => {
          if (change.kind !== 'experiments') {
            this.look(experiments, change.experimentId);
          }
        }),
      };
    }
  }

  dispose(): void {
    this.follow(undefined);
  }

  private look(experiments: Experiments, experimentId: string): void {
    const runs = experiments.runs(experimentId);
    const stale: string[] = [];
    for (const { key, place, run } of this.entries()) {
      if (place.experimentId === experimentId) {
        const now = runs.run(place.runId);
        const wasListed = this.listed.get(key) !== undefined;
        if (now === this.listed.get(key)) {
          continue;
        }
        this.listed.set(key, now);
        if (now === undefined ? wasListed : run !== undefined && !sameRun(now, run)) {
          stale.push(key);
        }
      }
    }
    if (stale.length > 0) {
      this.onStale(stale);
    }
  }
}
