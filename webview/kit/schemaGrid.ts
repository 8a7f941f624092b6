import * as l10n from '@vscode/l10n';
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { SchemaRow } from '../../src/protocol/modelSummaryPage';
import './fittedGrid';
import { keyWidth } from './keyedModel';
import { hintText, oneLine } from './oneLine';
import type { GridModel } from './virtualGrid';

/** What a model takes or gives, as a table of names and types. */
export function schemaGrid(
  label: string,
  rows: readonly SchemaRow[],
  copy: (text: string) => void,
): TemplateResult {
  const make = (width: number): GridModel => schemaModel(label, rows, width, copy);
  return html`<fitted-grid .make=${make}></fitted-grid>`;
}

const widths = { leastColumn: 140, mostColumn: 360 };

function schemaModel(
  label: string,
  rows: readonly SchemaRow[],
  width: number,
  copy: (text: string) => void,
): GridModel {
  const firstWidth = keyWidth(width);
  const room = (width - firstWidth - 14) / 2;
  const textAt = (row: number, column: number): string => {
    const field = rows[row];
    if (field === undefined) return '';
    if (column < 0) return nameOf(field, row);
    return column === 0 ? field.type : requiredText(field);
  };
  return {
    label,
    rows: rows.length,
    columns: 2,
    firstWidth,
    columnWidth: Math.floor(Math.max(widths.leastColumn, Math.min(widths.mostColumn, room))),
    corner: l10n.t('Name'),
    rowKey: (row) => String(row),
    columnHeader: (column) => ({
      content:
        column === 0 ? l10n.t('Type') : rows.some(isParam) ? l10n.t('Default') : l10n.t('Required'),
    }),
    rowHeader: (row) => ({
      content: oneLine(textAt(row, -1)),
      className: rows[row]?.name === '' ? 'faint' : '',
    }),
    cell: (row, column) => ({
      content: oneLine(textAt(row, column)),
      className: column === 0 ? 'is-code' : '',
    }),
    hint: (row, column) => (row < 0 ? '' : hintText(textAt(row, column))),
    activate: (row, column) => copy(textAt(row, column)),
    copy: (row, column) => copy(textAt(row, column)),
    point: () => undefined,
  };
}

function isParam({ defaultValue }: SchemaRow): boolean {
  return defaultValue !== undefined;
}

/** A schema may have columns without names, which go by their place. */
function nameOf({ name }: SchemaRow, row: number): string {
  return name === '' ? l10n.t('no name, column {0}', row + 1) : name;
}

function requiredText({ isRequired, defaultValue }: SchemaRow): string {
  return defaultValue ?? (isRequired ? l10n.t('required') : l10n.t('optional'));
}
