import assert from 'node:assert/strict';
import { MlflowError } from '../../../src/mlflow/errors';
import { type Endpoint, Sessions } from '../../../src/state/sessions';
import { anExperiment, FakeStore, someServer } from '../../support/fakeStore';
import { MemoryInMemory } from './memoryInMemory';

describe('Sessions', () => {
  let ids: string[];
  let stores: Map<string, FakeStore>;
  let looks: number;
  let opens: string[];
  let sessions: Sessions;
  let changes: number;

  beforeEach(() => {
    ids = ['a'];
    stores = new Map();
    looks = 0;
    opens = [];
    changes = 0;
    sessions = new Sessions({
      findEndpoints: () => {
        looks++;
        return Promise.resolve(ids.map((id) => endpoint(id, looks)));
      },
      memory: new MemoryInMemory(),
      pageSize: () => 100,
      refreshInterval: () => 10,
    });
    sessions.onDidChange(() => changes++);
  });

  afterEach(() => sessions.dispose());

  function endpoint(id: string, look: number): Endpoint {
    return {
      id,
      name: `http://${id}`,
      found: { origin: 'userSetting', folders: [`folder ${look}`], beside: false },
      open: () => {
        opens.push(`${id}${look}`);
        const store = new FakeStore();
        store.experiments = [anExperiment('1')];
        stores.set(id, store);
        return Promise.resolve({
          name: id,
          store,
          registry: store,
          info: someServer,
          isLost: () => false,
          dispose: () => store.dispose(),
        });
      },
    };
  }

  it('looks for nothing before somebody asks', () => {
    assert.deepEqual([looks, sessions.areFound, sessions.active], [0, false, undefined]);
  });

  it('looks once for everybody who asks, and opens nothing', async () => {
    const [one, two] = await Promise.all([sessions.ensure(), sessions.ensure()]);
    assert.equal(one, two);
    assert.deepEqual([looks, opens, sessions.areFound], [1, [], true]);
  });

  it('takes the first for the active one until another is chosen', async () => {
    ids = ['a', 'b'];
    const [a, b] = await sessions.ensure();
    assert.ok(a && b);
    assert.equal(sessions.active, a);
    sessions.activate(b);
    assert.equal(sessions.get(undefined), b);
    assert.equal(sessions.get('a'), a);
    assert.equal(sessions.get('c'), undefined);
  });

  it('keeps the session of what is still there, and opens it as it is found now', async () => {
    ids = ['a', 'b'];
    const [a, b] = await sessions.ensure();
    await a?.connection.ensure();
    await b?.connection.ensure();
    ids = ['b', 'c'];
    sessions.reset();
    const [first, second] = await sessions.ensure();
    assert.equal(first, b);
    assert.equal(second?.id, 'c');
    assert.equal(stores.get('a')?.disposals, 1);
    await b?.connection.ensure();
    assert.deepEqual(opens, ['a1', 'b1', 'b2']);
  });

  it('forgets which one was active when that is gone', async () => {
    ids = ['a', 'b'];
    const [, b] = await sessions.ensure();
    assert.ok(b);
    sessions.activate(b);
    ids = ['a'];
    sessions.reset();
    await sessions.ensure();
    assert.equal(sessions.active?.id, 'a');
  });

  it('gives the newest findings to who asked before a reset', async () => {
    const asked = sessions.ensure();
    ids = ['z'];
    sessions.reset();
    assert.deepEqual(
      (await asked).map(({ id }) => id),
      ['z'],
    );
  });

  it('tells of connections, health and versions of each', async () => {
    const [a] = await sessions.ensure();
    await a?.connection.ensure();
    const before = changes;
    a?.health.note(new MlflowError('unreachable', 'cut'));
    assert.equal(changes, before + 1);
    a?.health.note();
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(stores.get('a')?.callsOf('recheck').length, 1);
  });

  it('looks again for what to connect to, and leaves open what is still meant', async () => {
    const [a] = await sessions.ensure();
    await a?.connection.ensure();
    let replacements = 0;
    sessions.onDidReplace(() => replacements++);
    await sessions.lookAgain();
    assert.equal(replacements, 0);
    ids = ['a', 'b'];
    const now = await sessions.lookAgain();
    assert.deepEqual([now[0] === a, now[1]?.id, replacements], [true, 'b', 1]);
    assert.deepEqual([a?.connection.status.kind, opens], ['ready', ['a1']]);
  });

  it('says that it is looking, and how each session was found the last time', async () => {
    const seen: boolean[] = [];
    sessions.onDidChange(() => seen.push(sessions.areSought));
    const [a] = await sessions.ensure();
    assert.deepEqual(seen, [true, false]);
    assert.deepEqual(a?.found?.folders, ['folder 1']);
    await sessions.lookAgain();
    assert.deepEqual(a?.found?.folders, ['folder 2']);
  });
});
