import assert from 'node:assert/strict';
import type { RunsData } from '../../../../webview/runs/model/runsData';
import { TextColumn } from '../../../../webview/runs/model/textColumn';
import { usualColumns } from '../../../../webview/runs/model/usualColumns';
import { columnFigures } from '../../../../webview/runs/table/columnFigures';
import { distinctTitles } from '../../../../webview/runs/toolbar/columnList';
import { rowsOf, runsData } from '../../../support/tableRuns';

describe('RunsData', () => {
  const at = Uint32Array.of(0, 1);
  const answer = {
    min: Float64Array.of(0.1, 0.2),
    max: Float64Array.of(10, 20),
    exact: Uint8Array.of(1, 1),
  };
  const runs = [{ metrics: { loss: 1 } }, { metrics: { loss: 2 } }];
  const read = (data: RunsData): void => data.takeExtremes('loss', at, answer, data.rows.slice());
  const least = (data: RunsData, place: number): number | undefined =>
    data.column('min:loss')?.number(place);

  it('keeps the extremes of a run that changes until they are asked for again', () => {
    const data = runsData(runs);
    read(data);
    data.add(rowsOf(runs));
    assert.equal(least(data, 0), 0.1);
    assert.equal(data.extremesOf('loss').isKnown(0), false);
  });

  it('forgets the extremes of a run that is gone, or has lost its metric', () => {
    const data = runsData(runs);
    read(data);
    data.remove(Uint32Array.of(1));
    data.add(rowsOf([{}]));
    assert.deepEqual([least(data, 0), least(data, 1)], [NaN, NaN]);
  });

  it('asks again for runs that changed while their extremes were on their way', () => {
    const data = runsData(runs);
    const asked = data.rows.slice();
    data.add({
      rows: [{ ...asked[0]!, status: 'RUNNING' }],
      columns: rowsOf(runs.slice(0, 1)).columns,
    });
    data.takeExtremes('loss', at, answer, asked);
    assert.deepEqual([least(data, 0), least(data, 1)], [0.1, 0.2]);
    const extremes = data.extremesOf('loss');
    assert.deepEqual([extremes.isKnown(0), extremes.isKnown(1)], [false, true]);
  });
});

describe('TextColumn', () => {
  it('holds no more texts than rows have', () => {
    const column = new TextColumn();
    column.set(0, 'stays', 2);
    for (let step = 0; step < 1000; step++) column.set(1, `${step}`, 2);
    assert.deepEqual([column.texts.length, column.filled, column.varies], [3, 2, true]);
    assert.deepEqual([column.number(0), column.number(1)], [NaN, 999]);
    column.set(1, '7', 2);
    assert.deepEqual([column.text(0), column.text(1), column.number(1)], ['stays', '7', 7]);
    column.clear(0);
    assert.deepEqual([column.has(0), column.filled, column.varies], [false, 1, false]);
  });
});

describe('usualColumns', () => {
  it('leaves what is shown as it is once there is no room', () => {
    const metrics = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [`m${index}`, index]),
    );
    const data = runsData([{ metrics }, {}]);
    const first = usualColumns(data, [], []);
    assert.equal(first.filter((id) => id.startsWith('metric:')).length, 30);
    assert.equal(usualColumns(data, [], first), first);
  });
});

describe('columnFigures', () => {
  it('leave out runs that are shown for those that are nested in them', () => {
    const data = runsData([
      { metrics: { m: -5 }, outside: true },
      { metrics: { m: 1 } },
      { metrics: { m: 2 } },
    ]);
    const order = Int32Array.of(0, 1, 2);
    const rows = {
      order,
      levels: new Uint16Array(3),
      folding: new Uint8Array(3),
      groups: [],
      hidden: 0,
    };
    const isOutside = (place: number): boolean => data.rows[place]?.outside === true;
    const { extent } = columnFigures(data.column('metric:m')!, rows, isOutside);
    assert.deepEqual(extent, { least: 1, greatest: 2 });
  });
});

describe('distinctTitles', () => {
  it('tell columns apart by their kinds where their names do not', () => {
    const titles = distinctTitles([
      'metric:loss',
      'param:loss',
      'min:loss',
      'metric:loss (min)',
      'tag:x',
    ]);
    assert.deepEqual(
      [...titles],
      [
        ['loss (Metrics)', 'metric:loss'],
        ['loss (Parameters)', 'param:loss'],
        ['loss (min) (Metrics)', 'min:loss'],
        ['metric:loss (min)', 'metric:loss (min)'],
        ['x', 'tag:x'],
      ],
    );
  });
});
