import assert from 'node:assert/strict';
import { readKept, writeKept } from '../../../webview/compare/kept';
import {
  defaultLayout,
  latestLayout,
  readLayout,
  writeLayout,
} from '../../../webview/compare/layout';
import { changedLayout } from '../../../webview/kit/latestLayout';
import type { Layout } from '../../../webview/compare/layout';

const overJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown;

describe('the remembered layout', () => {
  const layout: Layout = {
    changedAt: 1_700_000_000_000,
    axis: { kind: 'metric', metric: 'epoch' },
    smoothing: 0.6,
    logX: true,
    logY: true,
    groupBy: { kind: 'tag', key: 'team' },
    onlyDifferences: { parameters: false, metrics: true, tags: false, attributes: true },
    folded: new Set(['charts/train/']),
    chartWidth: 480,
    chartOrder: ['b', 'a'],
    hiddenCharts: new Set(['c']),
    linkedZoom: false,
    directions: new Map([['reach', 'higher']]),
    relations: [
      {
        kind: 'scatter',
        x: { field: { of: 'param', key: 'lr' } },
        y: { field: { of: 'metric', key: 'loss' } },
      },
    ],
  };

  it('comes back from JSON as it was', () => {
    assert.deepEqual(readLayout(overJson(writeLayout(layout))), layout);
    assert.deepEqual(readLayout(overJson(writeLayout(defaultLayout))), defaultLayout);
  });

  it('is as usual where nothing sane was remembered', () => {
    const broken = {
      changedAt: 1e300,
      axis: { kind: 'metric', metric: 7 },
      smoothing: 'much',
      logX: 1,
      groupBy: { kind: 'param' },
      onlyDifferences: [true],
      chartWidth: 1e9,
      chartOrder: { length: 3 },
      directions: [['a', 'sideways'], 'b', ['c']],
      relations: 'all',
    };
    for (const remembered of [undefined, null, 7, 'text', [], [[]], broken])
      assert.deepEqual(readLayout(remembered), defaultLayout);
  });

  it('is that of the tab or that of its experiments, whichever was changed last', () => {
    const at = (changedAt: number, smoothing: number): unknown => ({ changedAt, smoothing });
    const smoothing = (kept: unknown, remembered: unknown): number =>
      latestLayout(kept, remembered).smoothing;
    assert.equal(smoothing(at(5, 0.1), at(6, 0.2)), 0.2);
    assert.equal(smoothing(at(6, 0.1), at(5, 0.2)), 0.1);
    assert.equal(smoothing(at(5, 0.1), at(5, 0.2)), 0.1);
    assert.equal(smoothing(at(5, 0.1), undefined), 0.1);
    assert.equal(smoothing(undefined, at(0, 0.2)), 0.2);
  });

  it('is later with every change, whatever the clock says', () => {
    const now = Date.now();
    assert.ok(changedLayout(layout, { smoothing: 0 }).changedAt >= now);
    const ahead = { ...layout, changedAt: now + 1e9 };
    assert.equal(changedLayout(ahead, { smoothing: 0 }).changedAt, now + 1e9 + 1);
  });

  it('forgets what is beyond measure', () => {
    const long = 'x'.repeat(1001);
    const chartOrder = Array.from({ length: 5000 }, (_, index) => `metric ${index}`);
    const huge: Layout = {
      ...layout,
      chartOrder,
      hiddenCharts: new Set([long]),
      axis: { kind: 'metric', metric: long },
    };
    const read = readLayout(overJson(writeLayout(huge)));
    assert.equal(read.chartOrder.length, 2000);
    assert.equal(read.hiddenCharts.size, 0);
    assert.deepEqual(read.axis, { kind: 'step' });
  });
});

describe('what a tab keeps', () => {
  it('comes back from JSON as it was', () => {
    const kept = {
      baseline: 'run-1',
      hidden: new Set(['run-2']),
      runFilter: 'ox',
      chartSearch: 'loss',
      tableFilters: { parameters: 'lr', metrics: '', tags: '', attributes: '' },
      gallery: { showsAll: true },
      scroll: 120,
      zoom: { min: 1, max: 9 },
    };
    assert.deepEqual(readKept(overJson(writeKept(kept))), kept);
  });

  it('shows everything where nothing sane was kept', () => {
    for (const value of [
      undefined,
      null,
      'x',
      { hidden: 7, zoom: { min: 3, max: 1 }, scroll: -1 },
    ]) {
      const kept = readKept(value);
      assert.equal(kept.hidden.size, 0);
      assert.equal(kept.zoom, undefined);
      assert.equal(kept.scroll, 0);
    }
  });
});
