import * as l10n from '@vscode/l10n';
import { html } from 'lit';
import { formatFull, formatShort } from '../../../src/mlflow/format';
import { alignedNumber } from '../../kit/differences';
import { hintText, oneLine } from '../../kit/oneLine';
import type { GridCell, GridModel } from '../../kit/virtualGrid';
import { dateText } from '../../kit/times';
import type { Extremes } from './extremes';
import type { MetricRow } from './metricRows';
import { keyWidth } from '../../kit/keyedModel';

export interface MetricTable {
  readonly label: string;
  readonly rows: readonly MetricRow[];
  /** Places of the rows to show. */
  readonly shown: readonly number[];
  /** Of the grid, in pixels. */
  readonly width: number;
  readonly extremes: (row: MetricRow) => Extremes | undefined;
  readonly copy: (text: string) => void;
}

const leastColumn = 112;
const names = ['last', 'step', 'min', 'max'] as const;

type ColumnName = (typeof names)[number];

const titles: Readonly<Record<ColumnName, () => string>> = {
  last: () => l10n.t('Last'),
  step: () => l10n.t('Step'),
  min: () => l10n.t('Min'),
  max: () => l10n.t('Max'),
};

/** Metrics with their last, least and greatest values. */
export function metricModel(table: MetricTable): GridModel {
  const { label, rows, shown, width, copy } = table;
  const at = (row: number): MetricRow | undefined => rows[shown[row] ?? -1];
  const firstWidth = keyWidth(width);
  const text = (row: number, column: number): string => {
    const metric = at(row);
    if (metric === undefined) return '';
    return column < 0 ? metric.key : (fullText(table, metric, names[column] ?? 'last') ?? '');
  };
  return {
    label,
    rows: shown.length,
    columns: names.length,
    firstWidth,
    columnWidth: Math.max(leastColumn, Math.floor((width - firstWidth) / names.length)),
    corner: l10n.t('Metric'),
    rowKey: (row) => at(row)?.key ?? '',
    columnHeader: (column) => ({
      content: number(titles[names[column] ?? 'last']()),
      className: 'is-number',
    }),
    rowHeader: (row) => ({ content: oneLine(at(row)?.key ?? '') }),
    cell: (row, column) => {
      const metric = at(row);
      return metric === undefined
        ? { content: '' }
        : cellOf(table, metric, names[column] ?? 'last');
    },
    hint: (row, column) => (row < 0 ? '' : hintText(hintOf(table, at(row), column))),
    activate: (row, column) => copy(text(row, column)),
    copy: (row, column) => copy(text(row, column)),
    point: () => undefined,
  };
}

function cellOf(table: MetricTable, metric: MetricRow, name: ColumnName): GridCell {
  const className = 'is-number';
  if (name === 'step') return { content: number(formatFull(metric.step)), className };
  if (name === 'last') return { content: number(alignedNumber(metric.value)), className };
  const found = table.extremes(metric);
  if (found === undefined || Number.isNaN(found[name])) {
    const label = found === undefined ? l10n.t('Not read yet') : l10n.t('None');
    return {
      content: html`<span class="number is-missing" role="img" aria-label=${label}
        >${found === undefined ? '…' : '—'}</span
      >`,
      className,
    };
  }
  const value = number(alignedNumber(found[name]));
  return found.isExact
    ? { content: value, className }
    : {
        content: html`${value}<span class="sampled" role="img" aria-label=${l10n.t('sampled')}
            >≈</span
          >`,
        className,
      };
}

function number(text: string) {
  return html`<span class="number">${text}</span>`;
}

function fullText(table: MetricTable, metric: MetricRow, name: ColumnName): string | undefined {
  if (name === 'last') return formatFull(metric.value);
  if (name === 'step') return formatFull(metric.step);
  const found = table.extremes(metric);
  return found === undefined ? undefined : formatFull(found[name]);
}

function hintOf(table: MetricTable, metric: MetricRow | undefined, column: number): string {
  if (metric === undefined) return '';
  if (column < 0) return metric.key;
  const name = names[column] ?? 'last';
  const text = fullText(table, metric, name) ?? l10n.t('Not read yet');
  if (name === 'last') {
    const step = l10n.t('at step {0}', formatFull(metric.step));
    return [text, step, dateText(metric.timestamp)].filter(Boolean).join('\n');
  }
  const isSampled = name !== 'step' && table.extremes(metric)?.isExact === false;
  return isSampled
    ? `${text}\n${l10n.t('Of the points that the server picked; a peak may lie between them.')}`
    : text;
}

/** The table as rows of a Markdown table. */
export function metricCells(table: MetricTable): readonly (readonly string[])[] {
  return table.shown.flatMap((place) => {
    const metric = table.rows[place];
    if (metric === undefined) return [];
    return [[metric.key, formatShort(metric.value), formatFull(metric.step)]];
  });
}
