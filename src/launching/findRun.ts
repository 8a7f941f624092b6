import type { Run } from '../mlflow/model';
import { tagValue } from '../mlflow/runFacts';
import type { TrackingStore } from '../mlflow/trackingStore';
import type { NamedText } from '../projects/launchContracts';
import { isLoggedAs } from './loggedValue';
import { isSource } from './soughtSource';

/** What is known of a run that MLflow makes for a launch. */
export interface SoughtRun {
  readonly experimentId: string;
  /** Milliseconds since 1970 by the clock of this machine, which is MLflow's client's, too. */
  readonly since: number;
  readonly entryPoint: string;
  /** Those that MLflow logs as they were given. */
  readonly parameters: readonly NamedText[];
  /** Names that MLflow may have for whoever launched it; undefined where it runs as somebody else. */
  readonly users?: readonly string[] | undefined;
  /** Places that MLflow may have for the project; undefined where it is another one there. */
  readonly sources?: readonly string[] | undefined;
}

export interface FoundRun {
  readonly run: Run;
  /** Whether no other run could be meant. */
  readonly isOnly: boolean;
}

const newest = 20;

/**
 * The run that `mlflow run` has made for a launch. MLflow says its id only in the terminal, and lets nobody mark it before it is
 * made; so it is told by experiment, time, user, source, entry point and parameters, and `taken` are those of other launches.
 * `isLast` says that no more will be logged: what is unclear then is taken.
 */
export async function findRun(
  store: Pick<TrackingStore, 'searchRuns'>,
  sought: SoughtRun,
  taken: ReadonlySet<string>,
  isLast: boolean,
  signal: AbortSignal,
): Promise<FoundRun | undefined> {
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
  const possible = items.filter(
    (run) => isOfLaunch(run, sought) && agreement(run, sought.parameters) !== 'none',
  );
  const likely = possible.filter(({ id }) => !taken.has(id)).reverse();
  const run =
    likely.find((each) => agreement(each, sought.parameters) === 'all') ??
    (isLast ? likely[0] : undefined);
  return run && { run, isOnly: possible.length === 1 };
}

/** Entry point of the project that a run came from (`mlflow.project.entryPoint`). */
export function entryPointOf({ tags }: Pick<Run, 'tags'>): string | undefined {
  return tags.find(({ key }) => key === 'mlflow.project.entryPoint')?.value;
}

/** Runs below others are made by sweeps and by scripts. */
function isOfLaunch(run: Run, { entryPoint, users, sources }: SoughtRun): boolean {
  const user = tagValue(run.tags, 'mlflow.user');
  const source = tagValue(run.tags, 'mlflow.source.name');
  return (
    entryPointOf(run) === entryPoint &&
    tagValue(run.tags, 'mlflow.parentRunId') === undefined &&
    (users === undefined || user === undefined || users.includes(user)) &&
    (sources === undefined || source === undefined || isSource(source, sources))
  );
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
