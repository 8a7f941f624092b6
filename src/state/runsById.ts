import { runIdIn } from '../mlflow/filterText';
import type { Run } from '../mlflow/model';
import type { TrackingStore, ViewType } from '../mlflow/trackingStore';

const idsPerLookUp = 100;
/** A parent's id is a tag that anybody can write; only what may be an id goes into a filter. */
const idPattern = /^[\w-]{1,64}$/;

/** The runs of one experiment among `ids`, by id; what does not exist there is left out. */
export async function runsById(
  store: TrackingStore,
  experimentId: string,
  ids: readonly string[],
  view: ViewType,
  signal: AbortSignal,
): Promise<Map<string, Run>> {
  const found = new Map<string, Run>();
  const askable = ids.filter((id) => idPattern.test(id));
  for (let start = 0; start < askable.length; start += idsPerLookUp) {
    const page = await store.searchRuns(
      {
        experimentIds: [experimentId],
        view,
        filter: runIdIn(askable.slice(start, start + idsPerLookUp)),
        maxResults: idsPerLookUp,
      },
      signal,
    );
    for (const run of page.items) {
      found.set(run.id, run);
    }
  }
  return found;
}
