import { MlflowError } from '../../src/mlflow/errors';
import type { Param, Run, Tag } from '../../src/mlflow/model';
import type { Page, SearchQuery } from '../../src/mlflow/trackingStore';

/** A run with more params, of which none changes. */
export function withParams({ params }: Run, added: readonly Param[]): Pick<Run, 'params'> {
  const values = new Map(params.map(({ key, value }) => [key, value]));
  for (const { key, value } of added) {
    if ((values.get(key) ?? value) !== value) {
      throw new MlflowError('rejected', 'paramTaken');
    }
    values.set(key, value);
  }
  return { params: [...values].map(([key, value]) => ({ key, value })) };
}

export function withTag(tags: readonly Tag[], key: string, value?: string): readonly Tag[] {
  const others = tags.filter((tag) => tag.key !== key);
  return value === undefined ? others : [...others, { key, value }];
}

export function pageOf<T>(all: readonly T[], query: SearchQuery): Page<T> {
  const start = Number(query.pageToken ?? 0);
  const end = start + query.maxResults;
  return {
    items: all.slice(start, end),
    nextPageToken: end < all.length ? String(end) : undefined,
  };
}

export function found<T>(item: T | undefined): T {
  if (item === undefined) {
    throw new MlflowError('notFound', 'missing');
  }
  return item;
}

export function notNeeded(): Promise<never> {
  return Promise.reject(new MlflowError('unsupported', 'feature'));
}
