import { quoteKey } from './filterText';

/** Attributes that a server sorts runs by. */
export const sortableAttributes = [
  'start_time',
  'end_time',
  'run_name',
  'status',
  'user_id',
] as const;
export type SortableAttribute = (typeof sortableAttributes)[number];

/** How a list of runs is sorted. NaN and missing values come last in both directions. */
export type RunOrder =
  | { readonly by: 'attribute'; readonly key: SortableAttribute; readonly ascending: boolean }
  | { readonly by: 'metric' | 'param' | 'tag'; readonly key: string; readonly ascending: boolean };

/** Newest first, as MLflow's own pages do. */
export const newestFirst: RunOrder = { by: 'attribute', key: 'start_time', ascending: false };

/** The order in MLflow's language, for `order_by`. */
export function toOrderBy(order: RunOrder): readonly string[] {
  const direction = order.ascending ? 'ASC' : 'DESC';
  const column =
    order.by === 'attribute' ? `attributes.${order.key}` : `${order.by}s.${quoteKey(order.key)}`;
  return [`${column} ${direction}`];
}
