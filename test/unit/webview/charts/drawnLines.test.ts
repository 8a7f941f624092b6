import assert from 'node:assert/strict';
import { captionOf } from '../../../../webview/charts/chartTexts';
import { modelOf, chartRun, series } from './chartFixtures';
import { SeededRandom } from '../../../support/seededRandom';
import { drawnLines, heightOf, movingColumns } from '../../../../webview/charts/drawnLines';
import { specOf } from '../../../../webview/charts/chartScene';

const view = { scaleX: 'linear', columns: 300, highlighted: undefined } as const;
const axes = { title: 'Step', unit: 'number', scaleX: 'linear', scaleY: 'linear' } as const;

describe('lines of a chart', () => {
  it('keep five hidden spikes of 100,000 points at every zoom that contains them', () => {
    const random = new SeededRandom(7);
    const values = Float64Array.from({ length: 100_000 }, () => random.next());
    const spikes = [3, 31_415, 50_000, 50_001, 99_998];
    spikes.forEach((step) => (values[step] = 9));
    const model = modelOf([chartRun('a', series(values))]);
    for (let round = 0; round < 200; round++) {
      const min = random.next() * 99_000;
      const max = min + 10 + random.next() * (99_999 - min - 10);
      const [line] = drawnLines(model, { ...view, window: { min, max } });
      const drawn = new Set(line!.points.x);
      for (const step of spikes) {
        if (step >= min && step <= max) {
          // Of neighbors that are equally high in one column, one shows the height.
          assert.ok(
            drawn.has(step) ||
              (values[step + 1] === 9 && drawn.has(step + 1)) ||
              (values[step - 1] === 9 && drawn.has(step - 1)),
          );
        }
      }
      assert.ok(line!.points.x.length <= 4 * view.columns + 2);
    }
  });

  it('are drawn smoothed, with what was logged faintly behind', () => {
    const model = modelOf([chartRun('a', series([0, 10, 0, 10, 0]))], { smoothing: 0.9 });
    const lines = drawnLines(model, { ...view, window: { min: 0, max: 4 } });
    assert.deepEqual(
      lines.map(({ isFaint }) => isFaint),
      [true, false],
    );
    assert.equal(lines[0]!.points.y[1], 10);
    assert.ok(lines[1]!.points.y[1]! < 6);
    assert.ok(lines[0]!.opacity < lines[1]!.opacity);
  });

  it('break where a value is not finite, and mark it', () => {
    const model = modelOf([chartRun('a', series([1, NaN, 2, Infinity, 3, -Infinity]))]);
    const [line] = drawnLines(model, { ...view, window: { min: 0, max: 5 } });
    assert.ok(Number.isNaN(line!.points.y[1]));
    assert.deepEqual(line!.odd, [
      { x: 1, kind: 'nan' },
      { x: 3, kind: 'high' },
      { x: 5, kind: 'low' },
    ]);
  });

  it('leave out what a logarithmic axis cannot show, and count it', () => {
    const model = modelOf([chartRun('a', series([1, 0, -2, 100]))], { logY: true });
    const [line] = drawnLines(model, { ...view, window: { min: 0, max: 3 } });
    assert.deepEqual([...line!.points.y], [1, NaN, NaN, 100]);
    assert.deepEqual(line!.odd, []);
    assert.equal(model.lines[0]!.prepared.notPositive, 2);
    assert.ok(heightOf(model, { min: 0, max: 3 }, 'log').min > 0);
  });

  it('are smoothed alike on linear and logarithmic axes', () => {
    const values = [9, 1, 5, 2, 8];
    const smoothed = (logX: boolean): readonly number[] => {
      const model = modelOf([chartRun('a', series(values))], { smoothing: 0.6, logX });
      return [...model.lines[0]!.prepared.line.curve.y];
    };
    assert.deepEqual(smoothed(true), smoothed(false).slice(1));
  });

  it('put the highlighted one in front and let the others step back', () => {
    const model = modelOf([chartRun('a', series([1, 2])), chartRun('b', series([2, 1]))]);
    const lines = drawnLines(model, { ...view, window: { min: 0, max: 1 }, highlighted: 'a' });
    assert.deepEqual(
      lines.map(({ run }) => run),
      ['b', 'a'],
    );
    assert.ok(lines[0]!.opacity < lines[1]!.opacity);
  });

  it('become means with a band where runs are grouped', () => {
    const run = (name: string, group: string, values: readonly number[]) =>
      chartRun(name, series(values), { group });
    const model = modelOf([
      run('a', 'adam', [1, 3]),
      run('b', 'adam', [3, 5]),
      run('c', 'sgd', [9, 9]),
    ]);
    assert.deepEqual(
      model.lines.map(({ id }) => id),
      ['adam', 'sgd'],
    );
    const { prepared, band } = model.lines[0]!;
    assert.deepEqual([...prepared.curve.y], [2, 4]);
    assert.ok(Math.abs(band!.high[0]! - (2 + Math.SQRT2)) < 1e-9);
  });

  it('tell of groups what a mean passes over, and keep long values of params apart', () => {
    const long = `group: ${'x'.repeat(300)}`;
    const model = modelOf(
      [
        chartRun('a', series([1, NaN, -2, 4]), { group: `${long}1` }),
        chartRun('b', series([1, 0, Infinity, 4]), { group: `${long}2` }),
      ],
      { logX: true, logY: true },
    );
    assert.equal(model.lines.length, 2);
    assert.ok(model.lines.every(({ name }) => name.length <= 80));
    const counts = { drawn: 0, sampledPoints: 0, locale: 'en', logX: true, logY: true };
    assert.deepEqual(captionOf(model, counts).slice(1), [
      '2 values at or below 0 are not on a logarithmic axis',
      '2 points at or left of 0 are not on a logarithmic axis',
      '1 NaN',
      '1 infinite',
    ]);
  });

  it('are bars where no run has more than one point, and until that is known by the latest step', () => {
    const once = { latest: { value: 3, step: 0, timestamp: 0 } };
    assert.equal(modelOf([chartRun('a', undefined, once)]).kind, 'bar');
    assert.equal(
      modelOf([chartRun('a', series([1]), once), chartRun('b', series([2]))]).kind,
      'bar',
    );
    assert.equal(modelOf([chartRun('a', series([1, 2]), once)]).kind, 'line');
    assert.equal(modelOf([chartRun('a')]).kind, 'line');
    const spec = specOf(
      modelOf([chartRun('a', series([-2])), chartRun('b', series([NaN]))]),
      axes,
      {
        window: undefined,
        height: undefined,
        columns: 100,
        highlighted: undefined,
      },
    );
    assert.ok(spec.kind === 'bar' && spec.y.window.min < -2 && spec.y.window.max === 0);
  });

  it('show the latest point of a run until its series has come', () => {
    const model = modelOf([chartRun('a'), chartRun('b', series([1, 2, 3]))]);
    const lines = drawnLines(model, { ...view, window: { min: 0, max: 9 } });
    assert.deepEqual([...lines[0]!.points.x], [9]);
    assert.deepEqual(model.extent, { min: 0, max: 9 });
  });

  it('are drawn in fewer columns while they move, if they are many', () => {
    assert.equal(movingColumns(600, 1), 600);
    assert.ok(movingColumns(600, 500) * 500 * 4 <= 60_000);
  });
});
