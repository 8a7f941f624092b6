import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { MlflowError } from '../../src/mlflow/errors';
import type { TrackingStore } from '../../src/mlflow/trackingStore';
import type { ProxyOptions, TlsOptions } from '../../src/mlflow/transport';
import { type RestOptions, defaultRestOptions } from '../../src/stores/rest/http';
import { RestStore } from '../../src/stores/rest/restStore';
import { freePort } from '../../scripts/freePort.mts';
import { type MlflowServer, startMlflow } from '../../scripts/mlflowServer.mts';
import { ensurePython } from '../../scripts/pythonEnvironment.mts';
import { type Certificates, makeCertificates } from '../support/certificates';
import { failure } from '../support/failure';
import { type FaultServer, startFaultServer } from '../support/faultServer';
import { type OddProxy, startOddProxy } from '../support/oddProxy';
import { type RealProxy, startRealProxy } from '../support/realProxy';
import { storeDoors } from '../support/storeDoors';

const never = new AbortController().signal;
/** Proxies of the tests find every name on this machine, and `mlflow.test` is not reached directly. */
const named = (url: string): string => url.replace('127.0.0.1', 'mlflow.test');

describe('a REST store behind a proxy', function () {
  this.timeout(60_000);
  const doors = storeDoors();
  let certificates: Certificates;
  let ca: readonly string[];
  let real: RealProxy;
  let plain: FaultServer;
  let secure: FaultServer;

  before(async () => {
    certificates = await makeCertificates();
    ca = [certificates.of.authority.cert];
    real = await startRealProxy();
    await Promise.all(doors.map((door) => door.start()));
  });
  after(async () => {
    await Promise.all(doors.map((door) => door.close()));
    await real.stop();
    await certificates.remove();
  });
  beforeEach(async () => {
    plain = await startFaultServer();
    secure = await startFaultServer({}, certificates.of.server);
  });
  afterEach(() => Promise.all([plain.close(), secure.close()]));

  for (const door of doors) {
    describe(door.name, () => {
      const open = (url: string, proxy: ProxyOptions, tls: TlsOptions = { ca }): TrackingStore =>
        door.open(named(url), { proxy, tls, authorization: 'Bearer s3cret' });
      const ask = (url: string, proxy: ProxyOptions, tls?: TlsOptions): Promise<unknown> =>
        open(url, proxy, tls).getExperiment('1', never);
      const everywhere = (url: string): ProxyOptions => ({ http: url, https: url });
      const withPassword = (url: string): string => url.replace('//', '//kim:pr0xy@');

      it('goes through a real one that wants a password', async () => {
        for (const { url, requests } of [plain, secure]) {
          const store = open(url, everywhere(withPassword(real.url)));
          assert.equal((await store.getExperiment('1', never)).id, '1');
          assert.equal((await store.getRun('1r0', never)).id, '1r0');
          assert.equal(requests.at(-1)?.headers.host, new URL(named(url)).host);
          assert.equal(requests.at(-1)?.headers['proxy-authorization'], undefined);
          assert.equal(requests.at(-1)?.headers.authorization, 'Bearer s3cret');
        }
      });

      it('takes the sign-in that is set apart from the address', async () => {
        const authorization = `Basic ${Buffer.from('kim:pr0xy').toString('base64')}`;
        for (const { url } of [plain, secure]) {
          await ask(url, { ...everywhere(real.url), authorization });
        }
      });

      it('says that the proxy wants a password, or another one', async () => {
        for (const { url, requests } of [plain, secure]) {
          for (const proxy of [real.url, real.url.replace('//', '//kim:wr0ng@')]) {
            const error = await failure(ask(url, everywhere(proxy)));
            assert.deepEqual([error.kind, error.reason], ['unreachable', 'proxySignIn']);
            assert.equal(error.detail.proxy, real.url);
            assert.doesNotMatch(JSON.stringify([error, error.message]), /wr0ng|s3cret/);
          }
          assert.equal(requests.length, 0);
        }
      });

      it('says that the server cannot be reached by the proxy', async () => {
        await Promise.all([plain.goDown(), secure.goDown()]);
        for (const { url } of [plain, secure]) {
          const error = await failure(ask(url, everywhere(withPassword(real.url))));
          assert.deepEqual([error.kind, error.reason], ['unreachable', 'proxy']);
          assert.equal(error.detail.status, 502);
        }
        await Promise.all([plain.comeBack(), secure.comeBack()]);
      });

      it('says that nothing answers at the address of the proxy', async () => {
        const dead = `http://127.0.0.1:${await freePort()}`;
        for (const { url } of [plain, secure]) {
          const error = await failure(ask(url, everywhere(withPassword(dead))));
          assert.deepEqual([error.kind, error.reason], ['unreachable', 'proxy']);
          assert.deepEqual(
            [error.detail.proxy, error.detail.serverMessage],
            [dead, 'ECONNREFUSED'],
          );
        }
      });

      it('looks at the certificate of the server behind the proxy', async () => {
        const error = await failure(ask(secure.url, everywhere(withPassword(real.url)), {}));
        assert.equal(error.reason, 'tls');
        await ask(secure.url, everywhere(withPassword(real.url)), { insecure: true });
      });

      it('reaches this machine, and what noProxy names, directly', async () => {
        const dead = everywhere(`http://127.0.0.1:${await freePort()}`);
        await door.open(plain.url, { proxy: dead }).getExperiment('1', never);
        const local = plain.url.replace('127.0.0.1', 'localhost');
        await door.open(local, { proxy: dead }).getExperiment('1', never);
        const error = await failure(ask(plain.url, { ...dead, noProxy: '.test' }));
        assert.equal(error.reason, 'dns');
      });

      it('shows no password in the log', () => {
        assert.doesNotMatch(door.lines.join('\n'), /pr0xy|wr0ng|s3cret/);
      });
    });
  }
});

describe('a REST store behind a proxy that behaves oddly', () => {
  let certificates: Certificates;
  let server: FaultServer;
  const closing: { close(): Promise<unknown> }[] = [];
  const stores: RestStore[] = [];

  before(async () => {
    certificates = await makeCertificates();
  });
  after(() => certificates.remove());
  beforeEach(async () => {
    server = await startFaultServer({}, certificates.of.server);
    closing.push(server);
  });
  afterEach(async () => {
    stores.splice(0).forEach((store) => store.dispose());
    await Promise.all(closing.splice(0).map((each) => each.close()));
  });

  async function start(isSecure = false): Promise<OddProxy> {
    const proxy = await startOddProxy(isSecure ? certificates.of.server : undefined);
    closing.push(proxy);
    return proxy;
  }

  function open(
    proxy: ProxyOptions,
    tls: TlsOptions = { ca: [certificates.of.authority.cert] },
    options: Partial<RestOptions> = {},
  ): RestStore {
    const store = new RestStore(named(server.url), () => undefined, { proxy, tls }, options);
    stores.push(store);
    return store;
  }

  const askBy = (proxy: OddProxy): Promise<unknown> =>
    open({ https: proxy.url }).getExperiment('1', never);
  const refusalBy = async (proxy: OddProxy): Promise<MlflowError> => {
    const error = await failure(askBy(proxy));
    assert.equal(error.kind, 'unreachable');
    return error;
  };

  it('is told that it is refused', async () => {
    const proxy = await start();
    proxy.manner = 'refuses';
    const { reason, detail } = await refusalBy(proxy);
    assert.deepEqual([reason, detail.status, detail.proxy], ['proxy', 403, proxy.url]);
    assert.equal(detail.serverMessage, '403 Forbidden');
  });

  it('does not wait for a silent one for longer than for any connection', async () => {
    const proxy = await start();
    proxy.manner = 'is silent';
    const { connectTimeout } = defaultRestOptions;
    assert.ok(connectTimeout <= 10_000);
    const store = open({ https: proxy.url }, {}, { connectTimeout: 50 });
    const { reason, detail } = await failure(store.getExperiment('1', never));
    assert.deepEqual([reason, detail.serverMessage], ['proxy', 'no answer']);
  });

  it('gives up at once when it is cancelled before a silent one answers', async () => {
    const proxy = await start();
    proxy.manner = 'is silent';
    for (const when of ['before', 'meanwhile'] as const) {
      const started = performance.now();
      const controller = new AbortController();
      const coming = proxy.nextAsked();
      const call = open({ https: proxy.url }).getExperiment('1', controller.signal);
      await (when === 'meanwhile' && coming);
      controller.abort();
      await assert.rejects(call, { name: 'AbortError' });
      assert.ok(performance.now() - started < 5_000, when);
    }
  });

  it('lets go of a silent one once it is disposed of', async () => {
    const proxy = await start();
    proxy.manner = 'is silent';
    const store = open({ https: proxy.url });
    const coming = proxy.nextAsked();
    const call = failure(store.getExperiment('1', never));
    const { disconnected } = await coming;
    const started = performance.now();
    store.dispose();
    assert.equal((await call).reason, 'cut');
    await disconnected;
    assert.ok(performance.now() - started < 5_000);
  });

  for (const [manner, words] of [
    ['breaks off', 'ECONNRESET'],
    ['talks nonsense', 'HPE_INVALID_CONSTANT'],
  ] as const) {
    it(`is told when it ${manner}`, async () => {
      const proxy = await start();
      proxy.manner = manner;
      const { reason, detail } = await refusalBy(proxy);
      assert.deepEqual([reason, detail.serverMessage], ['proxy', words]);
    });
  }

  it('calls a tunnel that ends at once a broken connection', async () => {
    const proxy = await start();
    proxy.manner = 'breaks off behind the tunnel';
    assert.equal((await refusalBy(proxy)).reason, 'cut');
  });

  it('opens several tunnels side by side and keeps them', async () => {
    const proxy = await start();
    const store = open({ https: proxy.url });
    const all = (): Promise<unknown> =>
      Promise.all(Array.from({ length: 12 }, () => store.getExperiment('1', never)));
    await all();
    await all();
    assert.equal(proxy.asked.length, 8);
    assert.equal(proxy.asked[0], new URL(named(server.url)).host);
  });

  it('speaks TLS with an https proxy, and looks at its certificate', async () => {
    const proxy = await start(true);
    await askBy(proxy);
    const untrusted = open({ https: proxy.url }, {});
    const error = await failure(untrusted.getExperiment('1', never));
    assert.equal(error.reason, 'proxy');
    assert.match(error.detail.serverMessage ?? '', /^UNABLE_TO_/);
    const lenient = open({ https: proxy.url, strictTls: false }, { insecure: true });
    await lenient.getExperiment('1', never);
  });

  it('asks an https proxy for an http server by the name of the proxy', async () => {
    const plain = await startFaultServer({}, certificates.of.server);
    closing.push(plain);
    const transport = {
      proxy: { http: plain.url },
      tls: { ca: [certificates.of.authority.cert] },
    };
    const store = new RestStore('http://mlflow.example.com:81', () => undefined, transport);
    stores.push(store);
    // The fault server plays the proxy here and takes the absolute address for a path of its own.
    await store.getExperiment('1', never);
    const { headers, path: asked } = plain.requests[0] ?? {};
    assert.equal(headers?.host, 'mlflow.example.com:81');
    assert.match(asked ?? '', /\/experiments\/get$/);
  });

  it('looks up a write whose answer the proxy says it did not get', async () => {
    const plain = await startFaultServer();
    closing.push(plain);
    const transport = { proxy: { http: plain.url } };
    const store = new RestStore('http://mlflow.example.com:81', () => undefined, transport);
    stores.push(store);
    const gaveUp = {
      kind: 'reply',
      status: 504,
      type: 'text/html',
      body: '<html>',
      headers: { 'proxy-status': 'seats; error=connection_timeout' },
    } as const;
    plain.setFault('runs/delete', { kind: 'carriedOut', then: gaveUp });
    await store.deleteRun('1r0', never);
    plain.setFault('runs/restore', gaveUp);
    const { reason, detail } = await failure(store.restoreRun('1r0', never));
    assert.deepEqual([reason, detail.status], ['proxy', 504]);
    assert.equal(plain.requests.filter(({ path: asked }) => asked.endsWith('/delete')).length, 1);
  });
});

describe('a REST store on MLflow 3.17.2 behind a real proxy', function () {
  this.timeout(120_000);
  const doors = storeDoors();
  let directory: string;
  let proxy: RealProxy;
  let server: MlflowServer;

  before(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'mlflow-proxy-'));
    proxy = await startRealProxy();
    server = await startMlflow({
      python: await ensurePython('demo'),
      directory,
      env: { MLFLOW_SERVER_ALLOWED_HOSTS: 'mlflow.test:*' },
    });
    await Promise.all(doors.map((door) => door.start()));
  });
  after(async () => {
    await Promise.all(doors.map((door) => door.close()));
    await server.stop();
    await proxy.stop();
    await rm(directory, { recursive: true, force: true });
  });

  for (const door of doors) {
    it(`reads and writes, ${door.name}`, async () => {
      const http = proxy.url.replace('//', '//kim:pr0xy@');
      const store = door.open(named(server.url), { proxy: { http } });
      assert.equal((await store.serverInfo(never)).version, '3.17.2');
      const id = await store.createExperiment(`behind a proxy, ${door.name}`, never);
      await store.deleteExperiment(id, never);
      assert.equal((await store.getExperiment(id, never)).lifecycleStage, 'deleted');
    });

    it(`is told by the Host check that the name is not allowed, ${door.name}`, async () => {
      const http = proxy.url.replace('//', '//kim:pr0xy@');
      const uri = server.url.replace('127.0.0.1', 'evil.test');
      const error = await failure(door.open(uri, { proxy: { http } }).serverInfo(never));
      assert.equal(error.reason, 'hostCheck');
    });
  }
});
