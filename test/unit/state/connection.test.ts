import assert from 'node:assert/strict';
import { MlflowError } from '../../../src/mlflow/errors';
import { Connection, type OpenedConnection } from '../../../src/state/connection';
import { FakeStore, someServer } from '../../support/fakeStore';

interface Attempt {
  readonly signal: AbortSignal;
  readonly opened: OpenedConnection & { disposals: number };
  succeed(): void;
  findNothing(): void;
  fail(error: Error): void;
}

describe('Connection', () => {
  let attempts: Attempt[];
  let connection: Connection;
  let seen: string[];

  beforeEach(() => {
    attempts = [];
    seen = [];
    connection = new Connection((signal) => {
      const store = new FakeStore();
      const opened = {
        name: `server ${attempts.length + 1}`,
        store,
        registry: store,
        isLost: () => false,
        info: someServer,
        disposals: 0,
        dispose() {
          this.disposals++;
        },
      };
      return new Promise((resolve, reject) => {
        attempts.push({
          signal,
          opened,
          succeed: () => resolve(opened),
          findNothing: () => resolve(undefined),
          fail: reject,
        });
      });
    });
    connection.onDidChange(({ kind }) => seen.push(kind));
  });

  it('opens nothing before somebody asks', () => {
    assert.deepEqual([connection.status.kind, attempts.length], ['idle', 0]);
  });

  it('opens once for everybody who asks', async () => {
    const both = Promise.all([connection.ensure(), connection.ensure()]);
    attempts[0]?.succeed();
    const [first, second] = await both;
    assert.equal(first, second);
    assert.deepEqual([first.kind, attempts.length, seen], ['ready', 1, ['connecting', 'ready']]);
    assert.equal(await connection.ensure(), first);
  });

  it('says that there is nothing to connect to', async () => {
    const ensured = connection.ensure();
    attempts[0]?.findNothing();
    assert.deepEqual(await ensured, { kind: 'none' });
  });

  it('keeps a failure and does not try again by itself', async () => {
    const error = new MlflowError('unreachable', 'refused');
    const ensured = connection.ensure();
    attempts[0]?.fail(error);
    assert.deepEqual(await ensured, { kind: 'failed', error });
    assert.deepEqual([(await connection.ensure()).kind, attempts.length], ['failed', 1]);
  });

  it('takes a person’s cancelling for nothing to connect to', async () => {
    const ensured = connection.ensure();
    attempts[0]?.fail(new DOMException('cancelled', 'AbortError'));
    assert.equal((await ensured).kind, 'none');
  });

  it('lets go of the old connection and opens anew after a reset', async () => {
    const first = connection.ensure();
    attempts[0]?.succeed();
    await first;
    connection.reset();
    assert.deepEqual([connection.status.kind, attempts[0]?.opened.disposals], ['idle', 1]);
    const second = connection.ensure();
    attempts[1]?.succeed();
    assert.equal((await second).kind, 'ready');
    assert.deepEqual(seen, ['connecting', 'ready', 'idle', 'connecting', 'ready']);
  });

  it('answers those who waited with the newer connection when it is reset meanwhile', async () => {
    const waiting = connection.ensure();
    connection.reset();
    assert.equal(attempts[0]?.signal.aborted, true);
    const asked = connection.ensure();
    attempts[0]?.succeed();
    attempts[1]?.succeed();
    const [early, late] = await Promise.all([waiting, asked]);
    assert.equal(early, late);
    assert.equal(early.kind === 'ready' && early.opened.name, 'server 2');
    assert.equal(attempts[0]?.opened.disposals, 1);
    assert.equal(attempts.length, 2);
  });

  it('opens nothing any more once disposed, not even for those who wait', async () => {
    const waiting = connection.ensure();
    connection.dispose();
    attempts[0]?.fail(new DOMException('aborted', 'AbortError'));
    assert.equal((await waiting).kind, 'idle');
    assert.equal((await connection.ensure()).kind, 'idle');
    assert.equal(attempts.length, 1);
  });

  it('lets go of what still came after it was disposed', async () => {
    const waiting = connection.ensure();
    connection.dispose();
    attempts[0]?.succeed();
    await waiting;
    assert.equal(attempts[0]?.opened.disposals, 1);
  });
});
