import assert from 'node:assert/strict';
import { chartRun, modelOf, series } from './chartFixtures';
import {
  cursorPoint,
  keyCommand,
  movedCursor,
  type Cursor,
} from '../../../../webview/charts/plotKeys';
import { pointsAt } from '../../../../webview/charts/chartScene';
import { tooltipPlace, tooltipRows } from '../../../../webview/charts/tooltip';

const model = modelOf([
  chartRun('low', series([1, NaN, 1, 1])),
  chartRun('high', series([9, 9, 9, 9])),
]);
const window = { min: 0, max: 3 };
const at = (line: string, place: number): Cursor => ({ line, place, x: place });
const press = (cursor: Cursor | undefined, ...keys: string[]): Cursor | undefined =>
  keys.reduce((before: Cursor | undefined, key) => {
    const command = keyCommand({
      key,
      shiftKey: false,
      ctrlKey: false,
      altKey: false,
      metaKey: false,
    });
    return movedCursor(model, before, command!, window);
  }, cursor);

describe('keys in a chart', () => {
  it('go to the first point, then from finite point to finite point', () => {
    assert.deepEqual(press(undefined, 'ArrowRight'), at('low', 0));
    assert.deepEqual(press(undefined, 'ArrowRight', 'ArrowRight'), at('low', 2));
    assert.deepEqual(press(undefined, 'ArrowRight', 'End'), at('low', 3));
    assert.deepEqual(press(at('low', 3), 'ArrowRight'), at('low', 3));
    assert.deepEqual(press(at('low', 3), 'Home'), at('low', 0));
  });

  it('go up and down between lines at the same place', () => {
    assert.deepEqual(press(at('low', 2), 'ArrowUp'), at('high', 2));
    assert.deepEqual(press(at('high', 2), 'ArrowDown'), at('low', 2));
  });

  it('stay at their place of the axis when more points of the line come', () => {
    const whole = modelOf([chartRun('low', series(Array.from({ length: 4000 }, () => 1)))]);
    const cursor = { line: 'low', place: 2, x: 2000 };
    assert.equal(cursorPoint(whole, cursor)?.x, 2000);
    const next = movedCursor(whole, cursor, { kind: 'point', direction: 1 }, window);
    assert.deepEqual(next, { line: 'low', place: 2001, x: 2001 });
  });

  it('leave to the editor what has Ctrl, Alt or Meta', () => {
    const bare = { shiftKey: false, ctrlKey: false, altKey: false, metaKey: false };
    assert.equal(keyCommand({ ...bare, key: 'ArrowLeft', ctrlKey: true }), undefined);
    assert.equal(keyCommand({ ...bare, key: 'constructor' }), undefined);
    assert.deepEqual(keyCommand({ ...bare, key: 'ArrowLeft', shiftKey: true }), {
      kind: 'pan',
      part: -0.2,
    });
  });
});

describe('the tooltip of a chart', () => {
  it('lists the highest first, and of many as many as fit, the marked one among them', () => {
    const runs = Array.from({ length: 100 }, (_, at) => chartRun(`r${at}`, series([at, at])));
    const points = pointsAt(modelOf(runs), 1, 0);
    const { rows, more } = tooltipRows(points, 'r3');
    assert.equal(rows.length, 12);
    assert.equal(more, 88);
    assert.equal(rows[0]!.line.id, 'r99');
    assert.equal(rows.at(-1)!.line.id, 'r3');
  });

  it('leaves out lines that end before the place', () => {
    const short = modelOf([
      chartRun('short', series([1, 2])),
      chartRun('long', series([1, 2, 3, 4, 5])),
    ]);
    assert.deepEqual(
      pointsAt(short, 4, 1).map(({ line }) => line.id),
      ['long'],
    );
  });

  it('stands beside the point on the side that has room, never on it', () => {
    const page = { width: 500, height: 300 };
    const size = { width: 200, height: 100 };
    assert.deepEqual(tooltipPlace({ left: 100, top: 150 }, size, page), { left: 114, top: 100 });
    assert.deepEqual(tooltipPlace({ left: 400, top: 290 }, size, page), { left: 186, top: 200 });
  });
});
