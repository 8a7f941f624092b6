import { MlflowError } from '../mlflow/errors';
import { quoteValue } from '../mlflow/filterText';
import type { LoggedModel, Run } from '../mlflow/model';
import type { ServerInfo, TrackingStore } from '../mlflow/trackingStore';
import type { RequestQueue } from './requestQueue';

const most = 100;

/** Models that a run logged, beside it (MLflow 3): those that name it as their source, then others among its outputs. */
export async function loggedModelsOf(
  store: TrackingStore,
  info: ServerInfo,
  run: Run,
  queue: RequestQueue,
  signal: AbortSignal,
): Promise<readonly LoggedModel[]> {
  if (!info.can.loggedModels) {
    return [];
  }
  const items = await searchLogged(store, run, signal);
  const found = new Set(items.map(({ id }) => id));
  const others = run.modelOutputs.filter(({ modelId }) => !found.has(modelId)).slice(0, most);
  const more = await Promise.allSettled(
    others.map(({ modelId }) => queue.run(() => store.getLoggedModel(modelId, signal), signal)),
  );
  signal.throwIfAborted();
  return [...items, ...more.flatMap((one) => (one.status === 'fulfilled' ? one.value : []))];
}

/** Local stores cannot narrow logged models; what the run says of its outputs has to do there. */
async function searchLogged(
  store: TrackingStore,
  { id, experimentId }: Run,
  signal: AbortSignal,
): Promise<readonly LoggedModel[]> {
  const filter = `source_run_id = ${quoteValue(id)}`;
  try {
    const query = { experimentIds: [experimentId], filter, maxResults: most };
    return (await store.searchLoggedModels(query, signal)).items;
  } catch (error) {
    if (error instanceof MlflowError && error.kind === 'unsupported') {
      return [];
    }
    throw error;
  }
}
