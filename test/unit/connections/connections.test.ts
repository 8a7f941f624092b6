import assert from 'node:assert/strict';
import { Connections } from '../../../src/connections/connections';
import {
  connectionId,
  findConnections,
  type FoundUri,
} from '../../../src/connections/findConnections';
import { RememberedConnections } from '../../../src/connections/remembered';
import { WindowChoice } from '../../../src/connections/windowChoice';
import type { NamedUri } from '../../../src/mlflow/found';
import { displayUri, parseTrackingUri } from '../../../src/mlflow/trackingUri';
import { Sessions } from '../../../src/state/sessions';
import { FakeStore, someServer } from '../../support/fakeStore';
import { MemoryInMemory } from '../state/memoryInMemory';

describe('Connections', () => {
  let setting: { value: string; from: 'user' | 'workspace' };
  let answers: boolean;
  let local: FoundUri[];
  let sessions: Sessions;
  let remembered: RememberedConnections;
  let choice: WindowChoice;
  let connections: Connections;

  beforeEach(() => {
    setting = { value: 'http://set:1', from: 'user' };
    answers = false;
    local = [];
    choice = new WindowChoice(new MemoryInMemory());
    const look = (chosen: WindowChoice | undefined): ReturnType<typeof findConnections> =>
      findConnections({
        places: [{ folder: undefined, setting }],
        environment: {},
        chosen: chosen ?? { instead: undefined, beside: [] },
        trusted: true,
        answers: () => Promise.resolve(answers),
      });
    sessions = new Sessions({
      findEndpoints: async () =>
        (await look(choice)).map((found) => ({
          id: connectionId(found),
          name: displayUri(found.uri.uri),
          found,
          open: () => {
            const store = new FakeStore();
            return Promise.resolve({
              name: displayUri(found.uri.uri),
              store,
              registry: store,
              info: someServer,
              isLost: () => false,
              dispose: () => store.dispose(),
            });
          },
        })),
      memory: new MemoryInMemory(),
      pageSize: () => 100,
      refreshInterval: () => 10,
    });
    remembered = new RememberedConnections(new MemoryInMemory());
    connections = new Connections({
      sessions,
      choice,
      remembered,
      named: () => look(undefined),
      alsoThere: () => Promise.resolve(local),
      folder: () => '/project',
      temporaryFolder: '/scratch',
    });
  });

  afterEach(() => {
    connections.dispose();
    sessions.dispose();
  });

  it('name local stores of the folders as well, each once', async () => {
    const found = (text: string): FoundUri => {
      const uri = parseTrackingUri(text);
      return { origin: 'localStore', uri, folder: '/p', folders: ['/p'], beside: false };
    };
    local = [found('/p/mlruns'), found('sqlite:////p/mlflow.db'), found('http://set:1/')];
    assert.deepEqual(
      (await connections.named()).map(({ uri, origin }) => [uri, origin]),
      [
        ['http://set:1', 'userSetting'],
        ['/p/mlruns', 'localStore'],
        ['sqlite:////p/mlflow.db', 'localStore'],
      ],
    );
  });

  const person = (uri: string): NamedUri => ({ uri, namedBy: 'person' });
  const ids = (): readonly string[] => sessions.all.map(({ id }) => id);
  const openAll = async (): Promise<void> => {
    await Promise.all((await sessions.ensure()).map(({ connection }) => connection.ensure()));
  };

  it('switch the window and come back', async () => {
    await openAll();
    const session = await connections.use(person('http://other:1/'));
    assert.deepEqual([ids(), session?.id], [['http://other:1'], 'http://other:1']);
    assert.equal(connections.instead?.uri, 'http://other:1/');
    await connections.useNamed();
    assert.deepEqual([ids(), connections.instead], [['http://set:1'], undefined]);
  });

  it('take the choice of what is named anyhow for going back', async () => {
    await connections.use(person('http://other:1'));
    await connections.use(person('http://set:1/'));
    assert.deepEqual([ids(), connections.instead], [['http://set:1'], undefined]);
  });

  it('leave the open one open when another is put beside it, and when that is closed', async () => {
    await openAll();
    const [first] = sessions.all;
    const second = await connections.putBeside(person('http://other:1'));
    assert.deepEqual(ids(), ['http://set:1', 'http://other:1']);
    assert.deepEqual([sessions.active, second?.found?.beside], [second, true]);
    assert.ok(second);
    await connections.close(second);
    assert.deepEqual([sessions.all, first?.connection.status.kind], [[first], 'ready']);
    assert.equal(sessions.active, first);
  });

  it('put nothing beside itself', async () => {
    await openAll();
    const session = await connections.putBeside(person('http://set:1/'));
    assert.deepEqual([session, ids()], [sessions.all[0], ['http://set:1']]);
    assert.equal(session?.found?.beside, false);
  });

  it('no longer close what took the place of the first', async () => {
    await openAll();
    await connections.putBeside(person('http://other:1'));
    await connections.use(person('http://other:1'));
    assert.deepEqual(ids(), ['http://other:1']);
    assert.equal(sessions.all[0]?.found?.beside, false);
  });

  it('are as many as one likes, and open only when they are looked at', async () => {
    await openAll();
    for (let port = 2; port <= 21; port++) {
      await connections.putBeside(person(`http://other:${port}`));
    }
    const states = sessions.all.map(({ connection }) => connection.status.kind);
    assert.deepEqual(states, ['ready', ...Array<string>(20).fill('idle')]);
    assert.equal(new Set(ids()).size, 21);
  });

  it('keep no password, however they are named', async () => {
    await connections.use(person('http://me:secret@other:1'));
    await connections.putBeside(person('https://:secret@third:1/mlflow'));
    const kept = JSON.stringify([connections.instead, choice.beside, remembered.all, ids()]);
    assert.doesNotMatch(kept, /secret|me:/);
    assert.deepEqual(ids(), ['http://other:1', 'https://third:1/mlflow']);
  });

  it('make paths absolute, so that they mean the same in every window', async () => {
    await connections.use(person('runs'));
    assert.equal(connections.instead?.uri, '/project/runs');
  });

  it('say what is named, whatever was chosen', async () => {
    setting = { value: 'http://kim:s3cret@set:1', from: 'workspace' };
    await connections.use(person('http://other:1'));
    const named = [{ uri: 'http://set:1', origin: 'workspaceSetting', folders: [], beside: false }];
    assert.deepEqual(await connections.named(), named);
  });

  describe('that became ready', () => {
    it('are remembered with version and time, and whose word they were', async () => {
      setting = { value: 'http://kim:s3cret@set:1', from: 'workspace' };
      await openAll();
      const [first] = connections.remembered;
      assert.deepEqual(
        [first?.uri, first?.namedBy, first?.version],
        ['http://set:1', 'others', someServer.version],
      );
      assert.ok(Date.now() - (first?.usedAt ?? 0) < 60_000);
      await connections.forget('http://set:1');
      assert.deepEqual(connections.remembered, []);
    });

    it('are not before they did', async () => {
      await sessions.ensure();
      assert.deepEqual(connections.remembered, []);
    });

    it('stay the word of others when one of them is chosen', async () => {
      await connections.use({ uri: 'http://others:1', namedBy: 'others' });
      await openAll();
      assert.equal(sessions.all[0]?.found?.origin, 'chosenOfOthers');
      assert.equal(connections.remembered[0]?.namedBy, 'others');
    });

    const passing: Readonly<Record<string, string>> = {
      'a store in the folder for temporary files': '/scratch/a/mlruns',
      'a database whose password is elsewhere': 'postgresql://kim:s3cret@db/mlflow',
    };
    for (const [what, uri] of Object.entries(passing)) {
      it(`are not remembered: ${what}`, async () => {
        setting = { value: uri, from: 'user' };
        await openAll();
        assert.deepEqual([ids().length, connections.remembered], [1, []]);
      });
    }

    it('are not remembered: the server that is found anyhow', async () => {
      setting = { value: '', from: 'user' };
      answers = true;
      await openAll();
      assert.deepEqual([ids(), connections.remembered], [['http://127.0.0.1:5000'], []]);
    });

    it('are remembered: a store elsewhere, and a database that was chosen', async () => {
      setting = { value: '/data/mlruns', from: 'user' };
      await connections.putBeside(person('postgresql://db/mlflow'));
      await openAll();
      assert.deepEqual(connections.remembered.map(({ uri }) => uri).sort(), [
        '/data/mlruns',
        'postgresql://db/mlflow',
      ]);
    });
  });
});
