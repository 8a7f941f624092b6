import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { RefreshLoop } from '../../../src/state/refreshLoop';

interface Refresh {
  readonly signal: AbortSignal;
  succeed(): Promise<void>;
  fail(): Promise<void>;
}

/** Lets everything that waits for settled promises run; timers are mocked, `setImmediate` is not. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

describe('RefreshLoop', () => {
  let interval: number;
  let needed: boolean;
  let refreshes: Refresh[];
  let loop: RefreshLoop;

  const latest = (): Refresh => {
    const refresh = refreshes.at(-1);
    assert.ok(refresh, 'nothing was refreshed');
    return refresh;
  };

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout', 'Date'] });
    interval = 10;
    needed = true;
    refreshes = [];
    loop = new RefreshLoop({
      interval: () => interval,
      isNeeded: () => needed,
      refresh: (signal) =>
        new Promise((resolve, reject) => {
          refreshes.push({
            signal,
            succeed: () => {
              resolve();
              return settled();
            },
            fail: () => {
              reject(new Error('no'));
              return settled();
            },
          });
        }),
    });
  });

  afterEach(() => {
    loop.dispose();
    mock.timers.reset();
  });

  it('holds no timer while nothing needs it', () => {
    needed = false;
    loop.poke();
    assert.equal(loop.isWaiting, false);
    mock.timers.tick(1_000_000);
    assert.equal(refreshes.length, 0);
  });

  it('holds no timer while refreshing is turned off', () => {
    for (interval of [0, -1]) {
      loop.poke();
      assert.equal(loop.isWaiting, false, String(interval));
    }
  });

  it('refreshes again and again, one interval after the last ended', async () => {
    loop.poke();
    mock.timers.tick(9_999);
    assert.equal(refreshes.length, 0);
    mock.timers.tick(1);
    assert.equal(refreshes.length, 1);
    await latest().succeed();
    mock.timers.tick(10_000);
    assert.equal(refreshes.length, 2);
  });

  it('never runs two at once, however often it is poked', async () => {
    loop.poke();
    loop.poke();
    mock.timers.tick(10_000);
    loop.poke();
    mock.timers.tick(1_000_000);
    assert.equal(refreshes.length, 1);
    await latest().succeed();
    assert.equal(loop.isWaiting, true);
  });

  it('stops at once, and gives up the running refresh, when it is needed no more', () => {
    loop.poke();
    mock.timers.tick(10_000);
    needed = false;
    loop.poke();
    assert.deepEqual([latest().signal.aborted, loop.isWaiting], [true, false]);
  });

  it('stops after a refresh that leaves nothing to refresh', async () => {
    loop.poke();
    mock.timers.tick(10_000);
    needed = false;
    await latest().succeed();
    assert.equal(loop.isWaiting, false);
  });

  it('waits twice as long after each failure, a minute at most, and recovers', async () => {
    loop.poke();
    mock.timers.tick(10_000);
    for (const [index, delay] of [20_000, 40_000, 60_000, 60_000].entries()) {
      await latest().fail();
      mock.timers.tick(delay - 1);
      assert.equal(refreshes.length, index + 1, `waits ${delay} ms`);
      mock.timers.tick(1);
      assert.equal(refreshes.length, index + 2);
    }
    await latest().succeed();
    mock.timers.tick(10_000);
    assert.equal(refreshes.length, 6);
  });

  it('does not count a refresh that was given up as a failure', async () => {
    loop.poke();
    mock.timers.tick(10_000);
    const given = latest();
    needed = false;
    loop.poke();
    needed = true;
    loop.poke();
    await given.fail();
    mock.timers.tick(10_000);
    assert.equal(refreshes.length, 2);
    await latest().fail();
    mock.timers.tick(20_000);
    assert.equal(refreshes.length, 3);
  });

  it('asks a slow server more rarely', async () => {
    loop.poke();
    mock.timers.tick(10_000);
    mock.timers.tick(4_000);
    await latest().succeed();
    mock.timers.tick(35_999);
    assert.equal(refreshes.length, 1);
    mock.timers.tick(1);
    assert.equal(refreshes.length, 2);
  });

  it('takes an interval that no timer can hold for a very long one', () => {
    interval = 1e9;
    loop.poke();
    mock.timers.tick(2 ** 31 - 2);
    assert.equal(refreshes.length, 0);
    mock.timers.tick(1);
    assert.equal(refreshes.length, 1);
  });

  it('begins waiting anew with the interval that now holds', () => {
    interval = 100;
    loop.poke();
    interval = 1;
    loop.restart();
    mock.timers.tick(1000);
    assert.equal(refreshes.length, 1);
  });

  it('holds nothing once disposed', () => {
    loop.poke();
    loop.dispose();
    mock.timers.tick(1_000_000);
    assert.deepEqual([refreshes.length, loop.isWaiting], [0, false]);
  });
});
