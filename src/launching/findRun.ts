import type { Run } from '../mlflow/model';
import type { TrackingStore } from '../mlflow/trackingStore';
import type { NamedText } from '../projects/launchContracts';
import { isLoggedAs } from './loggedValue';

/** What is known of a run that MLflow makes for a launch. */
export interface SoughtRun {
  readonly experimentId: string;
  /** Milliseconds since 1970 by the clock of this machine, which is MLflow's client's, too. */
  readonly since: number;
  readonly entryPoint: string;
  /** Those that MLflow logs as they were given. */
  readonly parameters: readonly NamedText[];
}

const newest = 20;

/**
 * The run that `mlflow run` has made for a launch. MLflow says its id only in the terminal, and lets nobody mark it before it is
 * made; so it is told by experiment, time, entry point and parameters, and `taken` are those of other launches. `isLast` says
 * that no more will be logged: what is unclear then is taken.
 */
export async function findRun(
  store: Pick<TrackingStore, 'searchRuns'>,
  sought: SoughtRun,
  taken: ReadonlySet<string>,
  isLast: boolean,
  signal: AbortSignal,
): Promise<Run | undefined> {
  const { items } = await store.searchRuns(
    {
      experimentIds: [sought.experimentId],
      filter: `attributes.start_time >= ${sought.since}`,
      orderBy: ['attributes.start_time DESC'],
      maxResults: newest,
      view: 'active',
    },
    signal,
  );
  const likely = items
    .filter(({ id }) => !taken.has(id))
    .filter((run) => isOfProject(run, sought.entryPoint))
    .reverse();
  const sure = likely.find((run) => agreement(run, sought.parameters) === 'all');
  return (
    sure ??
    (isLast ? likely.find((run) => agreement(run, sought.parameters) !== 'none') : undefined)
  );
}

/** Entry point of the project that a run came from (`mlflow.project.entryPoint`). */
export function entryPointOf({ tags }: Pick<Run, 'tags'>): string | undefined {
  return tags.find(({ key }) => key === 'mlflow.project.entryPoint')?.value;
}

function isOfProject(run: Run, entryPoint: string): boolean {
  return entryPointOf(run) === entryPoint;
}

/** MLflow logs the parameters some time after it has made the run. */
function agreement(run: Run, parameters: readonly NamedText[]): 'all' | 'some' | 'none' {
  let all = true;
  for (const [name, text] of parameters) {
    const logged = run.params.find(({ key }) => key === name);
    if (logged !== undefined && !isLoggedAs(text, logged.value)) {
      return 'none';
    }
    all &&= logged !== undefined;
  }
  return all ? 'all' : 'some';
}
