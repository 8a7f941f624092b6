import * as l10n from '@vscode/l10n';
import { formatFull } from '../../../src/mlflow/format';
import type { Column } from '../model/column';
import type { AttributeName, ColumnId } from '../model/columnId';
import type { FilterWords } from './completion';
import type { WrittenKey } from './filterKeys';

/** What is read of the loaded runs. */
export interface KnownRuns {
  readonly rows: { readonly length: number };
  column(id: ColumnId): Column | undefined;
  columnsOf(kind: 'metric' | 'param' | 'tag'): ReadonlyMap<string, Column>;
}

const attributes: Readonly<Record<string, AttributeName>> = {
  run_name: 'name',
  status: 'status',
  user_id: 'user',
  run_id: 'runId',
  artifact_uri: 'artifactUri',
};

/** Different values that are counted; more of them are found by typing them. */
const mostValues = 2000;
const hour = 3_600_000;

/** What completion offers, of what has been loaded at the time; `now` is in milliseconds since 1970. */
export function filterWords(data: KnownRuns, filterNull: boolean, now: number): FilterWords {
  const kinds = { metrics: 'metric', params: 'param', tags: 'tag' } as const;
  const known = new Map<string, readonly string[]>();
  const remembered = (key: string, make: () => readonly string[]): readonly string[] => {
    const found = known.get(key) ?? make();
    known.set(key, found);
    return found;
  };
  return {
    filterNull,
    keysOf: (kind) =>
      remembered(kind, () => [...data.columnsOf(kinds[kind]).keys()].sort(usualFirst)),
    valuesOf: (key) => remembered(`${key.entity}.${key.name}`, () => valuesOf(data, key)),
    numbersOf: (key) => (key.entity === 'metrics' ? ranks(data, key.name) : times(now)),
  };
}

const collator = new Intl.Collator('en', { numeric: true });

/** What MLflow logs by itself comes behind what people chose. */
function usualFirst(one: string, other: string): number {
  const isOwn = (key: string): boolean => /^(?:system\/|mlflow\.)/.test(key);
  return Number(isOwn(one)) - Number(isOwn(other)) || collator.compare(one, other);
}

function valuesOf(data: KnownRuns, { entity, name }: WrittenKey): readonly string[] {
  if (entity === 'datasets') return datasetsOf(data, name);
  if (entity === 'attributes' && name === 'status')
    return ['FINISHED', 'RUNNING', 'FAILED', 'KILLED', 'SCHEDULED'];
  const attribute = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
  const id: ColumnId | undefined =
    entity === 'attributes'
      ? attribute && `attribute:${attribute}`
      : `${entity === 'params' ? 'param' : 'tag'}:${name}`;
  const column = id && data.column(id);
  return column ? mostFrequent(textsOf(column, data.rows.length)) : [];
}

function* textsOf(column: Column, rows: number): Generator<string> {
  for (let at = 0; at < rows; at++) if (column.has(at)) yield column.text(at);
}

function mostFrequent(texts: Iterable<string>): readonly string[] {
  const counts = new Map<string, number>();
  for (const text of texts) {
    const count = counts.get(text);
    if (count !== undefined || counts.size < mostValues) counts.set(text, (count ?? 0) + 1);
  }
  return [...counts]
    .sort(([one, often], [other, seldom]) => seldom - often || collator.compare(one, other))
    .map(([text]) => text);
}

/** Names or digests, as they stand in the column of datasets: `name (digest), name (digest)`. */
function datasetsOf(data: KnownRuns, key: string): readonly string[] {
  if (key === 'context') return ['training', 'validation', 'test', 'eval'];
  const column = data.column('attribute:datasets');
  if (!column) return [];
  const found = function* (): Generator<string> {
    for (const text of textsOf(column, data.rows.length))
      for (const [, name = '', digest = ''] of text.matchAll(/(?:^|, )(.+?) \(([^()]*)\)(?=, |$)/g))
        yield key === 'name' ? name : digest;
  };
  return mostFrequent(found());
}

function ranks(data: KnownRuns, metric: string): ReturnType<FilterWords['numbersOf']> {
  const column = data.columnsOf('metric').get(metric);
  if (!column) return [];
  const values: number[] = [];
  for (let at = 0; at < data.rows.length; at++) {
    const value = column.has(at) ? column.number(at) : NaN;
    if (Number.isFinite(value)) values.push(value);
  }
  const sorted = Float64Array.from(values).sort();
  const at = (share: number): string =>
    formatFull(sorted[Math.floor(share * (sorted.length - 1))] ?? 0);
  if (sorted.length === 0) return [];
  return [
    { text: at(0), detail: l10n.t('least') },
    { text: at(0.5), detail: l10n.t('median') },
    { text: at(1), detail: l10n.t('greatest') },
  ];
}

function times(now: number): ReturnType<FilterWords['numbersOf']> {
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  const entry = (time: number, detail: string) => ({ text: String(Math.floor(time)), detail });
  return [
    entry(now - hour, l10n.t('an hour ago')),
    entry(midnight, l10n.t('the beginning of today')),
    entry(now - 24 * hour, l10n.t('24 hours ago')),
    entry(now - 7 * 24 * hour, l10n.t('7 days ago')),
    entry(now - 30 * 24 * hour, l10n.t('30 days ago')),
  ];
}
