import assert from 'node:assert/strict';
import { pointScene } from '../../../../webview/compare/relations/pointScene';
import { metricKeys, run } from './runsFixture';

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
    const { points, plot, x, y } = pointScene(scatter, runs, metricKeys, size);
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
    const { boxes, points, plot } = pointScene(box, runs, metricKeys, size);
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
    const { boxes } = pointScene(box, runs, metricKeys, size);
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
    const { bands, points, z } = pointScene(contour, runs, metricKeys, size);
    assert.equal(points.length, 19);
    assert.equal(z?.column.missing, 1);
    assert.ok(bands.length > 5);
    assert.ok(bands.every(({ path }) => /^(M[\d.,L]+Z)+$/.test(path)));
  });

  it('takes runs without any value', () => {
    for (const kind of ['scatter', 'contour', 'box'] as const) {
      const spec = { kind, x: param('a'), y: metric('loss'), z: metric('acc') };
      const scene = pointScene(spec, [run('a', {}), run('b', {})], metricKeys, size);
      assert.deepEqual([scene.points, scene.bands, scene.boxes], [[], [], []]);
      assert.equal(scene.x.column.missing, 2);
    }
  });
});
