import assert from 'node:assert/strict';
import { MlflowError } from '../../../src/mlflow/errors';

/** As another bundle's copy of the class makes them. */
class MlflowErrorOfAnotherBundle extends Error {
  override readonly name = 'MlflowError';
}

class EndedError extends MlflowError {}

describe('MlflowError', () => {
  it('is known from another bundle, too', () => {
    assert.ok(new MlflowErrorOfAnotherBundle() instanceof MlflowError);
    assert.ok(new MlflowError('notFound', 'missing') instanceof MlflowError);
  });

  it('is neither any other error, nor what looks like one', () => {
    for (const other of [new Error('MlflowError'), { name: 'MlflowError' }, undefined, null, 7]) {
      assert.ok(!(other instanceof MlflowError));
    }
  });

  it('is not each of its kinds', () => {
    assert.ok(!(new MlflowError('notFound', 'missing') instanceof EndedError));
    assert.ok(new EndedError('unreachable', 'cut') instanceof EndedError);
    assert.ok(new EndedError('unreachable', 'cut') instanceof MlflowError);
  });
});
