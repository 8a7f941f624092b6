import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { SchemaRow } from '../../src/protocol/modelSummaryPage';
import type { GridModel } from '../kit/virtualGrid';
import '../kit/virtualGrid';
import { styled } from '../kit/styled';

const rowHeight = 22;
const headerHeight = 24;
/** More rows than these scroll in a window of their own. */
const mostSeen = 15;
const nameWidth = 260;
const columnWidth = 200;
const typeWidth = 420;

type Column = 'type' | 'required' | 'default';

/** A part of the signature as a table; nothing where the model says nothing of it. */
export function schemaTable(
  title: string,
  rows: readonly SchemaRow[] | undefined,
  columns: readonly Column[],
  copy: (text: string) => void,
): TemplateResult | typeof nothing {
  if (rows === undefined) return nothing;
  const height = headerHeight + Math.min(rows.length, mostSeen) * rowHeight + 2;
  return html`<h3>${title} <span class="count">${rows.length}</span></h3>
    <virtual-grid
      .model=${gridModel(title, rows, columns, copy)}
      ${styled({ height: `${height}px` })}
    ></virtual-grid>`;
}

function gridModel(
  label: string,
  rows: readonly SchemaRow[],
  columns: readonly Column[],
  copy: (text: string) => void,
): GridModel {
  const textAt = (row: number, column: number): string => {
    const found = rows[row];
    const kind = columns[column];
    return found === undefined
      ? ''
      : kind === undefined
        ? nameText(found, row)
        : cellText(found, kind);
  };
  return {
    label,
    rows: rows.length,
    columns: columns.length,
    firstWidth: nameWidth,
    columnWidth: columns[1] === 'default' ? columnWidth + 60 : typeWidth,
    corner: l10n.t('Name'),
    rowKey: (row) => String(row),
    columnHeader: (column) => ({ content: headerText(columns[column] ?? 'type') }),
    rowHeader: (row) => ({
      content: textAt(row, -1),
      className: rows[row]?.name === '' ? 'faint' : '',
    }),
    cell: (row, column) => ({ content: textAt(row, column), className: 'schema-cell' }),
    hint: (row, column) => (row < 0 ? '' : textAt(row, column)),
    activate: (row, column) => copy(textAt(row, column)),
    copy: (row, column) => copy(textAt(row, column)),
    point: () => undefined,
  };
}

function headerText(column: Column): string {
  switch (column) {
    case 'type':
      return l10n.t('Type');
    case 'required':
      return l10n.t('Required');
    case 'default':
      return l10n.t('Default');
  }
}

function nameText({ name }: SchemaRow, row: number): string {
  return name === '' ? l10n.t('no name, column {0}', row + 1) : name;
}

function cellText(row: SchemaRow, column: Column): string {
  switch (column) {
    case 'type':
      return row.type;
    case 'required':
      return row.isRequired ? l10n.t('required') : l10n.t('optional');
    case 'default':
      return row.defaultValue ?? '';
  }
}
