import assert from 'node:assert/strict';
import { markOf } from '../../../../webview/differences/metricModel';
import { metricRows } from '../../../../webview/differences/metricRows';
import { shownRows } from '../../../../webview/differences/tableRows';
import { textRows } from '../../../../webview/differences/textRows';
import { directionByName } from '../../../../webview/kit/direction';
import { RunsFixture } from '../../../page/fixtures';

describe('rows of texts', () => {
  it('differ where texts do, or where only some runs have one', () => {
    const { runs } = new RunsFixture(
      { params: { same: '1', other: 'a', partial: 'x', empty: '' } },
      { params: { same: '1', other: 'b', empty: '' } },
    );
    const rows = textRows(runs, ({ params }) => params, false);
    const shown = shownRows(rows, true, '');
    assert.deepEqual(
      shown.rows.map((row) => rows.keys[row]),
      ['other', 'partial'],
    );
    assert.equal(shown.all, 4);
    assert.equal(shown.differing, 2);
  });

  it('do not differ because of a run that was not read yet', () => {
    const { runs } = new RunsFixture(
      { params: { lr: '1' } },
      { params: { lr: '1' } },
      { standing: 'loading' },
    );
    assert.equal(textRows(runs, ({ params }) => params, false).differs(0), false);
  });

  it('do differ because of a run that has no param at all', () => {
    const { runs } = new RunsFixture({ params: { lr: '1' } }, {});
    assert.equal(textRows(runs, ({ params }) => params, false).differs(0), true);
  });

  it('stand in natural order, keys like __proto__ among them', () => {
    const { runs } = new RunsFixture({
      params: Object.fromEntries([
        ['layer10', ''],
        ['layer9', ''],
        ['__proto__', 'x'],
        ['constructor', 'y'],
      ]),
    });
    const rows = textRows(runs, ({ params }) => params, false);
    assert.deepEqual(rows.keys, ['__proto__', 'constructor', 'layer9', 'layer10']);
    assert.equal(rows.textAt(0, 0)?.text, 'x');
  });

  it('are found by all words of a filter, in any case', () => {
    const { runs } = new RunsFixture({ params: { 'Train/Loss': '', 'val/loss': '' } });
    const rows = textRows(runs, ({ params }) => params, false);
    assert.deepEqual(shownRows(rows, false, ' LOSS train').rows, [0]);
  });
});

describe('rows of metrics', () => {
  const { runs, metricKeys } = new RunsFixture(
    { metrics: { acc: [0.5, 7, 99], nan: NaN, zero: 0, loss: 3 } },
    { metrics: { acc: 0.5, nan: NaN, zero: -0, loss: Infinity, late: 1 } },
    { metrics: { acc: 0.5, nan: NaN, zero: 0, loss: 2, late: 1 } },
  );
  const rows = metricRows(runs, [...metricKeys, 'of nobody']);
  const rowOf = (key: string): number => rows.keys.indexOf(key);

  it('differ where values do; NaN is like NaN, and -0 like 0', () => {
    const differing = rows.keys.filter((_, row) => rows.differs(row));
    assert.deepEqual(differing, ['late', 'loss']);
  });

  it('leave out metrics that none of the runs has', () => {
    assert.equal(rowOf('of nobody'), -1);
    assert.equal(rows.keys.length, 5);
  });

  it('know the latest point', () => {
    assert.deepEqual(rows.pointAt(rowOf('acc'), 0), { value: 0.5, step: 7, timestamp: 99 });
    assert.equal(rows.pointAt(rowOf('late'), 0), undefined);
  });

  it('know their lowest and highest finite values, if they differ', () => {
    assert.deepEqual(rows.extentOf(rowOf('loss')), { lowest: 2, highest: 3 });
    assert.equal(rows.extentOf(rowOf('acc')), undefined);
    assert.equal(rows.extentOf(rowOf('nan')), undefined);
  });

  it('call a value best only where it is known which way is better', () => {
    const extent = { lowest: 1, highest: 9 };
    assert.equal(markOf(1, extent, 'lower')?.text, 'best');
    assert.equal(markOf(9, extent, 'lower'), undefined);
    assert.equal(markOf(9, extent, 'higher')?.text, 'best');
    assert.equal(markOf(1, extent, 'none')?.text, 'lowest');
    assert.equal(markOf(9, extent, 'none')?.text, 'highest');
    assert.equal(markOf(5, extent, 'none'), undefined);
    assert.equal(markOf(NaN, extent, 'none'), undefined);
    assert.equal(markOf(1, undefined, 'lower'), undefined);
  });
});

describe('the better direction', () => {
  const cases = {
    lower: ['loss', 'train/loss', 'val_rmse', 'valLoss', 'error_rate', 'system/latency'],
    higher: ['accuracy', 'val/acc', 'f1_macro', 'roc_auc', 'R2', 'top.recall'],
    none: ['anomaly cnt', 'lossless', 'accumulator', 'epoch', 'loss_vs_accuracy', 'mapper', ''],
  } as const;
  for (const [direction, metrics] of Object.entries(cases))
    for (const metric of metrics)
      it(`of "${metric}" is ${direction}`, () => {
        assert.equal(directionByName(metric), direction);
      });
});
