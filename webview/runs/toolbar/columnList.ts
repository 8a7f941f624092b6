import * as l10n from '@vscode/l10n';
import { attributeNames, columnParts, metricColumn, nameColumn } from '../model/columnId';
import type { ColumnId, ColumnKind } from '../model/columnId';
import type { RunsData } from '../model/runsData';
import { columnTitle, kindTitle } from '../table/columnTexts';

/** A line of the list of columns: one of a kind, or the kind with all that are found of it. */
export type ColumnLine =
  | {
      readonly type: 'column';
      readonly id: ColumnId;
      readonly title: string;
      readonly isShown: boolean;
    }
  | {
      readonly type: 'kind';
      readonly kind: ColumnKind;
      readonly title: string;
      readonly ids: readonly ColumnId[];
      readonly shown: number;
    };

const collator = new Intl.Collator('en', { numeric: true });
const kinds: readonly ColumnKind[] = ['attribute', 'metric', 'param', 'tag'];

/** All columns that there can be, kind by kind, in natural order of their titles; each with its title. */
export function allColumns(data: RunsData, shown: readonly ColumnId[]): readonly ColumnId[] {
  const sorted = (kind: 'metric' | 'param' | 'tag'): string[] =>
    [...data.columnsOf(kind).keys()].sort((one, other) => collator.compare(one, other));
  const picked = shown.filter(
    (id) => columnParts(id).kind === 'metric' && !id.startsWith('metric:'),
  );
  return [
    ...attributeNames.map((name): ColumnId => `attribute:${name}`),
    ...sorted('metric').flatMap((key) => [
      metricColumn(key),
      ...picked.filter((id) => columnParts(id).key === key),
    ]),
    ...sorted('param').map((key): ColumnId => `param:${key}`),
    ...sorted('tag').map((key): ColumnId => `tag:${key}`),
  ].filter((id) => id !== nameColumn);
}

/** The lines of the list: those whose titles have all words of the search. */
export function columnLines(
  columns: readonly ColumnId[],
  shown: ReadonlySet<ColumnId>,
  search: string,
): readonly ColumnLine[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const byKind = new Map<ColumnKind, ColumnId[]>(kinds.map((kind) => [kind, []]));
  for (const id of columns) {
    const title = columnTitle(id).toLowerCase();
    if (words.every((word) => title.includes(word))) byKind.get(columnParts(id).kind)?.push(id);
  }
  return kinds.flatMap((kind) => {
    const ids = byKind.get(kind) ?? [];
    if (ids.length === 0) return [];
    const count = ids.filter((id) => shown.has(id)).length;
    return [
      { type: 'kind', kind, title: kindTitle(kind), ids, shown: count } as const,
      ...ids.map(
        (id) => ({ type: 'column', id, title: columnTitle(id), isShown: shown.has(id) }) as const,
      ),
    ];
  });
}

/** Columns by titles that tell them apart: where two have the same, their kinds do, else what they are called inside. */
export function distinctTitles(columns: readonly ColumnId[]): ReadonlyMap<string, ColumnId> {
  const found = new Map<string, ColumnId>();
  const counts = new Map<string, number>();
  for (const title of columns.map(columnTitle)) counts.set(title, (counts.get(title) ?? 0) + 1);
  for (const id of columns) {
    const title = columnTitle(id);
    const withKind = l10n.t('{0} ({1})', title, kindTitle(columnParts(id).kind));
    const names = counts.get(title) !== 1 ? [withKind, id] : [title, withKind, id];
    found.set(names.find((name) => !found.has(name)) ?? id, id);
  }
  return found;
}

/** The columns with some more, each behind the last of its kind. */
export function withColumns(
  columns: readonly ColumnId[],
  added: readonly ColumnId[],
): readonly ColumnId[] {
  let all = [...columns];
  const known = new Set(columns);
  for (const kind of kinds) {
    const fresh = added.filter((id) => !known.has(id) && columnParts(id).kind === kind);
    if (fresh.length === 0) continue;
    const last = all.findLastIndex((id) => columnParts(id).kind === kind);
    all = last < 0 ? [...all, ...fresh] : all.toSpliced(last + 1, 0, ...fresh);
  }
  return all;
}
