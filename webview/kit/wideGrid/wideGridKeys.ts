import { moveInGrid } from '../gridKeys';
import type { WideGridModel, WidePlace } from './wideGridModel';

/** What keys do to the grid itself. */
export interface KeyHost {
  readonly model: WideGridModel;
  readonly active: WidePlace;
  /** How many rows a page is. */
  readonly page: number;
  activeAt(place: WidePlace): void;
  /** The active cell's element. */
  readonly element: HTMLElement | undefined;
}

/** By so much a key makes a column wider, in pixels. */
const widthStep = 16;

/** Does what a key means in the grid; says whether it means anything. */
export function pressKey(event: KeyboardEvent, host: KeyHost): boolean {
  const { model, active } = host;
  if (opensMenu(event, active)) {
    if (host.element !== undefined) model.openMenu(active, host.element);
    return true;
  }
  const isDone = active.row < 0 ? pressOnHeader(event, host) : pressOnRow(event, host);
  if (isDone) return true;
  const next = event.altKey ? undefined : nextPlace(event, host);
  if (next !== undefined) {
    host.activeAt(next);
    if (model.reach !== undefined) model.reach(next, event.shiftKey);
    else if (event.shiftKey && next.row >= 0 && next.row !== active.row)
      model.select('range', next.row);
    return true;
  }
  return model.press(event, active);
}

function opensMenu({ key, shiftKey, altKey }: KeyboardEvent, { row }: WidePlace): boolean {
  return (
    key === 'ContextMenu' ||
    (key === 'F10' && shiftKey) ||
    (row < 0 && altKey && key === 'ArrowDown')
  );
}

function pressOnHeader({ key, altKey, shiftKey }: KeyboardEvent, host: KeyHost): boolean {
  const { model } = host;
  const { column } = host.active;
  const step = key === 'ArrowLeft' ? -1 : key === 'ArrowRight' ? 1 : 0;
  if (key === 'Enter' || key === ' ') model.sort(column, shiftKey);
  else if (step !== 0 && shiftKey && !altKey)
    model.resize(column, (model.columns[column]?.width ?? 0) + step * widthStep);
  else if (step !== 0 && altKey && column > 0) {
    const before = step < 0 ? column - 1 : column + 2;
    if (before < 1 || before > model.columns.length) return true;
    // The active cell goes along with its column.
    model.move(column, before);
  } else return false;
  return true;
}

function pressOnRow(event: KeyboardEvent, host: KeyHost): boolean {
  const { model, active, element } = host;
  const { row, column } = active;
  const isFar = event.ctrlKey || event.metaKey;
  if (event.key === ' ') model.select(event.shiftKey ? 'range' : 'toggle', row);
  else if (isFar && event.key.toLowerCase() === 'a') model.select('all', row);
  else if (event.key === 'Enter' && !isFar) {
    if (element !== undefined) model.activate(active, element);
  } else if (event.key === 'Escape') model.select('none', row);
  else if (column === 0 && !isFar && !event.shiftKey) return foldByKey(event.key, model, row);
  else return false;
  return true;
}

function foldByKey(key: string, model: WideGridModel, row: number): boolean {
  const { fold } = model.row(row);
  if (key === 'ArrowRight' && fold === 'collapsed') model.fold(row, true);
  else if (key === 'ArrowLeft' && fold === 'expanded') model.fold(row, false);
  else return false;
  return true;
}

/** Where a key leads; the first column counts as the row's header. */
function nextPlace(event: KeyboardEvent, { model, active, page }: KeyHost): WidePlace | undefined {
  const size = { rows: model.rows, columns: model.columns.length - 1 };
  const next = moveInGrid(event, { row: active.row, column: active.column - 1 }, size, page);
  return next && { row: next.row, column: next.column + 1 };
}
