import assert from 'node:assert/strict';
import { stepAmongLines, stepAmongPoints } from '../../../../webview/relations/keyboardStep';
import { nearestLine, nearestPoint } from '../../../../webview/relations/nearestRun';
import type { ParallelScene } from '../../../../webview/relations/parallelScene';
import {
  linePath,
  moved,
  parallelScene,
  rangeBetween,
} from '../../../../webview/relations/parallelScene';
import type { ParallelAxis } from '../../../../webview/relations/spec';
import { run, sourceOf } from './runsFixture';

const size = { width: 800, height: 320 };
const runs = [
  run('low', { lr: '1', opt: 'adam' }, { loss: 10 }),
  run('high', { lr: '3', opt: 'sgd' }, { loss: 30 }),
  run('gap', { lr: '2' }, { loss: 20 }),
  run('none', {}),
];

const axes: readonly ParallelAxis[] = [
  { field: { of: 'param', key: 'lr' } },
  { field: { of: 'param', key: 'opt' } },
  { field: { of: 'metric', key: 'loss' } },
];

const scene = (changed: readonly ParallelAxis[] = axes): ParallelScene =>
  parallelScene({ kind: 'parallel', axes: changed }, sourceOf(runs), size);

const withRange = (at: number, from: number, to: number): ParallelScene =>
  scene(axes.map((axis, place) => (place === at ? { ...axis, range: { from, to } } : axis)));

const within = ({ lines }: ParallelScene): number[] =>
  lines.filter(({ isWithin }) => isWithin).map((line) => line.run);

describe('parallelScene', () => {
  it('draws runs over all axes, with a gap where one has no value', () => {
    const { lines, axes: placed } = scene();
    assert.deepEqual(
      lines.map((line) => [line.run, line.points.map((point) => point !== undefined)]),
      [
        [0, [true, true, true]],
        [1, [true, true, true]],
        [2, [true, false, true]],
      ],
    );
    assert.deepEqual(
      placed.map(({ column }) => column.missing),
      [1, 2, 1],
    );
    const [low, high, gap] = lines;
    assert.ok(low && high && gap);
    assert.ok((low.points[0]?.y ?? NaN) > (high.points[0]?.y ?? NaN));
    assert.match(linePath(low), /^M[\d.]+,[\d.]+L[\d.]+,[\d.]+L[\d.]+,[\d.]+$/);
    assert.match(linePath(gap), /^M[\d.]+,[\d.]+h8M[\d.]+,[\d.]+h8$/);
  });

  it('puts back runs that are outside of a range, or have no value there', () => {
    assert.deepEqual(within(scene()), [0, 1, 2]);
    assert.deepEqual(within(withRange(0, 1.5, 3)), [1, 2]);
    assert.deepEqual(within(withRange(1, -0.2, 0.4)), [0]);
  });

  it('turns heights into ranges of values, whichever way they were dragged', () => {
    const { axes: placed, plot, lines } = scene();
    const [axis] = placed;
    const middle = lines[2]?.points[0]?.y ?? NaN;
    assert.ok(axis);
    for (const [one, other] of [
      [middle + 5, 0],
      [0, middle + 5],
    ] as const) {
      const range = rangeBetween(axis, plot, one, other);
      assert.ok(range && range.from < 2 && range.from > 1.5 && range.to > 3);
    }
    assert.equal(rangeBetween(axis, plot, 50, 52), undefined);
  });

  it('takes no axis and one axis', () => {
    assert.deepEqual(scene([]).lines, []);
    assert.equal(scene(axes.slice(0, 1)).lines.length, 3);
  });
});

describe('moved', () => {
  it('moves an item, and stops at the ends', () => {
    const items = ['a', 'b', 'c'];
    assert.deepEqual(moved(items, 0, 2), ['b', 'c', 'a']);
    assert.deepEqual(moved(items, 2, -5), ['c', 'a', 'b']);
    assert.equal(moved(items, 2, 7), items);
    assert.equal(moved(items, 9, 0), items);
  });
});

describe('the nearest run', () => {
  it('is the line below the pointer, those within the ranges first', () => {
    const all = scene();
    const [low, high] = all.lines;
    assert.ok(low?.points[0] && high?.points[0]);
    const near = { x: low.points[0].x + 1, y: low.points[0].y - 3 };
    assert.equal(nearestLine(all.lines, near, 14)?.run, 0);
    assert.equal(nearestLine(all.lines, { x: near.x, y: near.y - 40 }, 14), undefined);
    const narrowed = withRange(0, 1.5, 3);
    assert.equal(nearestLine(narrowed.lines, near, 14)?.run, 0);
    assert.equal(nearestLine(narrowed.lines, near, 1000)?.run, 2);
  });

  it('is the nearest point, if it is near at all', () => {
    const points = [
      { run: 4, x: 10, y: 10 },
      { run: 7, x: 20, y: 10 },
    ];
    assert.equal(nearestPoint(points, { x: 16, y: 10 }, 14)?.run, 7);
    assert.equal(nearestPoint(points, { x: 16, y: 40 }, 14), undefined);
  });
});

describe('keys', () => {
  const points = [
    { run: 0, x: 30, y: 10 },
    { run: 1, x: 10, y: 20 },
    { run: 2, x: 20, y: 30 },
  ];

  it('go from point to point, across or up, and stop at the ends', () => {
    const walk = (from: number | undefined, ...keys: string[]): (number | undefined)[] => {
      let at = from;
      return keys.map((key) => (at = stepAmongPoints(points, at, key)));
    };
    assert.deepEqual(walk(undefined, 'ArrowRight', 'ArrowRight', 'ArrowRight'), [1, 2, 0]);
    assert.deepEqual(walk(0, 'ArrowRight', 'ArrowDown', 'ArrowDown', 'ArrowUp'), [0, 1, 2, 1]);
    assert.deepEqual(walk(2, 'End', 'Home', 'ArrowLeft'), [0, 1, 1]);
    assert.deepEqual(walk(2, 'a'), [undefined]);
    assert.equal(stepAmongPoints([], undefined, 'ArrowUp'), undefined);
  });

  it('go from run to run on an axis, and from axis to axis, in parallel coordinates', () => {
    const all = scene();
    const first = stepAmongLines(all, undefined, 'ArrowUp');
    assert.deepEqual(first, { run: 0, axis: 0 });
    assert.deepEqual(stepAmongLines(all, first, 'ArrowUp'), { run: 2, axis: 0 });
    assert.deepEqual(stepAmongLines(all, first, 'Home'), { run: 1, axis: 0 });
    assert.deepEqual(stepAmongLines(all, first, 'ArrowRight'), { run: 0, axis: 1 });
    assert.deepEqual(stepAmongLines(all, first, 'ArrowLeft'), first);
    const narrowed = withRange(0, 1.5, 3);
    assert.deepEqual(stepAmongLines(narrowed, undefined, 'ArrowUp'), { run: 2, axis: 0 });
    assert.equal(stepAmongLines(scene([]), undefined, 'ArrowUp'), undefined);
  });
});
