import assert from 'node:assert/strict';
import { chartGrid, itemsNear } from '../../../../webview/charts/chartGrid';
import { chartSearch, movedTo, sectionsOf } from '../../../../webview/charts/sections';

const keys = ['loss', 'train/a10', 'train/a2', 'train/deep/x', 'val/loss'];

describe('sections of charts', () => {
  it('are made by what comes before the last slash, and sorted as people count', () => {
    assert.deepEqual(sectionsOf(keys, []), [
      { prefix: '', metrics: ['loss'] },
      { prefix: 'train/', metrics: ['train/a2', 'train/a10'] },
      { prefix: 'train/deep/', metrics: ['train/deep/x'] },
      { prefix: 'val/', metrics: ['val/loss'] },
    ]);
  });

  it('keep the order that a person gave them', () => {
    const all = ['a', 'b', 'c', 'd'];
    const [section] = sectionsOf(all, []);
    const moved = movedTo(section!, 'd', 1, ['other/x']);
    assert.deepEqual(sectionsOf(all, moved)[0]?.metrics, ['a', 'd', 'b', 'c']);
    const back = movedTo(sectionsOf(all, moved)[0]!, 'a', 2, moved);
    assert.deepEqual(sectionsOf(all, back)[0]?.metrics, ['d', 'b', 'a', 'c']);
    assert.ok(back.includes('other/x'));
  });

  it('are searched by text or by an expression', () => {
    assert.deepEqual(keys.filter(chartSearch('LOSS').matches!), ['loss', 'val/loss']);
    assert.deepEqual(keys.filter(chartSearch('/^train.*\\d$/').matches!), [
      'train/a10',
      'train/a2',
    ]);
    assert.equal(keys.filter(chartSearch(' ').matches!).length, keys.length);
    assert.match(chartSearch('/(/').mistake!, /no regular expression/);
  });
});

describe('chartGrid', () => {
  const none = (): boolean => false;

  it('fills the width, and lets small sections share a row', () => {
    const { items } = chartGrid(sectionsOf(keys, []), none, 1224, 360);
    const charts = items.filter((item) => item.kind === 'chart');
    assert.deepEqual(
      charts.map(({ metric, left }) => [metric, left]),
      [
        ['loss', 0],
        ['train/a2', 412],
        ['train/a10', 824],
        ['train/deep/x', 0],
        ['val/loss', 412],
      ],
    );
    assert.equal(charts[0]!.top, charts[2]!.top);
    assert.equal(charts[3]!.top, charts[4]!.top);
    assert.ok(charts[3]!.top > charts[0]!.top + charts[0]!.height);
  });

  it('is one column where there is little room, without overlaps', () => {
    const { items, height } = chartGrid(sectionsOf(keys, []), none, 300, 360);
    assert.ok(items.every(({ left }) => left === 0));
    for (let at = 1; at < items.length; at++)
      assert.ok(items[at]!.top >= items[at - 1]!.top + items[at - 1]!.height);
    assert.ok(height >= items.at(-1)!.top + items.at(-1)!.height);
  });

  it('shows of folded sections the head alone, and of one without a name just its charts', () => {
    const folded = chartGrid(sectionsOf(keys, []), () => true, 1224, 360);
    assert.ok(folded.items.every(({ kind }) => kind === 'head'));
    const plain = chartGrid(sectionsOf(['b', 'a'], []), () => true, 1224, 360);
    assert.deepEqual(
      plain.items.map((item) => item.kind === 'chart' && item.metric),
      ['a', 'b'],
    );
  });

  it('finds what is seen, however many that are, and what is nearest to it', () => {
    const many = Array.from({ length: 5000 }, (_, at) => `m${at}`);
    const grid = chartGrid(sectionsOf(many, []), none, 1224, 360);
    const middle = grid.height / 2;
    const seen = (top: number, bottom: number) =>
      grid.items.filter((item) => item.top <= bottom && item.top + item.height >= top);
    const found = itemsNear(grid, { top: middle, bottom: middle + 1000 }, 40);
    assert.ok(found.length >= 40 && found.length <= 44, `${found.length}`);
    assert.ok(seen(middle, middle + 1000).every((item) => found.includes(item)));
    assert.ok(found.every((item) => Math.abs(item.top - middle - 400) < 2200));
    const tall = { top: middle, bottom: middle + 8000 };
    assert.deepEqual(itemsNear(grid, tall, 40), seen(tall.top, tall.bottom));
    assert.equal(itemsNear(grid, { top: 0, bottom: 0 }, 1e6).length, grid.items.length);
  });
});
