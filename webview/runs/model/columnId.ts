/** What is known of every run, beside what its training logged. */
export const attributeNames = [
  'name',
  'status',
  'created',
  'ended',
  'duration',
  'user',
  'experiment',
  'source',
  'commit',
  'datasets',
  'runId',
  'artifactUri',
  'lifecycle',
] as const;

export type AttributeName = (typeof attributeNames)[number];

/** Which value of a metric a column shows; `best` is the least or the greatest, by the metric's direction. */
export type Pick = 'last' | 'min' | 'max' | 'best';

/** A column of the table, as a text that tells it from all others: `param:lr`, `metric:loss`, `min:loss`. */
export type ColumnId =
  | `attribute:${AttributeName}`
  | `param:${string}`
  | `tag:${string}`
  | `metric:${string}`
  | `min:${string}`
  | `max:${string}`
  | `best:${string}`;

/** What stands together in the table and in the list of columns. */
export type ColumnKind = 'attribute' | 'metric' | 'param' | 'tag';

/** What a {@link ColumnId} says. */
export type ColumnParts =
  | { readonly kind: 'attribute'; readonly key: AttributeName }
  | { readonly kind: 'param' | 'tag'; readonly key: string }
  | { readonly kind: 'metric'; readonly key: string; readonly pick: Pick };

export const nameColumn: ColumnId = 'attribute:name';

export function metricColumn(key: string, pick: Pick = 'last'): ColumnId {
  return pick === 'last' ? `metric:${key}` : `${pick}:${key}`;
}

export function columnParts(id: ColumnId): ColumnParts {
  const colon = id.indexOf(':');
  const prefix = id.slice(0, colon);
  const key = id.slice(colon + 1);
  switch (prefix) {
    case 'attribute':
      return { kind: 'attribute', key: key as AttributeName };
    case 'param':
    case 'tag':
      return { kind: prefix, key };
    case 'metric':
      return { kind: 'metric', key, pick: 'last' };
    default:
      return { kind: 'metric', key, pick: prefix as Pick };
  }
}

const prefixes = new Set(['param', 'tag', 'metric', 'min', 'max', 'best']);

/** A column id from anywhere; `undefined` for what is none. */
export function readColumnId(value: unknown): ColumnId | undefined {
  if (typeof value !== 'string') return undefined;
  const colon = value.indexOf(':');
  const prefix = value.slice(0, colon);
  if (prefix === 'attribute')
    return (attributeNames as readonly string[]).includes(value.slice(colon + 1))
      ? (value as ColumnId)
      : undefined;
  return prefixes.has(prefix) ? (value as ColumnId) : undefined;
}
