import assert from 'node:assert/strict';
import { leadsToOtherMachine } from '../../../src/mlflow/networkShare';

describe('leadsToOtherMachine', () => {
  const yes: [string, string | undefined][] = [
    ['\\\\evil\\share\\mlflow.db', 'C:\\work'],
    ['//evil/share/mlruns', undefined],
    ['\\\\evil@80\\share\\mlflow.db', '\\\\good\\share\\project'],
    ['\\\\?\\UNC\\evil\\share', 'C:\\work'],
  ];
  for (const [path, folder] of yes) {
    it(`says that ${path} does, seen from ${folder ?? 'nowhere'}`, () => {
      assert.equal(leadsToOtherMachine(path, folder), true);
    });
  }

  const no: [string, string | undefined][] = [
    ['C:\\work\\mlflow.db', 'C:\\work'],
    ['/data/mlruns', undefined],
    ['\\\\Good\\Share\\project\\mlflow.db', '//good/share/project'],
  ];
  for (const [path, folder] of no) {
    it(`says that ${path} does not, seen from ${folder ?? 'nowhere'}`, () => {
      assert.equal(leadsToOtherMachine(path, folder), false);
    });
  }
});
