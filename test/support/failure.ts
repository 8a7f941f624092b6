import assert from 'node:assert/strict';
import { MlflowError } from '../../src/mlflow/errors';

/** The `MlflowError` that a promise rejects with; anything else fails the test. */
export async function failure(promise: Promise<unknown>): Promise<MlflowError> {
  try {
    await promise;
  } catch (error) {
    assert.ok(error instanceof MlflowError, String(error));
    return error;
  }
  assert.fail('nothing failed');
}
