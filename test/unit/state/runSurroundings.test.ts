import assert from 'node:assert/strict';
import { MlflowError } from '../../../src/mlflow/errors';
import type { LoggedModel, Run } from '../../../src/mlflow/model';
import { RunSurroundings } from '../../../src/state/runSurroundings';
import { aChild, aRun, FakeStore } from '../../support/fakeStore';
import { settled } from './comparisonFixture';

describe('what stands around a run', () => {
  let store: FakeStore;
  let around: RunSurroundings;
  let time: number;

  beforeEach(() => {
    store = new FakeStore();
    store.runs = Array.from({ length: 30 }, (_, index) => aChild(`c${index}`, 'p'));
    time = 0;
    around = new RunSurroundings({ session: undefined, ask: (work) => work(store) }, () => time);
  });

  afterEach(() => around.dispose());

  const live = (changes: Partial<Run> = {}): Run => aRun('p', { status: 'RUNNING', ...changes });
  const asked = (): number => store.calls.length;

  it('has children, few at a time and a hundred at most', async () => {
    store.runs = Array.from({ length: 130 }, (_, index) => aChild(`c${index}`, 'p'));
    await around.read(live());
    const { children } = around;
    assert.ok(children.kind === 'ready');
    assert.deepEqual([children.value.runs.length, children.value.hasMore], [100, true]);
    const sizes = store.callsOf('searchRuns').map(({ query }) => query.maxResults);
    assert.deepEqual(sizes, [20, 20, 20, 20, 20]);
  });

  it('is asked for again only once it may be otherwise', async () => {
    await around.read(live());
    const once = asked();
    time = 20_000;
    await around.read(live({ metrics: [{ key: 'm', value: 1, timestamp: 1, step: 1 }] }));
    assert.equal(asked(), once);
    await around.read(live({ status: 'FINISHED' }));
    assert.equal(asked(), 2 * once);
    await around.readAgain(live({ status: 'FINISHED' }));
    assert.equal(asked(), 3 * once);
    time = 50_000;
    await around.read(live({ status: 'FINISHED' }));
    assert.equal(asked(), 4 * once);
  });

  it('is asked for again where there was no answer, and not where there was a refusal', async () => {
    store.before = ({ method }) => {
      if (method === 'searchRuns') throw new MlflowError('unreachable', 'cut');
    };
    await around.read(live());
    assert.equal(around.children.kind, 'failed');
    store.before = ({ method }) => {
      if (method === 'searchModelVersions') throw new MlflowError('rejected', 'invalid');
    };
    await around.read(live());
    assert.deepEqual([around.children.kind, around.models.kind], ['ready', 'failed']);
    const before = asked();
    await around.read(live());
    assert.equal(asked(), before);
  });

  it('asks for four logged models at a time', async () => {
    let open = 0;
    let mostOpen = 0;
    store.getLoggedModel = (async (id: string): Promise<LoggedModel> => {
      open++;
      mostOpen = Math.max(mostOpen, open);
      await settled();
      open--;
      return { id } as LoggedModel;
    }) as unknown as FakeStore['getLoggedModel'];
    const modelOutputs = Array.from({ length: 9 }, (_, at) => ({ modelId: `m${at}`, step: 0 }));
    await around.read(live({ modelOutputs }));
    const { models } = around;
    assert.deepEqual([models.kind === 'ready' && models.value.logged.length, mostOpen], [9, 4]);
  });

  it('is given up where nobody looks, and asked for by whoever looks again', async () => {
    const held: (() => void)[] = [];
    store.before = () => new Promise((resolve) => void held.push(resolve));
    const first = around.read(live());
    await settled();
    around.pause();
    const before = asked();
    assert.ok(store.calls.every(({ signal }) => signal.aborted));
    store.before = () => undefined;
    const second = around.read(live());
    assert.ok(asked() > before);
    held.forEach((go) => go());
    await Promise.all([first, second]);
    assert.equal(around.children.kind, 'ready');
  });
});
