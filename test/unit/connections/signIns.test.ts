import assert from 'node:assert/strict';
import type { Disposable } from '../../../src/base/disposable';
import { EventSource } from '../../../src/base/event';
import { Approvals } from '../../../src/connections/approvals';
import type { ResolvedUri, UriOrigin } from '../../../src/connections/findConnections';
import { SignIns } from '../../../src/connections/signIns';
import type { SignIn } from '../../../src/mlflow/signIn';
import { parseTrackingUri } from '../../../src/mlflow/trackingUri';
import type { TrackingStore } from '../../../src/mlflow/trackingStore';
import type { Transport } from '../../../src/mlflow/transport';
import { MemoryInMemory } from '../state/memoryInMemory';

const origin = 'http://host:1';
const saved: SignIn = { kind: 'token', token: 'saved' };
const never = new AbortController().signal;

/** Secret storage as it behaves for one window among several. */
class FakeSecrets {
  readonly kept = new Map<string, SignIn>();
  private readonly changes = new EventSource<string>();

  get(key: string): Promise<SignIn | undefined> {
    return Promise.resolve(this.kept.get(key));
  }

  set(key: string, signIn: SignIn): Promise<void> {
    this.kept.set(key, signIn);
    this.changes.fire(key);
    return Promise.resolve();
  }

  delete(key: string): Promise<void> {
    this.kept.delete(key);
    this.changes.fire(key);
    return Promise.resolve();
  }

  onDidChange(listener: (key: string) => void): Disposable {
    return this.changes.event(listener);
  }
}

const from = (found: UriOrigin, uri = origin): ResolvedUri => ({
  origin: found,
  uri: parseTrackingUri(uri),
  folder: undefined,
});

/** Lets what was fired be heard. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('SignIns', () => {
  let secrets: FakeSecrets;
  let signIns: SignIns;
  let fired: string[];
  let opened: { uri: string; transport: Transport }[];
  let answer: () => Promise<unknown>;

  beforeEach(() => {
    secrets = new FakeSecrets();
    opened = [];
    fired = [];
    answer = () => Promise.resolve({ items: [] });
    signIns = new SignIns({
      secrets,
      approvals: new Approvals(new MemoryInMemory()),
      sources: (folder) =>
        Promise.resolve({
          settings: { user: {}, workspace: {} },
          environment: {},
          envFile: {},
          home: '/nowhere',
          folder,
          systemCertificates: false,
          proxy: {
            enabled: false,
            proxy: '',
            noProxy: [],
            authorization: undefined,
            strictTls: true,
          },
        }),
      openStore: (uri, transport) => {
        opened.push({ uri, transport });
        return {
          searchExperiments: () => answer(),
          dispose: () => undefined,
        } as unknown as TrackingStore;
      },
      explained: (error) => error,
      log: {
        debug: () => undefined,
        info: () => undefined,
        warn: () => undefined,
        error: () => undefined,
      },
    });
    signIns.onDidChange((each) => fired.push(each));
  });

  afterEach(() => signIns.dispose());

  const sentTo = async (server: ResolvedUri): Promise<string | undefined> =>
    (await signIns.reach(server)).transport.authorization;

  const trusted: readonly UriOrigin[] = ['userSetting', 'environment', 'chosen'];
  for (const found of trusted) {
    it(`sends what is saved to a server of the origin ${found}`, async () => {
      secrets.kept.set(origin, saved);
      assert.equal(await sentTo(from(found)), 'Bearer saved');
    });
  }

  const foreign: readonly UriOrigin[] = [
    'workspaceSetting',
    'envFile',
    'defaultServer',
    'chosenOfOthers',
  ];
  for (const found of foreign) {
    it(`sends it to a server of the origin ${found} once that is approved`, async () => {
      secrets.kept.set(origin, saved);
      assert.equal(await sentTo(from(found)), undefined);
      assert.equal(signIns.serverOf(origin)?.withheld, true);
      await signIns.keep(origin, undefined);
      assert.equal(await sentTo(from(found)), 'Bearer saved');
      assert.deepEqual(fired, [origin]);
    });
  }

  it('knows the server behind a connection only once it was reached', async () => {
    assert.equal(signIns.serverOf(origin), undefined);
    await signIns.reach(from('userSetting', 'http://ann:pw@host:1/path/'));
    const server = { origin, account: 'ann', withheld: false };
    for (const known of [signIns.serverOf('http://host:1/path'), signIns.serverOf('x', origin)]) {
      assert.deepEqual(
        { origin: known?.origin, account: known?.account, withheld: known?.withheld },
        server,
      );
    }
    assert.equal(signIns.serverOf('sqlite:///mlflow.db'), undefined);
  });

  it('tries a sign-in out without keeping anything', async () => {
    await signIns.reach(from('workspaceSetting', 'http://ann:pw@host:1'));
    await signIns.tryOut(origin, origin, saved, never);
    assert.deepEqual(
      opened.map(({ uri, transport }) => [uri, transport.authorization]),
      [['http://host:1', 'Bearer saved']],
    );
    assert.deepEqual([secrets.kept.size, fired.length], [0, 0]);
    const refusal = new Error('refused');
    answer = () => Promise.reject(refusal);
    await assert.rejects(signIns.tryOut(origin, origin, saved, never), refusal);
  });

  it('tries out what is saved as if the server were approved', async () => {
    secrets.kept.set(origin, saved);
    await signIns.reach(from('workspaceSetting'));
    await signIns.tryOut(origin, origin, undefined, never);
    assert.equal(opened[0]?.transport.authorization, 'Bearer saved');
    assert.equal(await sentTo(from('workspaceSetting')), undefined);
  });

  it('keeps a sign-in and approves its server, and says so once', async () => {
    await signIns.reach(from('workspaceSetting'));
    await signIns.keep(origin, saved);
    await settled();
    assert.deepEqual(fired, [origin]);
    assert.equal(await sentTo(from('workspaceSetting')), 'Bearer saved');
    assert.equal(await sentTo(from('workspaceSetting', 'http://host:2')), undefined);
  });

  it('forgets sign-in and approval', async () => {
    await signIns.keep(origin, saved);
    assert.equal(await signIns.forget(origin), true);
    await settled();
    assert.deepEqual(fired, [origin, origin]);
    secrets.kept.set(origin, saved);
    assert.equal(await sentTo(from('workspaceSetting')), undefined);
    secrets.kept.clear();
    assert.equal(await signIns.forget('http://other'), false);
  });

  it('hears of a sign-in that another window kept', async () => {
    await signIns.keep(origin, saved);
    await secrets.set(origin, { kind: 'token', token: 'of another window' });
    await settled();
    assert.deepEqual(fired, [origin, origin]);
  });
});
