import { allOf } from './filterText';
import type { Experiment } from './model';
import type { TrackingStore } from './trackingStore';

const runsPerLook = 200;
const mostLooks = 12;

/**
 * When each experiment's newest run started, in milliseconds since 1970. Servers do not keep that
 * (an experiment's `last_update_time` does not move when runs are logged), so the newest runs of
 * all experiments are read, then the newest of those experiments that were not among them, and so
 * on. After {@link mostLooks} looks the rest is left out.
 */
export async function lastRunTimes(
  store: TrackingStore,
  experiments: readonly Experiment[],
  signal: AbortSignal,
): Promise<Map<string, number>> {
  const times = new Map<string, number>();
  let rest = experiments.map((experiment) => experiment.id);
  let before: number | undefined;
  for (let look = 0; look < mostLooks && rest.length > 0; look++) {
    const page = await store.searchRuns(
      {
        experimentIds: rest,
        view: 'active',
        filter: allOf(before === undefined ? undefined : `attributes.start_time <= ${before}`),
        orderBy: ['attributes.start_time DESC'],
        maxResults: runsPerLook,
      },
      signal,
    );
    for (const run of page.items) {
      const time = run.startTime ?? 0;
      times.set(run.experimentId, Math.max(times.get(run.experimentId) ?? 0, time));
      before = Math.min(before ?? time, time);
    }
    if (page.nextPageToken === undefined) {
      break;
    }
    rest = rest.filter((id) => !times.has(id));
  }
  return times;
}

/** Experiments by their newest run, latest first; those without one by their own last change. */
export function byLastUse(
  experiments: readonly Experiment[],
  times: ReadonlyMap<string, number>,
): readonly Experiment[] {
  const lastUse = (experiment: Experiment): number =>
    times.get(experiment.id) ?? experiment.lastUpdateTime ?? experiment.creationTime ?? 0;
  return experiments.toSorted((a, b) => lastUse(b) - lastUse(a));
}
