import assert from 'node:assert/strict';
import { SeededRandom } from '../../../support/seededRandom';
import { axisScale } from '../../../../webview/relations/axisScale';
import type { Column } from '../../../../webview/relations/column';
import { labelTicks, linearTicks, logTicks } from '../../../../webview/relations/ticks';

const column = (values: readonly number[], more: Partial<Column> = {}): Column => ({
  field: { of: 'param', key: 'p' },
  texts: undefined,
  labels: undefined,
  values: Float64Array.from(values),
  missing: 0,
  odd: new Map(),
  ...more,
});

const room = { margin: 0, ticks: 5 };

describe('axisScale', () => {
  it('lays numbers out from end to end, and back', () => {
    const random = new SeededRandom(20);
    for (let round = 0; round < 300; round++) {
      const size = 10 ** (random.next() * 20 - 10);
      const values = random.times(2 + random.below(5), () => (random.next() - 0.3) * size);
      const margin = random.pick([0, 0.05]);
      const scale = axisScale(column(values), { margin, ticks: 5, division: 'linear' });
      for (const value of values) {
        const place = scale.place(value);
        assert.ok(place >= margin - 1e-9 && place <= 1 - margin + 1e-9);
        assert.ok(Math.abs(scale.valueAt(place) - value) <= size * 1e-9);
      }
      assert.ok(scale.ticks.length >= 1 && scale.ticks.length <= 15);
    }
  });

  it('is logarithmic by itself for params over two powers of ten, linear for metrics', () => {
    const rates = [0.001, 0.01, 0.1, NaN];
    assert.equal(axisScale(column(rates), room).kind, 'log');
    const metric = { field: { of: 'metric', key: 'm' } } as const;
    assert.equal(axisScale(column(rates, metric), room).kind, 'linear');
    assert.equal(axisScale(column([0.1, 1]), room).kind, 'linear');
    assert.equal(axisScale(column([0, 100]), room).kind, 'linear');
    const asked = axisScale(column(rates), { ...room, division: 'linear' });
    assert.equal(asked.kind, 'linear');
    const scale = axisScale(column(rates), room);
    assert.deepEqual(
      rates.map((rate) => scale.place(rate)),
      [0, 0.5, 1, NaN],
    );
    assert.deepEqual(
      scale.ticks.map(({ label }) => label),
      ['0.001', '0.01', '0.1'],
    );
  });

  it('counts what a logarithmic axis cannot show', () => {
    const scale = axisScale(column([-1, 0, 1, 10, NaN]), { ...room, division: 'log' });
    assert.equal(scale.notPositive, 2);
    assert.deepEqual([scale.place(-1), scale.place(0), scale.place(1)], [NaN, NaN, 0]);
  });

  it('puts equal numbers in the middle, and takes none at all', () => {
    for (const division of ['linear', 'log'] as const) {
      assert.ok(Math.abs(axisScale(column([5, 5]), { ...room, division }).place(5) - 0.5) < 1e-9);
      assert.ok(Number.isNaN(axisScale(column([NaN]), { ...room, division }).place(NaN)));
    }
    assert.equal(axisScale(column([0]), room).place(0), 0.5);
    const huge = axisScale(column([-1.7e308, 1.7e308]), room);
    assert.deepEqual([huge.place(-1.7e308), huge.place(0), huge.place(1.7e308)], [0, 0.5, 1]);
    assert.ok(huge.ticks.every(({ at }) => at >= 0 && at <= 1));
  });

  it('gives each label its place', () => {
    const labels = ['adam', 'lion', 'sgd'];
    const scale = axisScale(column([0, 2], { labels }), { margin: 1 / 6, ticks: 10 });
    assert.deepEqual(
      scale.ticks.map(({ label, at }) => [label, Math.round(at * 6)]),
      [
        ['adam', 1],
        ['lion', 3],
        ['sgd', 5],
      ],
    );
    assert.equal(Math.round(scale.valueAt(scale.place(1)) * 1e9), 1e9);
    assert.equal(axisScale(column([0], { labels: ['a'] }), room).place(0), 0.5);
  });
});

describe('ticks', () => {
  it('are round numbers within the range', () => {
    assert.deepEqual(linearTicks(0, 1, 5), [0, 0.2, 0.4, 0.6, 0.8, 1]);
    assert.deepEqual(linearTicks(-3, 12, 4), [0, 5, 10]);
    assert.deepEqual(linearTicks(0.1, 0.7, 3), [0.2, 0.4, 0.6]);
    assert.deepEqual(linearTicks(2, 2, 5), [2]);
  });

  it('are powers of ten, or parts of them where there is room', () => {
    assert.deepEqual(logTicks(1, 1000, 4), [1, 10, 100, 1000]);
    assert.deepEqual(logTicks(1, 10, 8), [1, 2, 5, 10]);
    assert.deepEqual(logTicks(1e-8, 1, 4), [1e-8, 1e-5, 0.01]);
    assert.deepEqual(logTicks(2, 4, 4), [2, 2.5, 3, 3.5, 4]);
  });

  it('leave labels out evenly', () => {
    assert.deepEqual(labelTicks(3, 5), [0, 1, 2]);
    assert.deepEqual(labelTicks(10, 4), [0, 3, 6, 9]);
    assert.deepEqual(labelTicks(0, 4), []);
  });
});
