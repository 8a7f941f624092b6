import assert from 'node:assert/strict';
import { Connector, type ConnectorOptions, type Reach } from '../../../src/connections/connector';
import type { ResolvedUri } from '../../../src/connections/findConnections';
import type { OwnedStore } from '../../../src/connections/ownedServers';
import { MlflowError } from '../../../src/mlflow/errors';
import { parseTrackingUri } from '../../../src/mlflow/trackingUri';
import { FakeStore } from '../../support/fakeStore';

const { signal } = new AbortController();
const freely: Reach = {
  transport: {},
  access: { account: undefined, insecure: false, withheld: false },
};

describe('Connector', () => {
  let opened: { readonly uri: string; readonly reach: string | undefined; store: FakeStore }[];
  let owned: OwnedStore[];
  let asked: string[];
  let ownedServer: { url: string; hasEnded: boolean };

  beforeEach(() => {
    opened = [];
    owned = [];
    asked = [];
    ownedServer = { url: 'http://127.0.0.1:1', hasEnded: false };
  });

  function named(uri: string): ResolvedUri {
    return { origin: 'userSetting', uri: parseTrackingUri(uri), folder: '/project' };
  }

  function connector(changes: Partial<ConnectorOptions> = {}): Connector {
    return new Connector({
      openStore: (uri, transport) => {
        const store = new FakeStore();
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

  const stores: Readonly<Record<string, OwnedStore>> = {
    'sqlite:////data/mlflow.db': {
      backend: 'sqlite:////data/mlflow.db',
      path: '/data/mlflow.db',
      folder: '/project',
    },
    '/data/mlruns': { backend: '/data/mlruns', path: '/data/mlruns', folder: '/project' },
    'postgresql://kim:s3cret@db/mlflow': {
      backend: 'postgresql://kim:s3cret@db/mlflow',
      path: undefined,
      folder: '/project',
    },
  };
  for (const [uri, store] of Object.entries(stores)) {
    it(`reads ${uri} through a server of its own, with no sign-in`, async () => {
      const connection = await connector().open(named(uri), signal);
      assert.deepEqual(owned, [store]);
      assert.deepEqual([opened[0]?.uri, opened[0]?.reach], ['http://127.0.0.1:1', undefined]);
      assert.deepEqual(asked, []);
      assert.doesNotMatch(connection.name, /s3cret/);
    });
  }

  it('is lost once the server of its own has ended', async () => {
    const connection = await connector().open(named('/data/mlruns'), signal);
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
      const registryFor = (): Promise<ResolvedUri> => Promise.resolve(named('/data/mlruns'));
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
