import { nearest, nextFinite } from '../../src/mlflow/series/nearest';
import { byValue, pointOf, pointsAt, type PointAt } from './chartScene';
import type { ChartLine, ChartModel } from './chartModel';
import type { Range } from './range';

/** What a key asks of a chart. */
export type KeyCommand =
  | { readonly kind: 'point'; readonly direction: 1 | -1 }
  | { readonly kind: 'line'; readonly direction: 1 | -1 }
  | { readonly kind: 'end'; readonly direction: 1 | -1 }
  | { readonly kind: 'zoom'; readonly factor: number }
  | { readonly kind: 'pan'; readonly part: number }
  | { readonly kind: 'all' }
  | { readonly kind: 'leave' };

const commands: Readonly<Record<string, KeyCommand>> = {
  ArrowRight: { kind: 'point', direction: 1 },
  ArrowLeft: { kind: 'point', direction: -1 },
  ArrowUp: { kind: 'line', direction: -1 },
  ArrowDown: { kind: 'line', direction: 1 },
  Home: { kind: 'end', direction: -1 },
  End: { kind: 'end', direction: 1 },
  '+': { kind: 'zoom', factor: 0.5 },
  '=': { kind: 'zoom', factor: 0.5 },
  '-': { kind: 'zoom', factor: 2 },
  '0': { kind: 'all' },
  Escape: { kind: 'leave' },
};

/** What a key in a chart means; keys with Ctrl, Alt or Meta are left to the editor. */
export function keyCommand(
  event: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'altKey' | 'metaKey'>,
): KeyCommand | undefined {
  if (event.ctrlKey || event.altKey || event.metaKey) return undefined;
  if (event.shiftKey && event.key === 'ArrowRight') return { kind: 'pan', part: 0.2 };
  if (event.shiftKey && event.key === 'ArrowLeft') return { kind: 'pan', part: -0.2 };
  return Object.hasOwn(commands, event.key) ? commands[event.key] : undefined;
}

/** The point that the keyboard is at. */
export interface Cursor {
  readonly line: string;
  readonly place: number;
  /** Where that is on the axis: another series of the line has other places. */
  readonly x: number;
}

function cursorAt(line: ChartLine, place: number): Cursor {
  return { line: line.id, place, x: line.prepared.curve.x[place]! };
}

/** The same cursor among the points that the line has now; `undefined` where it has none. */
function found(model: ChartModel, cursor: Cursor | undefined): [ChartLine, Cursor] | undefined {
  const line = model.lines.find(({ id }) => id === cursor?.line);
  if (line === undefined || cursor === undefined) return undefined;
  const { curve } = line.prepared;
  if (curve.x[cursor.place] === cursor.x) return [line, cursor];
  return curve.x.length === 0 ? undefined : [line, cursorAt(line, nearest(curve, cursor.x))];
}

/**
 * Where a key leads from `cursor` among the points that are seen; `undefined` where there is nothing to go to. Left and right
 * go along a line, up and down to the line above or below at the same place of the axis.
 */
export function movedCursor(
  model: ChartModel,
  cursor: Cursor | undefined,
  command: KeyCommand,
  window: Range,
): Cursor | undefined {
  const [line, at] = found(model, cursor) ?? [model.lines[0]];
  if (line === undefined) return undefined;
  if (at === undefined) return edgeOf(line, 1, window);
  if (command.kind === 'line') return besideOf(model, line, at, command.direction);
  if (command.kind === 'end') return edgeOf(line, -command.direction as 1 | -1, window);
  if (command.kind !== 'point') return at;
  const place = nextFinite(line.prepared.line.curve.y, at.place, command.direction);
  return place === undefined ? at : cursorAt(line, place);
}

/** The first (1) or last (-1) finite point that is seen. */
function edgeOf(line: ChartLine, direction: 1 | -1, window: Range): Cursor | undefined {
  const { x, y } = line.prepared.line.curve;
  let place: number | undefined = direction === 1 ? -1 : x.length;
  while ((place = nextFinite(y, place, direction)) !== undefined) {
    const at = x[place]!;
    if (at >= window.min && at <= window.max) return cursorAt(line, place);
    if (direction === 1 ? at > window.max : at < window.min) return undefined;
  }
  return undefined;
}

function besideOf(model: ChartModel, line: ChartLine, cursor: Cursor, direction: 1 | -1): Cursor {
  const points = pointsAt(model, pointOf(line, cursor.place).x, Infinity).sort(byValue);
  const at = points.findIndex((point) => point.line.id === line.id);
  const next = points[(at + direction + points.length) % points.length];
  return next === undefined ? cursor : cursorAt(next.line, next.place);
}

/** The point a cursor stands at, if that is still there. */
export function cursorPoint(model: ChartModel, cursor: Cursor | undefined): PointAt | undefined {
  const [line, at] = found(model, cursor) ?? [];
  return line && at && pointOf(line, at.place);
}
