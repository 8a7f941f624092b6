import { MlflowError } from '../mlflow/errors';
import type { Run } from '../mlflow/model';
import type { Page, TrackingStore } from '../mlflow/trackingStore';
import { fittingCount, type ReadLimits } from './fittingCount';
import type { SessionStore } from './sessionStore';
import type { TableSearch } from './tableQuery';

/** The first page is small, so that there is something to see soon. */
export const runsAtFirst = 100;
const perPage: ReadLimits = { runs: 1000, values: 120_000 };

export interface RunPagesOptions {
  readonly store: Pick<SessionStore, 'ask'>;
  readonly search: TableSearch;
  /** So many at first; {@link runsAtFirst} if left out. */
  readonly first?: number | undefined;
  /** Resolves once it is time to ask for the next page. */
  readonly turn?: (() => Promise<void>) | undefined;
  /** Whether the next page is asked for before this one is handed out; it is if left out. */
  readonly ahead?: boolean | undefined;
  readonly signal: AbortSignal;
}

/** All that a search finds, page by page. */
export async function* runPages({
  store,
  search,
  first = runsAtFirst,
  turn,
  ahead = true,
  signal,
}: RunPagesOptions): AsyncGenerator<readonly Run[]> {
  let most = perPage.runs;
  const ask = async (pageToken: string | undefined, maxResults: number): Promise<Page<Run>> => {
    try {
      return await store.ask(
        (port: TrackingStore) => port.searchRuns({ ...search, pageToken, maxResults }, signal),
        signal,
      );
    } catch (error) {
      if (error instanceof MlflowError && error.reason === 'tooLarge' && maxResults > 1) {
        most = Math.ceil(maxResults / 4);
        return ask(pageToken, most);
      }
      throw error;
    }
  };
  const tokens = new Set<string>();
  let asked = ask(undefined, first);
  for (;;) {
    const { items, nextPageToken: token }: Page<Run> = await asked;
    if (token === undefined) {
      yield items;
      return;
    }
    if (tokens.has(token) || items.length === 0) {
      throw new MlflowError('malformed', 'paging');
    }
    tokens.add(token);
    if (!ahead) {
      yield items;
    }
    await turn?.();
    signal.throwIfAborted();
    asked = ask(token, Math.min(most, fittingCount(items, perPage)));
    // Whoever leaves off before the next page does not hear what becomes of it.
    asked.catch(() => undefined);
    if (ahead) {
      yield items;
    }
  }
}
