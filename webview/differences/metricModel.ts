import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import { formatFull } from '../../src/mlflow/format';
import type { GridCell, GridModel } from '../kit/virtualGrid';
import { alignedNumber, differenceText } from '../kit/differences';
import type { Direction } from '../kit/direction';
import { directionText } from '../kit/directionText';
import type { Extent, MetricRows } from './metricRows';
import { runColumns } from './runColumns';
import type { TableFrame } from './runColumns';
import type { ShownRows } from './tableRows';
import { absentCell, missingText } from './textModel';

/** What a table of metrics knows beside what all tables do. */
export interface MetricFrame extends TableFrame {
  /** The run that differences are measured from has its column here, or -1. */
  readonly baselineColumn: number;
  directionOf(metric: string): Direction;
  turnDirection(metric: string): void;
  /** A point in time, in milliseconds since 1970, in full. */
  formatTime(time: number): string;
}

/** Runs as columns, metrics as rows, of latest values. */
export function metricModel(frame: MetricFrame, table: MetricRows, shown: ShownRows): GridModel {
  const { runs, baselineColumn } = frame;
  const rowAt = (row: number): number => shown.rows[row] ?? -1;
  const keyAt = (row: number): string => table.keys[rowAt(row)] ?? '';
  return {
    ...runColumns(frame, { firstWidth: 200, least: 246, most: 280 }),
    rows: shown.rows.length,
    rowKey: keyAt,
    rowHeader: (row) => headerOf(keyAt(row), frame.directionOf(keyAt(row))),
    cell: (row, column) => {
      const value = table.valueAt(rowAt(row), column);
      if (value === undefined) return absentCell(runs[column]);
      const baseline =
        column === baselineColumn ? undefined : table.valueAt(rowAt(row), baselineColumn);
      const mark = markOf(value, table.extentOf(rowAt(row)), frame.directionOf(keyAt(row)));
      return valueCell(value, baseline, mark);
    },
    hint: (row, column) => {
      if (column < 0) return row < 0 ? '' : directionHint(keyAt(row), frame);
      if (row < 0) return frame.hintOfRun(runs[column]);
      const point = table.pointAt(rowAt(row), column);
      if (point === undefined) return missingText(runs[column]);
      const mark = markOf(point.value, table.extentOf(rowAt(row)), frame.directionOf(keyAt(row)));
      return [
        formatFull(point.value),
        l10n.t('at step {0}', formatFull(point.step)),
        frame.formatTime(point.timestamp),
        mark?.text ?? '',
      ]
        .filter(Boolean)
        .join('\n');
    },
    activate: (row, column, element) => {
      if (row < 0 && column >= 0) frame.openRunMenu(runs[column], element);
      if (row >= 0 && column < 0) frame.turnDirection(keyAt(row));
    },
    copy: (row, column) => {
      if (row < 0) return frame.copy(runs[column]?.name ?? '');
      if (column < 0) return frame.copy(keyAt(row));
      const value = table.valueAt(rowAt(row), column);
      frame.copy(value === undefined ? '' : formatFull(value));
    },
  };
}

/** What stands beside a value that is the lowest, highest or best of its row. */
interface Mark {
  readonly sign: string;
  readonly text: string;
}

/** Both ends of a row are marked where nobody said which is better, so that no guess is made. */
export function markOf(
  value: number,
  extent: Extent | undefined,
  direction: Direction,
): Mark | undefined {
  if (extent === undefined) return undefined;
  const isLowest = value === extent.lowest;
  if (!isLowest && value !== extent.highest) return undefined;
  if (direction === 'none') {
    return isLowest
      ? { sign: '▾', text: l10n.t('lowest') }
      : { sign: '▴', text: l10n.t('highest') };
  }
  return isLowest === (direction === 'lower') ? { sign: '★', text: l10n.t('best') } : undefined;
}

function headerOf(metric: string, direction: Direction): GridCell {
  const sign = { lower: '↓', higher: '↑', none: '' }[direction];
  if (sign === '') return { content: metric };
  return {
    content: html`<span class="row-key">${metric}</span
      ><span class="direction" role="img" aria-label=${directionText(direction)}>${sign}</span>`,
  };
}

function directionHint(metric: string, frame: MetricFrame): string {
  return [
    metric,
    directionText(frame.directionOf(metric)),
    l10n.t('Double-click or Enter changes that'),
  ].join('\n');
}

function valueCell(value: number, baseline: number | undefined, mark: Mark | undefined): GridCell {
  const difference = differenceText(value, baseline);
  const isSame = baseline !== undefined && Object.is(value, baseline);
  return {
    content: html`<span class="mark" title=${mark?.text ?? nothing}
        >${
          mark === undefined
            ? nothing
            : html`<span role="img" aria-label=${mark.text}>${mark.sign}</span>`
        }</span
      ><span class="number">${alignedNumber(value)}</span
      ><span class="difference">${difference}</span>`,
    className: ['is-number', isSame ? 'is-same' : '', mark?.sign === '★' ? 'is-best' : ''].join(
      ' ',
    ),
  };
}
