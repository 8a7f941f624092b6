import assert from 'node:assert/strict';
import { Restarts } from '../../../src/language/restarts';

describe('a language server that ended by itself', () => {
  let now = 0;
  let restarts: Restarts;

  beforeEach(() => {
    now = 1_000_000;
    restarts = new Restarts(() => now);
  });

  it('is started again, which is told once', () => {
    assert.deepEqual(
      [restarts.afterCrash(), restarts.afterCrash(), restarts.afterCrash()],
      ['restartAndTell', 'restart', 'restart'],
    );
  });

  it('stays down when it keeps ending', () => {
    for (let crash = 1; crash < 5; crash++) {
      assert.notEqual(restarts.afterCrash(), 'stayDown');
    }
    assert.equal(restarts.afterCrash(), 'stayDown');
  });

  it('is started again when it ends rarely', () => {
    for (let crash = 0; crash < 20; crash++) {
      assert.notEqual(restarts.afterCrash(), 'stayDown');
      now += 60_000;
    }
  });

  it('gets another chance from a person', () => {
    for (let crash = 0; crash < 5; crash++) {
      restarts.afterCrash();
    }
    restarts.forget();
    assert.equal(restarts.afterCrash(), 'restart');
  });
});
