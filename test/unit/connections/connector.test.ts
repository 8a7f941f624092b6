import assert from 'node:assert/strict';
import { Connector, type ConnectorOptions, type Reach } from '../../../src/connections/connector';
import type { ResolvedUri } from '../../../src/connections/findConnections';
import type { OwnedStore } from '../../../src/connections/ownedServers';
import { MlflowError } from '../../../src/mlflow/errors';
import { parseTrackingUri } from '../../../src/mlflow/trackingUri';
import { aRun, FakeStore } from '../../support/fakeStore';

const { signal } = new AbortController();
const freely: Reach = {
  transport: {},
  access: { account: undefined, insecure: false, withheld: false },
};

describe('Connector', () => {
  let opened: { readonly uri: string; readonly reach: string | undefined; store: FakeStore }[];
  let owned: OwnedStore[];
  let asked: string[];
  let refusal: MlflowError | undefined;
  let ownedServer: { url: string; hasEnded: boolean };

  beforeEach(() => {
    opened = [];
    owned = [];
    asked = [];
    refusal = undefined;
    ownedServer = { url: 'http://127.0.0.1:1', hasEnded: false };
  });

  function named(uri: string): ResolvedUri {
    return { origin: 'userSetting', uri: parseTrackingUri(uri), folder: '/project' };
  }

  function connector(changes: Partial<ConnectorOptions> = {}): Connector {
    return new Connector({
      openStore: (uri, transport) => {
        const store = new FakeStore();
        store.runs = [aRun('r')];
        const thrown = refusal;
        if (thrown !== undefined && !uri.startsWith('http')) {
          store.before = () => {
            throw thrown;
          };
        }
        opened.push({ uri, reach: transport.authorization, store });
        return store;
      },
      reach: ({ uri }) => {
        asked.push(uri.uri);
        return Promise.resolve({ ...freely, transport: { authorization: `for ${uri.uri}` } });
      },
      ownedServer: (store) => {
        owned.push(store);
        return Promise.resolve(ownedServer);
      },
      checkPresence: () => Promise.resolve(),
      registryFor: () => Promise.resolve(undefined),
      log: {
        debug: () => undefined,
        info: () => undefined,
        warn: () => undefined,
        error: () => undefined,
      },
      ...changes,
    });
  }

  it('speaks to a server as is right for it, and shows it without its password', async () => {
    const connection = await connector().open(named('http://kim:s3cret@host/mlflow'), signal);
    assert.deepEqual(asked, ['http://kim:s3cret@host/mlflow']);
    assert.deepEqual(
      opened.map(({ uri, reach }) => [uri, reach]),
      [['http://host/mlflow', 'for http://kim:s3cret@host/mlflow']],
    );
    assert.equal(connection.name, 'http://host/mlflow');
    assert.equal(connection.registry, connection.store);
    assert.equal(connection.isLost(), false);
  });

  it('refuses what is not spoken before anything is asked', async () => {
    const expected = { kind: 'unsupported', reason: 'scheme' };
    await assert.rejects(connector().open(named('databricks'), signal), expected);
    assert.deepEqual([asked, opened], [[], []]);
  });

  describe('to a store on this machine', () => {
    for (const [origin, from] of [
      ['userSetting', undefined],
      ['workspaceSetting', { folder: '/project' }],
      ['chosenOfOthers', { folder: '/project' }],
    ] as const) {
      it(`is looked at by the word of ${origin}`, async () => {
        const looks: unknown[] = [];
        const checkPresence: ConnectorOptions['checkPresence'] = (path, by) => {
          looks.push([path, by]);
          return Promise.resolve();
        };
        await connector({ checkPresence }).open({ ...named('/data/mlruns'), origin }, signal);
        assert.deepEqual(looks, [['/data/mlruns', from]]);
      });
    }

    const stores: Readonly<Record<string, OwnedStore>> = {
      'sqlite:////data/mlflow.db': {
        backend: 'sqlite:////data/mlflow.db',
        path: '/data/mlflow.db',
        folder: '/project',
        purpose: 'change',
      },
      '/data/mlruns': {
        backend: '/data/mlruns',
        path: '/data/mlruns',
        folder: '/project',
        purpose: 'change',
      },
    };
    for (const [uri, store] of Object.entries(stores)) {
      it(`reads ${uri} in its place, and starts a server for the first change`, async () => {
        const connection = await connector().open(named(uri), signal);
        await connection.store.searchExperiments({ view: 'all', maxResults: 1 }, signal);
        assert.deepEqual([opened.map((each) => each.uri), owned], [[store.backend], []]);
        await connection.store.deleteRun('r', signal);
        await connection.store.restoreRun('r', signal);
        assert.deepEqual(owned, [store, store]);
        assert.deepEqual(
          opened.map((each) => each.uri),
          [store.backend, ownedServer.url],
        );
        assert.deepEqual(asked, []);
      });
    }

    it('speaks to another server once the one for changes has ended', async () => {
      const connection = await connector().open(named('/data/mlruns'), signal);
      await connection.store.deleteRun('r', signal);
      ownedServer = { url: 'http://127.0.0.1:2', hasEnded: false };
      await connection.store.restoreRun('r', signal);
      assert.equal(opened.at(-1)?.uri, 'http://127.0.0.1:2');
      assert.equal(connection.isLost(), false);
    });

    it('goes through a server of its own where it cannot be read, and says why', async () => {
      refusal = new MlflowError('unsupported', 'feature', { serverMessage: 'of the year 2031' });
      const connection = await connector().open(named('/data/mlruns'), signal);
      assert.deepEqual(owned, [
        { ...stores['/data/mlruns'], purpose: 'read', because: 'of the year 2031' },
      ]);
      assert.deepEqual([opened[0]?.store.disposals, opened[1]?.uri], [1, ownedServer.url]);
      assert.equal(connection.servedBecause, 'of the year 2031');
      ownedServer.hasEnded = true;
      assert.equal(connection.isLost(), true);
    });

    it('says where, when it cannot be read at all', async () => {
      refusal = new MlflowError('malformed', 'shape', { serverMessage: 'no database' });
      await assert.rejects(connector().open(named('/data/mlruns'), signal), {
        reason: 'shape',
        detail: { serverMessage: 'no database', origin: '/data/mlruns', isLocal: true },
      });
      assert.deepEqual(owned, []);
    });

    it('is lost once it was upgraded to one that only MLflow can read', async () => {
      const connection = await connector().open(named('/data/mlruns'), signal);
      const store = opened[0]?.store as FakeStore;
      store.before = () => {
        throw new MlflowError('unsupported', 'feature');
      };
      const query = { experimentIds: ['1'], view: 'active', maxResults: 1 } as const;
      await assert.rejects(connection.store.searchRuns(query, signal));
      assert.equal(connection.isLost(), true);
    });

    it('looks for nothing where no store lies', async () => {
      const checkPresence = (): Promise<void> => Promise.reject(new Error('nothing there'));
      const opening = connector({ checkPresence }).open(named('/data/mlruns'), signal);
      await assert.rejects(opening, /nothing there/);
      assert.deepEqual(opened, []);
    });

    it('has MLflow’s own pages once a server is started', async () => {
      const connection = await connector().open(named('/data/mlruns'), signal);
      assert.equal(await connection.pages?.(signal), ownedServer.url);
      assert.deepEqual(owned, [{ ...stores['/data/mlruns'], purpose: 'pages' }]);
    });
  });

  it('reads a database elsewhere through a server of its own, with no sign-in', async () => {
    const uri = 'postgresql://kim:s3cret@db/mlflow';
    const connection = await connector().open(named(uri), signal);
    assert.deepEqual(owned, [
      { backend: uri, path: undefined, folder: '/project', purpose: 'read', because: undefined },
    ]);
    assert.deepEqual([opened[0]?.uri, opened[0]?.reach], ['http://127.0.0.1:1', undefined]);
    assert.deepEqual(asked, []);
    assert.doesNotMatch(connection.name, /s3cret/);
    ownedServer.hasEnded = true;
    assert.equal(connection.isLost(), true);
  });

  describe('with a sign-in kept back', () => {
    const withheld = { ...freely, access: { ...freely.access, withheld: true } };
    const openWithheld = (): ReturnType<Connector['open']> =>
      connector({ reach: () => Promise.resolve(withheld) }).open(named('http://host'), signal);

    it('says so when the server wants one', async () => {
      const connection = await openWithheld();
      const detail = { origin: 'http://host', status: 401 };
      (opened[0]?.store as FakeStore).before = () => {
        throw new MlflowError('unauthorized', 'signIn', detail);
      };
      const expected = { kind: 'unauthorized', reason: 'unapproved', detail };
      await assert.rejects(connection.store.getExperiment('1', signal), expected);
    });

    it('says what else goes wrong as it is', async () => {
      const connection = await openWithheld();
      (opened[0]?.store as FakeStore).before = () => {
        throw new MlflowError('unreachable', 'cut');
      };
      await assert.rejects(connection.store.getExperiment('1', signal), { reason: 'cut' });
    });
  });

  describe('with a registry elsewhere', () => {
    const elsewhere = { registryFor: () => Promise.resolve(named('https://registry')) };

    it('speaks to each as is right for it', async () => {
      const connection = await connector(elsewhere).open(named('http://host'), signal);
      assert.deepEqual(asked, ['http://host', 'https://registry']);
      assert.deepEqual(
        opened.map(({ uri, reach }) => [uri, reach]),
        [
          ['http://host', 'for http://host'],
          ['https://registry', 'for https://registry'],
        ],
      );
      assert.deepEqual(
        [connection.store, connection.registry],
        opened.map(({ store }) => store),
      );
    });

    it('is lost once the registry’s server of its own has ended', async () => {
      const registryFor = (): Promise<ResolvedUri> =>
        Promise.resolve(named('postgresql://db/models'));
      const connection = await connector({ registryFor }).open(named('http://host'), signal);
      ownedServer.hasEnded = true;
      assert.equal(connection.isLost(), true);
    });

    it('shows experiments when the registry cannot be opened, which says why', async () => {
      const registryFor = (): Promise<ResolvedUri> => Promise.resolve(named('databricks'));
      const connection = await connector({ registryFor }).open(named('http://host'), signal);
      assert.equal((await connection.store.serverInfo(signal)).version, '3.17.2');
      const query = { maxResults: 1 };
      const expected = { reason: 'scheme' };
      await assert.rejects(connection.registry.searchRegisteredModels(query, signal), expected);
      connection.dispose();
    });

    it('closes both with the connection', async () => {
      const connection = await connector(elsewhere).open(named('http://host'), signal);
      connection.dispose();
      assert.deepEqual(
        opened.map(({ store }) => store.disposals),
        [1, 1],
      );
    });
  });

  it('closes a server that does not answer', async () => {
    const refused = new MlflowError('unreachable', 'refused');
    const failing = connector({
      openStore: (uri) => {
        const store = new FakeStore();
        if (refusal !== undefined && !uri.startsWith('http')) {
          const thrown = refusal;
          store.before = () => {
            throw thrown;
          };
        }
        store.before = () => {
          throw refused;
        };
        opened.push({ uri, reach: undefined, store });
        return store;
      },
    });
    await assert.rejects(failing.open(named('http://host'), signal), refused);
    assert.equal(opened[0]?.store.disposals, 1);
  });

  it('opens nothing once it was called off', async () => {
    const calledOff = new AbortController();
    const reach = (): Promise<Reach> => {
      calledOff.abort();
      return Promise.resolve(freely);
    };
    const opening = connector({ reach }).open(named('http://host'), calledOff.signal);
    await assert.rejects(opening, { name: 'AbortError' });
    assert.deepEqual(opened, []);
  });
});
