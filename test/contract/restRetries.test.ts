import assert from 'node:assert/strict';
import { type RestOptions, defaultRestOptions } from '../../src/stores/rest/http';
import { RestStore } from '../../src/stores/rest/restStore';
import {
  type FaultServer,
  type FaultRange,
  faults,
  startFaultServer,
} from '../support/faultServer';
import { failure } from '../support/failure';

const never = new AbortController().signal;
const once: FaultRange = { times: 1 };
const html = (status: number) =>
  ({ kind: 'reply', status, type: 'text/html', body: '<html>' }) as const;

/** Collects lines, and tells when one comes. */
class Lines {
  readonly all: string[] = [];
  private readonly waiting = new Map<RegExp, () => void>();

  readonly add = (line: string): void => {
    this.all.push(line);
    this.waiting.forEach((resolve, pattern) => pattern.test(line) && resolve());
  };

  next(pattern: RegExp): Promise<void> {
    return new Promise((resolve) => this.waiting.set(pattern, resolve));
  }
}

describe('the retries of a REST store', () => {
  let server: FaultServer;
  let lines: Lines;
  const stores: RestStore[] = [];

  function open(retries: Partial<RestOptions['retries']> = {}, more: Partial<RestOptions> = {}) {
    const { retries: usual } = defaultRestOptions;
    const options = { ...more, retries: { ...usual, pause: 20, busyPause: 20, ...retries } };
    const store = new RestStore(server.url, lines.add, {}, options);
    stores.push(store);
    return store;
  }

  const ask = (store: RestStore, signal = never): Promise<unknown> =>
    store.getExperiment('1', signal);
  const asked = (): number => server.requests.length;

  beforeEach(async () => {
    server = await startFaultServer();
    lines = new Lines();
  });
  afterEach(async () => {
    stores.splice(0).forEach((store) => store.dispose());
    await server.close();
  });

  it('tell of a failure within ten seconds', () => {
    assert.ok(defaultRestOptions.retries.window <= 10_000);
    assert.ok(defaultRestOptions.retries.tries <= 3);
  });

  for (const status of [408, 429, 500, 502, 503, 504]) {
    it(`ask again after ${status}, twice at most`, async () => {
      server.setFault('experiments/get', html(status), { times: 2 });
      await ask(open());
      assert.equal(asked(), 3);
      server.setFault('experiments/get', html(status));
      assert.equal((await failure(ask(open()))).detail.status, status);
      assert.equal(asked(), 6);
    });
  }

  for (const status of [400, 401, 403, 404, 501]) {
    it(`ask once after ${status}`, async () => {
      server.setFault('experiments/get', html(status));
      await failure(ask(open()));
      assert.equal(asked(), 1);
    });
  }

  it('ask again after two resets', async () => {
    server.setFault('experiments/get', { kind: 'reset' }, { times: 2 });
    await ask(open());
    assert.equal(asked(), 3);
  });

  it('ask again what was read by POST', async () => {
    server.setFault('runs/search', { kind: 'cut' }, once);
    await open().searchRuns({ experimentIds: ['1'], view: 'active', maxResults: 1 }, never);
    assert.equal(asked(), 2);
  });

  it('wait as long as a busy server asks, in seconds', async () => {
    server.setFault('experiments/get', faults.busy('1'), once);
    const started = performance.now();
    await ask(open());
    assert.ok(performance.now() - started >= 990);
    assert.equal(asked(), 2);
  });

  it('wait until the date that a busy server names', async () => {
    const date = new Date(Date.now() + 2_000).toUTCString();
    server.setFault('experiments/get', faults.busy(date, 503), once);
    const started = Date.now();
    await ask(open());
    assert.ok(Date.now() >= Math.min(Date.parse(date), started + 990));
  });

  it('do not wait for a server that asks for a long time, but say for how long', async () => {
    server.setFault('experiments/get', faults.busy('120'));
    const error = await failure(ask(open()));
    assert.deepEqual([error.reason, error.detail.retryAfter], ['busy', 120]);
    assert.equal(asked(), 1);
  });

  it('end at once when cancelled while they wait', async () => {
    server.setFault('experiments/get', faults.busy('9'));
    const controller = new AbortController();
    const waiting = lines.next(/next try in 9000 ms$/);
    const call = ask(open(), controller.signal);
    await waiting;
    controller.abort(new Error('any reason'));
    await assert.rejects(call, { name: 'AbortError' });
    assert.equal(asked(), 1);
  });

  it('tell the first failure when the next try gets no answer in time', async () => {
    server.setFault('experiments/get', html(502), once);
    const store = open({ window: 300 });
    const second = lines.next(/502.*next try/).then(() => {
      server.setFault('experiments/get', { kind: 'silence' });
    });
    const error = await failure(ask(store));
    await second;
    assert.equal(error.detail.status, 502);
    assert.equal(asked(), 2);
  });

  it('give all the time to the try after a first reset: a kept connection was closed', async () => {
    server.setFault('experiments/get', { kind: 'reset' }, once);
    const store = open({ window: 50 });
    const second = lines.next(/next try in 0 ms/).then(() => {
      server.setFault('experiments/get', { kind: 'slow', milliseconds: 200 });
    });
    await ask(store);
    await second;
  });

  it('never take longer than one request may', async () => {
    server.setFault('experiments/get', faults.busy('5'));
    const started = performance.now();
    const error = await failure(ask(open({}, { replyTimeout: 200 })));
    assert.equal(error.reason, 'busy');
    assert.ok(performance.now() - started < 4_000);
  });

  it('end when the store is disposed of', async () => {
    server.setFault('experiments/get', { kind: 'silence' });
    const store = open({ pause: 60_000 });
    const coming = server.nextRequest('experiments/get');
    const call = failure(ask(store));
    await coming;
    store.dispose();
    assert.equal((await call).reason, 'cut');
    assert.equal(asked(), 1);
  });

  it('end at once when the store is disposed of while they wait', async () => {
    server.setFault('experiments/get', faults.busy('9'));
    const store = open();
    const waiting = lines.next(/next try in 9000 ms$/);
    const call = failure(ask(store));
    await waiting;
    const started = performance.now();
    store.dispose();
    assert.equal((await call).reason, 'cut');
    assert.ok(performance.now() - started < 5_000);
    assert.equal(asked(), 1);
  });

  it('are in the log, one line a try', async () => {
    server.setFault('experiments/get', html(503), once);
    await ask(open());
    assert.equal(lines.all.length, 2);
    assert.match(
      lines.all[0] ?? '',
      /^GET \S+\/experiments\/get 503 \d+ ms .*, next try in \d+ ms$/,
    );
    assert.match(lines.all[1] ?? '', /^GET \S+\/experiments\/get 200 \d+ ms \d+ characters$/);
  });
});
