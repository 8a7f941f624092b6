import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { abortError } from '../../../src/base/abortError';
import { Session } from '../../../src/state/session';
import { aModel, anExperiment, aRun, FakeStore, someServer } from '../../support/fakeStore';
import { MemoryInMemory } from './memoryInMemory';

async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('a session with a store that tells when it has changed', () => {
  let store: FakeStore;
  let session: Session;
  let interval: number;
  let told: string[];

  beforeEach(async () => {
    mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 });
    store = new FakeStore();
    store.experiments = [anExperiment('1'), anExperiment('2')];
    store.runs = [aRun('done')];
    store.models = [aModel('CarSeat')];
    interval = 10;
    told = [];
    session = new Session({
      id: 's',
      name: 's',
      open: () =>
        Promise.resolve({
          name: 's',
          store,
          registry: store,
          info: { ...someServer, can: { ...someServer.can, watching: true } },
          isLost: () => false,
          dispose: () => store.dispose(),
        }),
      memory: new MemoryInMemory(),
      pageSize: () => 100,
      refreshInterval: () => interval,
    });
    session.setVisible(true);
    await session.connection.ensure();
    await session.experiments?.list.ensure();
    await session.models?.list.ensure();
    session.setExpanded('1', true);
    await session.experiments?.runs('1').list.ensure();
    await settled();
    // It begins with reading, since something may have changed before.
    mock.timers.tick(200);
    await settled();
    session.experiments?.onDidChange((change) => told.push(change.kind));
    session.models?.onDidChange((change) => told.push(change.kind));
  });

  afterEach(() => {
    session.dispose();
    mock.timers.reset();
  });

  const change = async (): Promise<void> => {
    store.hasChanged();
    await settled();
  };
  const waits = (): number => store.callsOf('nextChange').length;

  it('shows a new run at once, although nothing was running', async () => {
    store.runs = [aRun('new', { status: 'RUNNING' }), ...store.runs];
    await change();
    assert.deepEqual(
      session.experiments?.runs('1').list.items.map(({ id }) => id),
      ['new', 'done'],
    );
    assert.deepEqual(told, ['runs']);
  });

  it('shows new experiments and models', async () => {
    store.experiments = [anExperiment('3'), ...store.experiments];
    store.models = [...store.models, aModel('Wine')];
    await change();
    assert.deepEqual(told.sort(), ['experiments', 'models']);
    assert.equal(session.experiments?.experiment('3')?.id, '3');
  });

  it('draws nothing where nothing in sight is different', async () => {
    await change();
    assert.deepEqual(told, []);
  });

  it('reads many changes together, and waits for the next one', async () => {
    await change();
    const before = waits();
    store.hasChanged();
    await settled();
    assert.equal(waits(), before);
    mock.timers.tick(200);
    await settled();
    assert.equal(waits(), before + 1);
  });

  it('waits for changes of what is expanded', async () => {
    session.setExpanded('2', true);
    await settled();
    mock.timers.tick(200);
    await settled();
    assert.deepEqual(store.callsOf('nextChange').at(-1)?.query.experimentIds, ['1', '2']);
  });

  it('reads what changed while an experiment was collapsed', async () => {
    session.setExpanded('1', false);
    store.runs = [aRun('new', { status: 'RUNNING' }), ...store.runs];
    await change();
    told.length = 0;
    session.setExpanded('1', true);
    await settled();
    assert.deepEqual(told, ['runs']);
  });

  it('shows that a model was taken away beyond the first page', async () => {
    store.models = Array.from({ length: 300 }, (_, index) => aModel(`model ${index}`));
    await session.models?.reload();
    await session.models?.list.more();
    assert.equal(session.models?.list.size, 300);
    store.models = store.models.filter(({ name }) => name !== 'model 250' && name !== 'model 1');
    await change();
    assert.equal(session.models?.list.size, 298);
  });

  it('asks again and again only where something has changed', async () => {
    store.runs = [aRun('new', { status: 'RUNNING' }), ...store.runs];
    await change();
    mock.timers.tick(200);
    await settled();
    store.calls.length = 0;
    mock.timers.tick(1_000_000);
    await settled();
    assert.deepEqual(store.calls, []);
  });

  for (const [when, stop] of Object.entries({
    'the view is hidden': () => session.setVisible(false),
    'refreshing is switched off': () => {
      interval = 0;
      session.restartRefreshing();
    },
    'it is closed': () => session.dispose(),
  })) {
    it(`rests once ${when}`, async () => {
      const last = store.callsOf('nextChange').at(-1);
      stop();
      await settled();
      assert.equal(last?.signal.aborted, true);
      const before = waits();
      mock.timers.tick(1_000_000);
      await settled();
      assert.equal(waits(), before);
    });
  }

  it('goes on although somebody who follows gives up', async () => {
    let givesUp = true;
    session.follow({
      experimentIds: () => ['2'],
      refresh: () => (givesUp ? Promise.reject(abortError()) : Promise.resolve()),
    });
    await settled();
    givesUp = false;
    const before = waits();
    mock.timers.tick(400);
    await settled();
    mock.timers.tick(200);
    await settled();
    assert.equal(waits(), before + 1);
  });

  it('waits longer and longer while it cannot tell', async () => {
    store.before = ({ method }) => {
      if (method === 'nextChange') {
        throw new Error('no');
      }
    };
    await change();
    mock.timers.tick(200);
    await settled();
    const before = waits();
    mock.timers.tick(300);
    await settled();
    assert.equal(waits(), before);
    mock.timers.tick(100);
    await settled();
    assert.equal(waits(), before + 1);
  });
});
