import assert from 'node:assert/strict';
import { pointScene } from '../../../../webview/relations/pointScene';
import { runLooks } from '../../../../webview/kit/runLooks';
import { mergedByColor } from '../../../../webview/relations/pointView';
import { narrowed } from '../../../../webview/relations/source';
import { run, sourceOf } from './runsFixture';

const size = { width: 600, height: 300 };
const param = (key: string) => ({ field: { of: 'param' as const, key } });
const metric = (key: string) => ({ field: { of: 'metric' as const, key } });

describe('pointScene', () => {
  it('places runs that have both values, larger ones farther right and up', () => {
    const runs = [
      run('a', { lr: '1' }, { loss: 5 }),
      run('b', { lr: '2' }, { loss: 1 }),
      run('c', {}, { loss: 3 }),
      run('d', { lr: '3' }, { loss: NaN }),
    ];
    const scatter = { kind: 'scatter', x: param('lr'), y: metric('loss') } as const;
    const { points, plot, x, y } = pointScene(scatter, sourceOf(runs), size);
    assert.deepEqual(
      points.map((point) => point.run),
      [0, 1],
    );
    const [a, b] = points;
    assert.ok(a && b && a.x < b.x && a.y < b.y);
    assert.ok(a.x >= plot.left && b.y <= plot.top + plot.height);
    assert.deepEqual([x.column.missing, y.column.odd.size], [1, 1]);
  });

  it('puts the runs of each group into a box, side by side', () => {
    const runs = Array.from({ length: 10 }, (_, at) =>
      run(`r${at}`, { opt: at < 5 ? 'adam' : 'sgd' }, { loss: at }),
    );
    const box = { kind: 'box', x: param('opt'), y: metric('loss') } as const;
    const { boxes, points, plot } = pointScene(box, sourceOf(runs), size);
    assert.deepEqual(
      boxes.map(({ label, figures }) => [label, figures.median, figures.count]),
      [
        ['adam', 2, 5],
        ['sgd', 7, 5],
      ],
    );
    const [adam] = boxes;
    assert.ok(adam && adam.upper < adam.median && adam.median < adam.lower);
    assert.ok(adam.highWhisker <= adam.upper && adam.lowWhisker >= adam.lower);
    const inAdam = points.filter(({ x }) => x >= adam.x && x <= adam.x + adam.width);
    assert.equal(inAdam.length, 5);
    assert.equal(new Set(inAdam.map(({ x }) => x)).size, 5);
    assert.ok(boxes.every(({ x, width }) => x > plot.left && x + width < plot.left + plot.width));
  });

  it('makes boxes of a param of numbers', () => {
    const runs = [8, 16, 16, 32].map((batch, at) =>
      run(`r${at}`, { batch: String(batch) }, { loss: at }),
    );
    const box = { kind: 'box', x: param('batch'), y: metric('loss') } as const;
    const { boxes } = pointScene(box, sourceOf(runs), size);
    assert.deepEqual(
      boxes.map(({ label, figures }) => [label, figures.count]),
      [
        ['8', 1],
        ['16', 2],
        ['32', 1],
      ],
    );
  });

  it('draws bands of a third value, only where a run has all three', () => {
    const runs = Array.from({ length: 20 }, (_, at) =>
      run(
        `r${at}`,
        { a: String(at % 5), b: String(Math.floor(at / 5)) },
        at > 0 ? { loss: at } : {},
      ),
    );
    const contour = { kind: 'contour', x: param('a'), y: param('b'), z: metric('loss') } as const;
    const { bands, points, z } = pointScene(contour, sourceOf(runs), size);
    assert.equal(points.length, 19);
    assert.equal(z?.column.missing, 1);
    assert.ok(bands.length > 5);
    assert.ok(bands.every(({ path }) => /^(M[\d.,L]+Z)+$/.test(path)));
  });

  it('takes runs without any value', () => {
    for (const kind of ['scatter', 'contour', 'box'] as const) {
      const spec = { kind, x: param('a'), y: metric('loss'), z: metric('acc') };
      const scene = pointScene(spec, sourceOf([run('a', {}), run('b', {})]), size);
      assert.deepEqual([scene.points, scene.bands, scene.boxes], [[], [], []]);
      assert.equal(scene.x.column.missing, 2);
    }
  });
});

describe('mergedByColor', () => {
  it('puts runs of one color into one shape, once for the same runs', () => {
    const runs = [1, 2, 1].map((color, at) => ({ ...run(`r${at}`, {}), color }));
    const drawn = { runs, looks: runLooks(runs), highlighted: undefined };
    const items = runs.map((_, at) => ({ run: at }));
    const paths = mergedByColor(items, drawn, (item) => `M${item.run}`);
    assert.deepEqual(
      [...paths],
      [
        [1, 'M0M2'],
        [2, 'M1'],
      ],
    );
    assert.equal(
      mergedByColor(items, drawn, () => ''),
      paths,
    );
  });
});

describe('narrowed', () => {
  it('reads the runs that are left by their new places, as many as may be', () => {
    const all = ['a', 'b', 'c', 'd'].map((name, at) => run(name, { p: name }, { loss: at }));
    const source = narrowed(sourceOf(all), ({ name }) => name !== 'b', 2);
    assert.deepEqual(
      source.runs.map(({ name }) => name),
      ['a', 'c'],
    );
    assert.deepEqual([0, 1, 2].map(source.param('p')), ['a', 'c', undefined]);
    assert.deepEqual([0, 1].map(source.metric('loss')), [0, 2]);
    const whole = sourceOf(all);
    assert.equal(
      narrowed(whole, () => true),
      whole,
    );
  });
});
