import { formatFull, toOneLine } from '../../../src/mlflow/format';
import { statusText } from '../../kit/statusIcon';
import type { WideCell } from '../../kit/wideGrid/wideGridModel';
import { figureOf } from '../group/figures';
import type { RunGroup } from '../group/groupRuns';
import { figuresHint } from '../group/groupTexts';
import { hasFigures } from '../group/sortGroups';
import { columnParts } from '../model/columnId';
import type { ColumnId } from '../model/columnId';
import { alignedIn } from './columnFigures';
import { figuresIn, groupCommonText, groupFigures } from './figuresCache';
import { emptyCell } from './runCell';
import { durationText } from './runTexts';
import type { TableView } from './tableView';

/** A group's cell beside its name: a figure of its numbers, or the text that all its runs have. */
export function groupCell(view: TableView, group: RunGroup, id: ColumnId): WideCell {
  const { state, bestOf } = view;
  const column = state.data.column(id, bestOf);
  if (column === undefined) return emptyCell;
  if (!hasFigures(id)) return { text: commonIn(view, group, id), className: 'is-common' };
  const figures = groupFigures(group, id, column);
  const value = figureOf(figures, state.layout.aggregate);
  if (value === undefined) return emptyCell;
  const isTime = columnParts(id).kind === 'attribute';
  const text = isTime ? durationText(value) : alignedIn(figuresIn(view, id, column), value);
  return {
    // The hover says how many values are NaN or infinite, and were left out.
    text: figures.odd > 0 ? `† ${text}` : text,
    className: 'is-number is-figure',
  };
}

/** The same in full. */
export function groupText(view: TableView, group: RunGroup, id: ColumnId): string {
  const column = view.state.data.column(id, view.bestOf);
  if (!hasFigures(id)) return commonIn(view, group, id);
  const value = figureOf(groupFigures(group, id, column), view.state.layout.aggregate);
  return value === undefined ? '' : formatFull(value);
}

/** All figures of a group in a column, for a hover. */
export function groupHint(view: TableView, group: RunGroup, id: ColumnId): string {
  const column = view.state.data.column(id, view.bestOf);
  return hasFigures(id) ? figuresHint(groupFigures(group, id, column)) : commonIn(view, group, id);
}

function commonIn({ state, bestOf }: TableView, group: RunGroup, id: ColumnId): string {
  if (id === 'attribute:created' || id === 'attribute:ended') return '';
  const text = toOneLine(groupCommonText(group, id, state.data.column(id, bestOf)));
  const first = state.data.rows[group.runs[0] ?? -1];
  return id === 'attribute:status' && first?.status === text ? statusText(first.status) : text;
}
