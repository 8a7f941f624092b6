import assert from 'node:assert/strict';
import { runColorIndex } from '../../../src/mlflow/runFacts';
import { RunColors } from '../../../src/state/runColors';
import { MemoryInMemory } from './memoryInMemory';

const colors = 12;
const ids = (count: number, prefix = 'run'): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}-${index}`);

describe('RunColors', () => {
  let memory: MemoryInMemory;
  let registry: RunColors;
  let repainted: string[];

  beforeEach(() => {
    memory = new MemoryInMemory();
    registry = new RunColors(memory, colors);
    repainted = [];
    registry.onDidChange((runIds) => repainted.push(...runIds));
  });

  const of = (runIds: readonly string[]): readonly number[] => runIds.map((id) => registry.of(id));

  it('gives a run that was never compared the color of its id', () => {
    assert.deepEqual(
      of(ids(20)),
      ids(20).map((id) => runColorIndex(id, colors)),
    );
  });

  it('gives twelve compared runs twelve colors', () => {
    registry.distinguish(ids(12));
    assert.equal(new Set(of(ids(12))).size, 12);
  });

  it('shares each color among equally many where there are more runs', () => {
    registry.distinguish(ids(30));
    const uses = Array.from({ length: colors }, (_, color) => {
      return of(ids(30)).filter((used) => used === color).length;
    });
    assert.deepEqual([Math.min(...uses), Math.max(...uses)], [2, 3]);
  });

  it('changes and tells no more than it has to', () => {
    const before = of(ids(12));
    registry.distinguish(ids(12));
    const after = of(ids(12));
    const changed = ids(12).filter((_, index) => before[index] !== after[index]);
    assert.deepEqual(repainted, changed);
    assert.equal(changed.length, 12 - new Set(before).size);
    registry.distinguish(ids(12));
    assert.equal(repainted.length, changed.length);
  });

  it('keeps apart what is compared elsewhere, too, where a color has to change', () => {
    const color = (id: string): number => runColorIndex(id, colors);
    const many = ids(200);
    const [one = ''] = many;
    const twin = many.find((id) => id !== one && color(id) === color(one)) ?? '';
    const others = Array.from({ length: colors }, (_, index) => {
      return many.find((id) => color(id) === index && id !== twin && id !== one) ?? '';
    });
    const beside = [twin, ...others.slice(0, 8)].filter(
      (id) => color(id) !== color(one) || id === twin,
    );
    registry.distinguish(beside);
    registry.distinguish([one]);
    registry.distinguish([one, twin], [beside]);
    assert.notEqual(registry.of(one), registry.of(twin));
    assert.equal(new Set(of(beside)).size, beside.length);
  });

  it('lets runs that were compared before keep their colors', () => {
    registry.distinguish(ids(6));
    const before = of(ids(6));
    registry.distinguish([...ids(6, 'other'), ...ids(6)]);
    assert.deepEqual(of(ids(6)), before);
    assert.equal(new Set(of([...ids(6), ...ids(6, 'other')])).size, 12);
  });

  it('remembers them', () => {
    registry.distinguish(ids(12));
    const again = new RunColors(memory, colors);
    assert.deepEqual(
      ids(12).map((id) => again.of(id)),
      of(ids(12)),
    );
  });

  it('remembers no more than two thousand, those that were compared last', () => {
    registry.distinguish(ids(500, 'first'));
    for (let round = 0; round < 4; round++) {
      registry.distinguish(ids(500, `round-${round}`));
    }
    const stored = memory.get('runColors') as readonly (readonly [string, number])[];
    assert.equal(stored.length, 2000);
    assert.ok(stored.every(([id]) => id.startsWith('round-')));
  });

  it('takes nothing that is no color from what was stored', async () => {
    const bad = ['a', [1, 2], ['a', 12], ['b', -1], ['c', 0.5], ['d', 'x'], ['e'], null, ['f', 3]];
    for (const stored of [bad, 'text', 7, { a: 1 }]) {
      await memory.update('runColors', stored);
      registry = new RunColors(memory, colors);
      assert.deepEqual(
        of(['a', 'b', 'c']),
        ['a', 'b', 'c'].map((id) => runColorIndex(id, colors)),
      );
    }
    await memory.update('runColors', bad);
    assert.equal(new RunColors(memory, colors).of('f'), 3);
  });
});
