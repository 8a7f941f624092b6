import assert from 'node:assert/strict';
import { Shared } from '../../../src/base/shared';

/** Work whose ends are in the test's hands. */
class Work {
  readonly started: {
    signal: AbortSignal;
    resolve: (value: string) => void;
    reject: (error: Error) => void;
  }[] = [];

  readonly run = (signal: AbortSignal): Promise<string> =>
    new Promise((resolve, reject) => this.started.push({ signal, resolve, reject }));
}

describe('Shared', () => {
  const never = new AbortController().signal;

  it('does the work once for everybody and keeps the result', async () => {
    const work = new Work();
    const shared = new Shared(work.run);
    const both = Promise.all([shared.get(never), shared.get(never)]);
    work.started[0]?.resolve('found');
    assert.deepEqual(await both, ['found', 'found']);
    assert.equal(await shared.get(never), 'found');
    assert.equal(work.started.length, 1);
  });

  it('does not keep a failure', async () => {
    const work = new Work();
    const shared = new Shared(work.run);
    const first = shared.get(never);
    work.started[0]?.reject(new Error('down'));
    await assert.rejects(first, /down/);
    const second = shared.get(never);
    work.started[1]?.resolve('up');
    assert.equal(await second, 'up');
  });

  it('lets one caller go without disturbing the other', async () => {
    const work = new Work();
    const shared = new Shared(work.run);
    const leaving = new AbortController();
    const left = shared.get(leaving.signal);
    const stayed = shared.get(never);
    leaving.abort();
    await assert.rejects(left, { name: 'AbortError' });
    assert.equal(work.started[0]?.signal.aborted, false);
    work.started[0]?.resolve('found');
    assert.equal(await stayed, 'found');
  });

  it('cancels the work when nobody waits any more, and begins anew for the next', async () => {
    const work = new Work();
    const shared = new Shared(work.run);
    const leaving = new AbortController();
    const left = shared.get(leaving.signal);
    leaving.abort();
    await assert.rejects(left, { name: 'AbortError' });
    assert.equal(work.started[0]?.signal.aborted, true);
    const next = shared.get(never);
    work.started[1]?.resolve('found');
    assert.equal(await next, 'found');
  });

  it('does the work again once told to forget', async () => {
    const work = new Work();
    const shared = new Shared(work.run);
    const first = shared.get(never);
    work.started[0]?.resolve('old');
    await first;
    shared.forget();
    const second = shared.get(never);
    work.started[1]?.resolve('new');
    assert.equal(await second, 'new');
  });

  it('does not keep what was begun before it was told to forget', async () => {
    const work = new Work();
    const shared = new Shared(work.run);
    const first = shared.get(never);
    shared.forget();
    const second = shared.get(never);
    work.started[1]?.resolve('new');
    work.started[0]?.resolve('old');
    assert.deepEqual(await Promise.all([first, second]), ['old', 'new']);
    assert.equal(await shared.get(never), 'new');
  });
});
