import * as l10n from '@vscode/l10n';
import type { KeyedText } from '../../src/protocol/comparePage';
import { hintText, oneLine } from './oneLine';
import type { GridModel } from './virtualGrid';

/** A table of texts, of which some rows are shown. */
export interface KeyedTable {
  readonly label: string;
  readonly entries: readonly KeyedText[];
  /** Places of the entries to show. */
  readonly shown: readonly number[];
  /** Of the grid, in pixels. */
  readonly width: number;
  readonly copy: (text: string) => void;
  /** Enter or a double click on a row. */
  readonly open: (entry: KeyedText, element: HTMLElement) => void;
}

const widths = { leastKey: 140, mostKey: 320, leastValue: 160 };

/** How wide the column of keys is, beside one of values. */
export function keyWidth(width: number): number {
  return Math.round(Math.min(widths.mostKey, Math.max(widths.leastKey, width * 0.35)));
}

/** Keys with their texts. */
export function keyedModel({ label, entries, shown, width, copy, open }: KeyedTable): GridModel {
  const at = (row: number): KeyedText | undefined => entries[shown[row] ?? -1];
  const full = (row: number): string => at(row)?.full ?? at(row)?.text ?? '';
  const firstWidth = keyWidth(width);
  return {
    label,
    rows: shown.length,
    columns: 1,
    firstWidth,
    columnWidth: Math.max(widths.leastValue, width - firstWidth),
    corner: l10n.t('Key'),
    rowKey: (row) => at(row)?.key ?? '',
    columnHeader: () => ({ content: l10n.t('Value') }),
    rowHeader: (row) => ({ content: oneLine(at(row)?.key ?? '') }),
    cell: (row) =>
      full(row) === ''
        ? { content: l10n.t('empty'), className: 'is-empty' }
        : { content: oneLine(at(row)?.text ?? '') },
    hint: (row, column) => (row < 0 ? '' : hintText(column < 0 ? (at(row)?.key ?? '') : full(row))),
    activate: (row, _column, element) => {
      const entry = at(row);
      if (entry !== undefined) open(entry, element);
    },
    copy: (row, column) => copy(column < 0 ? (at(row)?.key ?? '') : full(row)),
    point: () => undefined,
  };
}
