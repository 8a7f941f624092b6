import * as l10n from '@vscode/l10n';
import { html } from 'lit';
import { formatFull, toOneLine } from '../../../src/mlflow/format';
import type { RunRow } from '../../../src/protocol/runsPage';
import { statusIcon, statusText } from '../../kit/statusIcon';
import type { WideCell } from '../../kit/wideGrid/wideGridModel';
import { numberDifference, textDifference } from '../baseline/difference';
import type { Difference } from '../baseline/difference';
import type { Column } from '../model/column';
import { columnParts } from '../model/columnId';
import type { AttributeName, ColumnId } from '../model/columnId';
import { alignedIn } from './columnFigures';
import { figuresIn } from './figuresCache';
import { ageText, dateText, durationText } from './runTexts';
import type { TableView } from './tableView';

export const emptyCell: WideCell = { text: '' };

/** A run's cell beside the name. */
export function runCell(view: TableView, at: number, id: ColumnId): WideCell {
  const { state, bestOf } = view;
  const run = state.data.rows[at];
  const column = state.data.column(id, bestOf);
  if (run === undefined || column === undefined) return emptyCell;
  const parts = columnParts(id);
  if (parts.kind === 'attribute') return attributeCell(view, run, parts.key, column);
  if (parts.kind === 'metric') return metricCell(view, at, id, column);
  return textCell(view, at, column);
}

function attributeCell(
  view: TableView,
  run: RunRow,
  name: AttributeName,
  column: Column,
): WideCell {
  const { now, locale } = view.state;
  switch (name) {
    case 'status':
      return {
        text: '',
        content: html`<span class="status-cell"
          >${statusIcon({ status: run.status, standing: 'ready' })}${statusText(run.status)}</span
        >`,
      };
    case 'created':
    case 'ended': {
      const time = column.number(run.at);
      return Number.isNaN(time) ? emptyCell : { text: ageText(time, now, locale) };
    }
    case 'duration': {
      const length = column.number(run.at);
      return Number.isNaN(length)
        ? emptyCell
        : { text: durationText(length), className: 'is-number' };
    }
    case 'commit':
      return { text: column.text(run.at).slice(0, 8), className: 'is-code' };
    case 'runId':
      return { text: column.text(run.at), className: 'is-code' };
    default:
      return { text: toOneLine(column.text(run.at)) };
  }
}

function metricCell(view: TableView, at: number, id: ColumnId, column: Column): WideCell {
  if (!column.has(at)) return emptyCell;
  const { state, directionOf } = view;
  const { key } = columnParts(id);
  const value = column.number(at);
  const figures = figuresIn(view, id, column);
  const { extent } = figures;
  const direction = directionOf(key);
  // A run that the filter does not find counts for nothing, so it is neither the best nor has it a place among them.
  const isOutside = state.data.rows[at]?.outside === true;
  const isBest =
    extent !== undefined &&
    !isOutside &&
    ((direction === 'lower' && value === extent.least) ||
      (direction === 'higher' && value === extent.greatest));
  const number = `${isBest ? '★ ' : ''}${isSampled(view, at, id) ? '≈' : ''}${alignedIn(figures, value)}`;
  const baseline = baselinePlace(view);
  const difference =
    baseline === undefined ? undefined : numberDifference(column, at, baseline, direction);
  const classes = `is-number${isBest ? ' is-best' : ''}`;
  const bar =
    state.layout.bars && extent !== undefined && !isOutside && Number.isFinite(value)
      ? (value - extent.least) / (extent.greatest - extent.least)
      : undefined;
  const bars = bar === undefined ? classes : `${classes} has-bar`;
  return { ...withDifference(number, bars, difference), bar };
}

function textCell(view: TableView, at: number, column: Column): WideCell {
  const baseline = baselinePlace(view);
  const difference = baseline === undefined ? undefined : textDifference(column, at, baseline);
  if (!column.has(at)) return difference ? withDifference('', '', difference) : emptyCell;
  const text = column.text(at);
  if (text === '') return withDifference(l10n.t('empty'), 'is-empty', difference);
  return withDifference(toOneLine(text), '', difference);
}

function withDifference(
  text: string,
  className: string,
  difference: Difference | undefined,
): WideCell {
  if (difference === undefined) return { text, className };
  const { kind, sign, text: size } = difference;
  return {
    text: kind === 'same' ? text : `${text} ${sign}${size === '' ? '' : ` ${size}`}`,
    className: `${className} is-${kind}`.trim(),
  };
}

/** Whether an extreme may be of some of the metric's points only. */
export function isSampled({ state }: TableView, at: number, id: ColumnId): boolean {
  const parts = columnParts(id);
  return (
    parts.kind === 'metric' &&
    parts.pick !== 'last' &&
    state.data.extremesOf(parts.key).isSampled(at)
  );
}

function baselinePlace({ state: { data, layout } }: TableView): number | undefined {
  return layout.baseline === undefined ? undefined : data.placeOf(layout.baseline);
}

/** A run's value in full, for hovers and copies. */
export function fullText(view: TableView, at: number, id: ColumnId): string {
  const { state, bestOf } = view;
  const column = state.data.column(id, bestOf);
  const run = state.data.rows[at];
  if (column === undefined || run === undefined || !column.has(at)) return '';
  const parts = columnParts(id);
  if (parts.kind === 'metric') return formatFull(column.number(at));
  if (id === 'attribute:created' || id === 'attribute:ended')
    return dateText(column.number(at), state.locale);
  if (id === 'attribute:duration') return durationText(column.number(at));
  return id === 'attribute:status' ? statusText(run.status) : column.text(at);
}

/** What a hover says of a run's cell. */
export function runHint(view: TableView, at: number, id: ColumnId): string {
  const lines = [fullText(view, at, id)];
  const { data } = view.state;
  if (id === 'attribute:name' && data.rows[at]?.outside === true)
    lines.push(l10n.t('The filter does not find it; runs that are nested in it, it does.'));
  if (isSampled(view, at, id))
    lines.push(l10n.t('Of a sample of its points; there may be others beyond.'));
  const baseline = baselinePlace(view);
  const parts = columnParts(id);
  if (baseline !== undefined && parts.kind === 'metric') {
    const column = data.column(id, view.bestOf);
    const difference = numberDifference(column, at, baseline, view.directionOf(parts.key));
    if (difference !== undefined) lines.push(difference.spoken);
  }
  return lines.filter((line) => line !== '').join('\n');
}
