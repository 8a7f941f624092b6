import assert from 'node:assert/strict';
import { MlflowError } from '../../src/mlflow/errors';
import type { Transport } from '../../src/mlflow/transport';
import { type RestOptions, defaultRestOptions } from '../../src/stores/rest/http';
import { RestStore } from '../../src/stores/rest/restStore';
import { type FaultServer, startFaultServer } from '../support/faultServer';

const never = new AbortController().signal;

describe('the limits of a REST store', () => {
  let server: FaultServer;
  const stores: RestStore[] = [];

  function open(options: Partial<RestOptions>, transport: Transport = {}): RestStore {
    const store = new RestStore(server.url, () => undefined, transport, options);
    stores.push(store);
    return store;
  }

  async function reasonOf(store: RestStore): Promise<string> {
    try {
      await store.getExperiment('1', never);
    } catch (error) {
      assert.ok(error instanceof MlflowError, String(error));
      return `${error.kind} ${error.reason}`;
    }
    return 'none';
  }

  beforeEach(async () => {
    server = await startFaultServer();
  });
  afterEach(async () => {
    stores.splice(0).forEach((store) => store.dispose());
    await server.close();
  });

  it('allow replies of a minute, as MLflow has them', () => {
    assert.ok(defaultRestOptions.replyTimeout >= 60_000);
    assert.ok(defaultRestOptions.idleTimeout >= 60_000);
    assert.ok(defaultRestOptions.connectTimeout <= 10_000);
  });

  it('end a request that gets no answer', async () => {
    server.setFault('experiments/get', { kind: 'silence' });
    assert.equal(await reasonOf(open({ replyTimeout: 100 })), 'unreachable timeout');
    await server.requests[0]?.disconnected;
  });

  it('leave a slow answer its time', async () => {
    server.setFault('experiments/get', { kind: 'slow', milliseconds: 100 });
    assert.equal(await reasonOf(open({ replyTimeout: 60_000 })), 'none');
  });

  it('refuse an answer that is too large before it has come whole', async () => {
    server.setFault('experiments/get', { kind: 'huge', bytes: 2 ** 31 });
    assert.equal(await reasonOf(open({ maxReplyBytes: 2 ** 20 })), 'malformed tooLarge');
    await server.requests[0]?.disconnected;
  });

  it('keep at most so many connections, and use them again', async () => {
    const store = open({ connections: 3 });
    const ask = (): Promise<unknown> => store.getExperiment('1', never);
    await Promise.all(Array.from({ length: 12 }, ask));
    await Promise.all(Array.from({ length: 12 }, ask));
    assert.equal(server.requests.length, 24);
    assert.equal(server.connections(), 3);
  });

  it('let go at once of what waits for a free connection when it is cancelled', async () => {
    server.setFault('experiments/get', { kind: 'silence' });
    const store = open({ connections: 1, replyTimeout: 5_000 });
    const coming = server.nextRequest('experiments/get');
    const first = store.getExperiment('1', never).catch(() => undefined);
    await coming;
    const controller = new AbortController();
    const second = store.getExperiment('2', controller.signal);
    controller.abort();
    await assert.rejects(second, { name: 'AbortError' });
    assert.equal(server.requests.length, 1);
    store.dispose();
    await first;
  });

  it('send their headers with every request', async () => {
    const store = open({}, { headers: { 'X-Team': 'seats' } });
    await store.getExperiment('1', never);
    await store.searchExperiments({ view: 'all', maxResults: 1 }, never);
    const sent = server.requests.map(({ headers }) => headers['x-team']);
    assert.deepEqual(sent, ['seats', 'seats']);
  });
});
