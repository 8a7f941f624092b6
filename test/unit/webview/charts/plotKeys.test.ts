import assert from 'node:assert/strict';
import { chartRun, modelOf, series } from './chartFixtures';
import { keyCommand, movedCursor, type Cursor } from '../../../../webview/compare/charts/plotKeys';
import { pointsAt } from '../../../../webview/compare/charts/chartScene';
import { tooltipPlace, tooltipRows } from '../../../../webview/compare/charts/tooltip';

const model = modelOf([
  chartRun('low', series([1, NaN, 1, 1])),
  chartRun('high', series([9, 9, 9, 9])),
]);
const window = { min: 0, max: 3 };
const press = (cursor: Cursor | undefined, ...keys: string[]): Cursor | undefined =>
  keys.reduce((at: Cursor | undefined, key) => {
    const command = keyCommand({
      key,
      shiftKey: false,
      ctrlKey: false,
      altKey: false,
      metaKey: false,
    });
    return movedCursor(model, at, command!, window);
  }, cursor);

describe('keys in a chart', () => {
  it('go to the first point, then from finite point to finite point', () => {
    assert.deepEqual(press(undefined, 'ArrowRight'), { line: 'low', place: 0 });
    assert.deepEqual(press(undefined, 'ArrowRight', 'ArrowRight'), { line: 'low', place: 2 });
    assert.deepEqual(press(undefined, 'ArrowRight', 'End'), { line: 'low', place: 3 });
    assert.deepEqual(press({ line: 'low', place: 3 }, 'ArrowRight'), { line: 'low', place: 3 });
    assert.deepEqual(press({ line: 'low', place: 3 }, 'Home'), { line: 'low', place: 0 });
  });

  it('go up and down between lines at the same place', () => {
    assert.deepEqual(press({ line: 'low', place: 2 }, 'ArrowUp'), { line: 'high', place: 2 });
    assert.deepEqual(press({ line: 'high', place: 2 }, 'ArrowDown'), { line: 'low', place: 2 });
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
