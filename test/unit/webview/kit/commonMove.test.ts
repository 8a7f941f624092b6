import assert from 'node:assert/strict';
import { commonMove } from '../../../../webview/kit/wideGrid/commonMove';

describe('commonMove', () => {
  it('is how far most rows move, wherever a single one goes', () => {
    assert.equal(commonMove([]), 0);
    assert.equal(commonMove([3, 3, 3]), 3);
    assert.equal(commonMove([-200, 1, 0, 0, 0, 0]), 0);
    assert.equal(commonMove([480, -1, -1, -1]), -1);
  });

  it('is the shorter where two rows change places', () => {
    assert.equal(commonMove([1, -1]), 1);
    assert.equal(commonMove([0, -7]), 0);
    assert.equal(commonMove([7, 0]), 0);
  });
});
