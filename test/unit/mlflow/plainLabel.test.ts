import assert from 'node:assert/strict';
import { plainLabel } from '../../../src/mlflow/plainLabel';

describe('plainLabel', () => {
  it('leaves no icon in a name', () => {
    assert.equal(plainLabel('a $(trash) $(sync~spin)'), 'a \\$(trash) \\$(sync~spin)');
  });

  it('keeps what is no icon, on one line', () => {
    assert.equal(plainLabel('cost in $ (net)\n$(x y)'), 'cost in $ (net) $(x y)');
  });
});
