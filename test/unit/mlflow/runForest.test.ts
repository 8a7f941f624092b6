import assert from 'node:assert/strict';
import type { Run } from '../../../src/mlflow/model';
import { buildRunForest, type RunForest } from '../../../src/mlflow/runForest';
import { aChild, aRun } from '../../support/fakeStore';

function forestOf(listed: readonly Run[], known: readonly Run[] = [], absent: string[] = []) {
  const byId = new Map<string, Run | null>(known.map((run) => [run.id, run]));
  for (const id of absent) {
    byId.set(id, null);
  }
  return buildRunForest(listed, (id) => byId.get(id));
}

/** The forest as nested text, e.g. `a(b c(d)) e`. */
function drawn(forest: RunForest): string {
  const draw = (ids: readonly string[]): string =>
    ids
      .map((id) => {
        const children = forest.childrenOf.get(id);
        return children === undefined ? id : `${id}(${draw(children)})`;
      })
      .join(' ');
  return draw(forest.roots);
}

describe('buildRunForest', () => {
  it('keeps a list without families as it is', () => {
    assert.equal(drawn(forestOf([aRun('b'), aRun('a'), aRun('c')])), 'b a c');
  });

  it('nests at any depth, whatever the order of the list', () => {
    const runs = [aChild('d', 'c'), aRun('x'), aChild('b', 'a'), aChild('c', 'b'), aRun('a')];
    assert.equal(drawn(forestOf(runs)), 'a(b(c(d))) x');
    assert.equal(drawn(forestOf(runs.toReversed())), 'a(b(c(d))) x');
  });

  it('keeps children in the order of the list', () => {
    const runs = [aChild('z', 'p'), aRun('p'), aChild('a', 'p'), aChild('m', 'p')];
    assert.equal(drawn(forestOf(runs)), 'p(z a m)');
  });

  it('puts a parent that is not listed where the first of its family stands', () => {
    const runs = [aRun('first'), aChild('k', 'p'), aRun('middle'), aChild('l', 'p')];
    assert.equal(drawn(forestOf(runs, [aRun('p')])), 'first p(k l) middle');
  });

  it('climbs through several parents that are not listed', () => {
    const known = [aChild('p', 'g'), aRun('g')];
    assert.equal(drawn(forestOf([aChild('k', 'p'), aChild('u', 'g')], known)), 'g(p(k) u)');
  });

  it('names each unknown parent once and shows its children as roots meanwhile', () => {
    const forest = forestOf([aChild('a', 'p'), aChild('b', 'p'), aChild('c', 'q')]);
    assert.deepEqual(forest.missing, ['p', 'q']);
    assert.equal(drawn(forest), 'a b c');
  });

  it('names the unknown parent of a known parent', () => {
    assert.deepEqual(forestOf([aChild('a', 'p')], [aChild('p', 'g')]).missing, ['g']);
  });

  it('does not ask again for a parent that does not exist', () => {
    const forest = forestOf([aChild('a', 'gone')], [], ['gone']);
    assert.deepEqual(forest.missing, []);
    assert.equal(drawn(forest), 'a');
  });

  it('shows a run that is its own parent', () => {
    assert.equal(drawn(forestOf([aChild('a', 'a'), aRun('b')])), 'a b');
  });

  it('shows every run of a circle once', () => {
    const circle = [aChild('a', 'b'), aChild('b', 'c'), aChild('c', 'a'), aChild('leaf', 'a')];
    assert.equal(drawn(forestOf(circle)), 'c(b(a(leaf)))');
  });

  it('treats hostile parent ids as ids', () => {
    const ids = ['__proto__', 'constructor', 'toString', "x' OR '1'='1", '💥'];
    const forest = forestOf(ids.map((id, index) => aChild(`r${index}`, id)));
    assert.deepEqual(forest.missing, ids);
    const family = forestOf([aRun('__proto__'), aChild('a', '__proto__')]);
    assert.equal(drawn(family), '__proto__(a)');
  });

  it('takes an empty parent id for none', () => {
    assert.deepEqual(forestOf([aChild('a', '')]).missing, []);
  });

  it('nests 10,000 runs quickly, as a chain and as a fan', () => {
    const ids = Array.from({ length: 10_000 }, (_, index) => `r${index}`);
    const chain = ids.map((id, index) => (index === 0 ? aRun(id) : aChild(id, `r${index - 1}`)));
    const fan = ids.map((id, index) => aChild(id, `p${index % 100}`));
    const parents = Array.from({ length: 100 }, (_, index) => aRun(`p${index}`));
    const started = performance.now();
    const chained = forestOf(chain.toReversed());
    const fanned = forestOf(fan, parents);
    assert.ok(performance.now() - started < 500);
    assert.deepEqual([chained.roots, chained.childrenOf.size], [['r0'], 9_999]);
    assert.equal(fanned.roots.length, 100);
    assert.deepEqual(fanned.childrenOf.get('p7')?.slice(0, 2), ['r7', 'r107']);
  });
});
