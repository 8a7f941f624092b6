import type { Page } from '../../mlflow/trackingStore';
import { invalid } from './refusals';

/** MLflow's token of a page: base64 of `{"offset": n}` (`SearchUtils.create_page_token`). */
export function pageToken(offset: number): string {
  return Buffer.from(`{"offset": ${offset}}`).toString('base64');
}

/** The offset that a token stands for; without one it is 0. Throws `rejected` as MLflow does. */
export function pageOffset(token: string | undefined): number {
  if (token === undefined || token === '') {
    return 0;
  }
  const text = Buffer.from(token, 'base64').toString('utf8');
  const offset = offsetIn(text);
  if (offset === undefined) {
    throw invalid(`Invalid page token, decoded value=${text.slice(0, 200)}`);
  }
  return offset;
}

function offsetIn(text: string): number | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    const offset = Number((parsed as { offset?: unknown } | null)?.offset);
    return Number.isSafeInteger(offset) && offset > 0 ? offset : undefined;
  } catch {
    return undefined;
  }
}

/** Throws `rejected` in MLflow's words unless `maxResults` is within 1 … `limit`. */
export function checkMaxResults(maxResults: number, limit: number): void {
  const refusal = `Invalid value ${maxResults} for parameter 'max_results' supplied. It must be`;
  if (!(maxResults >= 1)) {
    throw invalid(`${refusal} a positive integer`);
  }
  if (maxResults > limit) {
    throw invalid(`${refusal} at most ${limit}`);
  }
}

/** The page of `items` that begins at `offset`, where `items` are all there are. */
export function pageOf<T>(items: readonly T[], offset: number, maxResults: number): Page<T> {
  const end = offset + maxResults;
  return {
    items: items.slice(offset, end),
    nextPageToken: end < items.length ? pageToken(end) : undefined,
  };
}
