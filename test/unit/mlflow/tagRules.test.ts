import assert from 'node:assert/strict';
import { lengthOf, tagKeyProblem } from '../../../src/mlflow/tagRules';

/** As a real MLflow 3.17.2 takes and refuses them. */
const keys: readonly [string, ReturnType<typeof tagKeyProblem>][] = [
  ['model', undefined],
  ['mlflow.note.content', undefined],
  ['a b/c-d_e:f.g', undefined],
  [' a ', undefined],
  ['ünï', undefined],
  ['모델', undefined],
  ['k'.repeat(250), undefined],
  ['', 'empty'],
  ['k'.repeat(251), 'long'],
  ['a+b', 'characters'],
  ['a"b', 'characters'],
  ['a\nb', 'characters'],
  ['/a', 'path'],
  ['a/', 'path'],
  ['a//b', 'path'],
  ['a/./b', 'path'],
  ['a/../b', 'path'],
  ['..', 'path'],
  ['..a', 'path'],
  ['.', 'path'],
];

describe('keys of tags', () => {
  for (const [key, problem] of keys) {
    const name = key.length > 40 ? `${key.length} characters` : JSON.stringify(key);
    it(`are ${problem === undefined ? 'fine' : `refused (${problem})`}: ${name}`, () => {
      assert.equal(tagKeyProblem(key), problem);
    });
  }
});

it('a length counts characters as Python does', () => {
  assert.deepEqual(['', 'abc', '각', '👩‍🔬'].map(lengthOf), [0, 3, 1, 3]);
});
