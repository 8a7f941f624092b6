import { MlflowError } from '../mlflow/errors';
import { runIdIn } from '../mlflow/filterText';
import type { Run } from '../mlflow/model';
import type { TrackingStore } from '../mlflow/trackingStore';
import type { ComparedPlace } from './comparedRuns';
import { fittingCount, type ReadLimits } from './fittingCount';
import { RequestQueue } from './requestQueue';

/** What came of reading one run; `undefined` where the server has none of this id. */
export type RunReading = { readonly run: Run | undefined } | { readonly error: unknown };

/** Takes what was read so far, by the ids of the runs. */
export type TakeReadings = (readings: ReadonlyMap<string, RunReading>) => void;

const runsAtFirst = 10;
const perSearch: ReadLimits = { runs: 50, values: 20_000 };
const singleReads = 4;
/** Only what may be an id goes into a filter. */
const idPattern = /^[\w-]{1,64}$/;

/**
 * Reads runs of any experiments by their ids, deleted ones too: many with one search, those that a search does not
 * bring each by itself. Rejects when the server cannot be asked, and once `signal` fires.
 */
export async function readRuns(
  store: TrackingStore,
  places: readonly ComparedPlace[],
  take: TakeReadings,
  signal: AbortSignal,
): Promise<void> {
  let count = runsAtFirst;
  for (let start = 0; start < places.length;) {
    const some = places.slice(start, start + count);
    const found = await searched(store, some, signal);
    take(new Map([...found].map(([id, run]) => [id, { run }])));
    const missing = some.map(({ runId }) => runId).filter((id) => !found.has(id));
    take(await readEach(store, missing, signal));
    start += some.length;
    count = found.size === 0 ? count : fittingCount([...found.values()], perSearch);
  }
}

async function searched(
  store: TrackingStore,
  places: readonly ComparedPlace[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Run>> {
  const ids = places.map(({ runId }) => runId).filter((id) => idPattern.test(id));
  if (ids.length === 0) {
    return new Map();
  }
  try {
    const page = await store.searchRuns(
      {
        experimentIds: [...new Set(places.map(({ experimentId }) => experimentId))],
        view: 'all',
        filter: runIdIn(ids),
        maxResults: ids.length,
      },
      signal,
    );
    return new Map(page.items.map((run) => [run.id, run]));
  } catch (error) {
    // Thousands of metrics a run may be too much for one answer, and one experiment may be closed to this user.
    if (error instanceof MlflowError && isAboutTheSearch(error)) {
      return new Map();
    }
    throw error;
  }
}

function isAboutTheSearch({ reason }: MlflowError): boolean {
  return reason === 'tooLarge' || reason === 'invalid' || reason === 'forbidden';
}

async function readEach(
  store: TrackingStore,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, RunReading>> {
  const queue = new RequestQueue({ all: singleReads, long: singleReads });
  const readings = await Promise.all(
    ids.map(async (id): Promise<readonly [string, RunReading]> => {
      try {
        return [id, { run: await queue.run(() => store.getRun(id, signal), signal) }];
      } catch (error) {
        signal.throwIfAborted();
        const isMissing = error instanceof MlflowError && error.kind === 'notFound';
        return [id, isMissing ? { run: undefined } : { error }];
      }
    }),
  );
  return new Map(readings);
}
