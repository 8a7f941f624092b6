import assert from 'node:assert/strict';
import { shortName, withoutCovered, type Thing } from '../../../src/mlflow/thing';

const run = (id: string, experimentId: string): Thing => {
  return { kind: 'run', id, experimentId, name: id };
};
const experiment = (id: string, name = id): Thing => ({ kind: 'experiment', id, name });

describe('withoutCovered', () => {
  it('leaves out runs that go with an experiment among the things', () => {
    const things = [run('a', '1'), experiment('1'), run('b', '2'), run('c', '1'), experiment('3')];
    assert.deepEqual(
      withoutCovered(things).map(({ id }) => id),
      ['1', 'b', '3'],
    );
  });
});

describe('shortName', () => {
  it('fits into a sentence, and is the id where there is no name to see', () => {
    assert.equal(shortName(experiment('1', 'a\nb')), 'a b');
    assert.equal(shortName(experiment('1', 'x'.repeat(500))).length, 80);
    assert.equal(shortName(experiment('1', ' \n ')), '1');
  });
});
