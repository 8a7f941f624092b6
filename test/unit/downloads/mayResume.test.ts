import assert from 'node:assert/strict';
import { DiskError, type DiskProblem } from '../../../src/downloads/diskError';
import { mayResume } from '../../../src/downloads/mayResume';
import { MlflowError } from '../../../src/mlflow/errors';

describe('another try at a download', () => {
  const after = (isStopped: boolean, ...errors: readonly unknown[]): boolean =>
    mayResume({
      isStopped,
      failed: { count: errors.length, named: errors.map((error) => ({ path: 'a', error })) },
    });
  const disk = (problem: DiskProblem): DiskError => new DiskError(problem, '/a');

  it('may help where it was stopped, where the server failed, and once there is room', () => {
    assert.ok(after(true));
    assert.ok(after(true, disk('exists')));
    assert.ok(after(true, disk('full')));
    assert.ok(after(false, new MlflowError('unreachable', 'cut')));
    assert.ok(after(false, disk('denied'), new MlflowError('unreachable', 'cut')));
  });

  it('does not help where all is whole, the folder is gone, or nothing may be written', () => {
    assert.ok(!after(false));
    assert.ok(!after(true, disk('gone')));
    assert.ok(!after(false, disk('denied'), disk('exists')));
    const denied = new MlflowError('rejected', 'disk', { serverMessage: 'EACCES' });
    assert.ok(!after(false, denied));
  });
});
