import assert from 'node:assert/strict';
import { moveInGrid } from '../../../../webview/kit/gridKeys';
import { lastResult } from '../../../../webview/kit/lastResult';
import { runLooks } from '../../../../webview/kit/runLooks';
import { offsetShowing, seenSpan } from '../../../../webview/kit/span';

describe('the span that is seen', () => {
  it('holds what touches the window, and some beyond', () => {
    assert.deepEqual(seenSpan(1000, 20, 200, 100, 0), { start: 10, end: 15 });
    assert.deepEqual(seenSpan(1000, 20, 210, 100, 0), { start: 10, end: 16 });
    assert.deepEqual(seenSpan(1000, 20, 200, 100, 3), { start: 7, end: 18 });
  });

  it('stays within what there is', () => {
    assert.deepEqual(seenSpan(5, 20, 0, 1000, 3), { start: 0, end: 5 });
    assert.deepEqual(seenSpan(5, 20, 9999, 100, 1), { start: 5, end: 5 });
    assert.deepEqual(seenSpan(0, 20, 0, 100, 3), { start: 0, end: 0 });
  });

  it('is moved no further than is needed to show an item', () => {
    assert.equal(offsetShowing(3, 20, 0, 100), 0);
    assert.equal(offsetShowing(5, 20, 0, 100), 20);
    assert.equal(offsetShowing(1, 20, 60, 100), 20);
  });
});

describe('keys in a grid', () => {
  const size = { rows: 10, columns: 4 };
  const press = (key: string, row: number, column: number, ctrlKey = false) =>
    moveInGrid({ key, ctrlKey, metaKey: false }, { row, column }, size, 5);

  it('move by a cell, a page, or to the end, never beyond', () => {
    assert.deepEqual(press('ArrowDown', 9, 0), { row: 9, column: 0 });
    assert.deepEqual(press('ArrowUp', 0, 2), { row: -1, column: 2 });
    assert.deepEqual(press('ArrowLeft', 3, -1), { row: 3, column: -1 });
    assert.deepEqual(press('ArrowRight', 3, 3), { row: 3, column: 3 });
    assert.deepEqual(press('PageDown', 2, 1), { row: 7, column: 1 });
    assert.deepEqual(press('PageUp', 2, 1), { row: 0, column: 1 });
    assert.deepEqual(press('Home', 2, 1), { row: 2, column: -1 });
    assert.deepEqual(press('End', 2, 1, true), { row: 9, column: 3 });
    assert.equal(press('a', 2, 1), undefined);
  });
});

describe('looks of runs', () => {
  it('differ by dashes among runs of one color, and repeat only after all dashes', () => {
    const runs = Array.from({ length: 96 }, (_, index) => ({ key: `${index}`, color: index % 12 }));
    const looks = runLooks(runs);
    const distinct = new Set([...looks.values()].map((look) => JSON.stringify(look)));
    assert.equal(distinct.size, 96);
    assert.deepEqual(looks.get('3'), { color: 3, dash: [] });
  });

  it('are there for colors that are none', () => {
    const looks = runLooks([-1, 12, NaN, 2.5].map((color) => ({ key: `${color}`, color })));
    assert.deepEqual(
      [...looks.values()].map(({ color }) => color),
      [11, 0, 0, 2],
    );
  });
});

describe('the last result', () => {
  it('is given again for the same arguments', () => {
    let calls = 0;
    const twice = lastResult((list: readonly number[], more: number) => {
      calls++;
      return list.length + more;
    });
    const list = [1, 2];
    assert.equal(twice(list, 1), 3);
    assert.equal(twice(list, 1), 3);
    assert.equal(calls, 1);
    assert.equal(twice([...list], 1), 3);
    assert.equal(calls, 2);
  });
});
