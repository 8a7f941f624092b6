import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { MlflowError } from '../../../src/mlflow/errors';
import type { ArtifactStream } from '../../../src/mlflow/trackingStore';
import { RequestQueue } from '../../../src/state/requestQueue';
import { VersionReader } from '../../../src/state/versionReader';
import { aModel, aRun, aVersion, type FakeStore } from '../../support/fakeStore';
import { ComparisonFixture, settled } from './comparisonFixture';

describe('VersionReader', () => {
  let fixture: ComparisonFixture;
  let store: FakeStore;
  let reader: VersionReader;
  let told: number;

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 });
    fixture = new ComparisonFixture();
    store = fixture.storeOf();
    store.runs = [aRun('x')];
    store.models = [aModel('seat')];
    store.versions = [aVersion('seat', '4', { runId: 'x', aliases: ['champion'] })];
    store.openArtifact = (() =>
      Promise.resolve(streamOf('flavors: {}'))) as unknown as typeof store.openArtifact;
    told = 0;
    reader = newReader();
  });

  function newReader(more: { readonly readsModel?: boolean } = {}): VersionReader {
    const made = new VersionReader({
      sessions: fixture.sessions,
      place: { connection: 'a', name: 'seat', version: '4' },
      queue: new RequestQueue({ all: 4, long: 4 }),
      refreshInterval: () => 10,
      ...more,
    });
    made.onDidChange(() => told++);
    made.setVisible(true);
    return made;
  }

  afterEach(() => {
    reader.dispose();
    fixture.dispose();
    mock.timers.reset();
  });

  const reads = (): number => store.callsOf('getModelVersion').length;
  const text = (): string => {
    const { file } = reader.entry;
    return file.kind === 'ready' ? new TextDecoder().decode(file.value) : file.kind;
  };

  it('reads the version, its run and its file, and asks nobody before it begins', async () => {
    await settled();
    assert.deepEqual([reads(), reader.entry.standing.kind], [0, 'loading']);
    await reader.begin();
    const { entry } = reader;
    assert.deepEqual(entry.version?.aliases, ['champion']);
    assert.equal(entry.run.kind === 'ready' && entry.run.value?.experimentName, 'experiment 1');
    assert.deepEqual([entry.logged, text()], [{ kind: 'ready', value: undefined }, 'flavors: {}']);
  });

  it('keeps the version where its run or its file cannot be read', async () => {
    store.before = ({ method }) => {
      if (method === 'getRun') throw new MlflowError('unauthorized', 'forbidden');
    };
    store.openArtifact = () => Promise.reject(new MlflowError('unsupported', 'artifacts'));
    await reader.begin();
    const { standing, run, file } = reader.entry;
    assert.deepEqual([standing.kind, run.kind, file.kind], ['ready', 'failed', 'failed']);
  });

  it('knows a version that was deleted meanwhile from one that cannot be read', async () => {
    await reader.begin();
    store.before = ({ method }) => {
      if (method === 'getModelVersion') throw new MlflowError('unreachable', 'refused');
    };
    await reader.retry();
    assert.equal(reader.entry.standing.kind, 'failed');
    store.before = () => undefined;
    store.versions = [];
    await reader.retry();
    assert.equal(reader.entry.standing.kind, 'gone');
    assert.equal(reader.entry.version?.version, '4');
  });

  it('reads again after a reading that is under way', async () => {
    const first = reader.begin();
    await reader.retry();
    await first;
    assert.deepEqual([reader.entry.standing.kind, reads()], ['ready', 2]);
  });

  it('reads again when the lists of the view say something else of it, once it is seen', async () => {
    await reader.begin();
    const models = fixture.sessions.get('a')!.models!;
    await models.versions('seat').ensure();
    await reader.begin();
    await settled();
    reader.setVisible(false);
    const before = reads();
    models.apply(
      'seat',
      (model) => model,
      (version) => ({ ...version, stage: 'Production' }),
    );
    await settled();
    assert.equal(reads(), before);
    reader.setVisible(true);
    await settled();
    assert.equal(reads(), before + 1);
    models.apply('seat', (model) => model);
    await settled();
    assert.equal(reads(), before + 1);
  });

  it('reads again after a change of ours, although the view never listed its model', async () => {
    await reader.begin();
    await settled();
    const before = reads();
    fixture.sessions.get('a')!.models!.apply('seat', (model) => model);
    await settled();
    assert.equal(reads(), before + 1);
    fixture.sessions.get('a')!.models!.apply('bike', (model) => model);
    await settled();
    assert.equal(reads(), before + 1);
  });

  it('knows the model too where that is asked for, and follows it', async () => {
    reader.dispose();
    reader = newReader({ readsModel: true });
    await reader.begin();
    const { model } = reader.entry;
    assert.equal(model.kind === 'ready' && model.value.name, 'seat');
    const models = fixture.sessions.get('a')!.models!;
    await models.list.ensure();
    await settled();
    const before = store.callsOf('getRegisteredModel').length;
    models.apply('seat', (was) => ({ ...was, aliases: [{ alias: 'production', version: '3' }] }));
    await settled();
    assert.equal(store.callsOf('getRegisteredModel').length, before + 1);
  });

  it('keeps the version where its model cannot be read', async () => {
    reader.dispose();
    reader = newReader({ readsModel: true });
    store.before = ({ method }) => {
      if (method === 'getRegisteredModel') throw new MlflowError('unauthorized', 'forbidden');
    };
    await reader.begin();
    assert.deepEqual([reader.entry.standing.kind, reader.entry.model.kind], ['ready', 'failed']);
  });

  it('takes a logged model from the source where the registry does not name it', async () => {
    store.versions = [aVersion('seat', '4', { source: 'models:/m-1' })];
    const asked: string[] = [];
    store.getLoggedModel = ((id: string) => {
      asked.push(id);
      return Promise.reject(new MlflowError('notFound', 'missing'));
    }) as unknown as typeof store.getLoggedModel;
    await reader.begin();
    assert.deepEqual([asked, reader.entry.version?.modelId], [['m-1'], 'm-1']);
  });

  it('looks again at a version that is being registered until it is ready', async () => {
    store.versions = [aVersion('seat', '4', { status: 'PENDING_REGISTRATION' })];
    await reader.begin();
    await settled();
    mock.timers.tick(10_000);
    await settled();
    assert.equal(reads(), 2);
    store.versions = [aVersion('seat', '4')];
    mock.timers.tick(10_000);
    await settled();
    assert.equal(reader.entry.version?.status, 'READY');
    mock.timers.tick(100_000);
    await settled();
    assert.equal(reads(), 3);
  });

  it('tells only of what is otherwise', async () => {
    await reader.begin();
    await settled();
    const before = told;
    mock.timers.tick(20_000);
    await reader.begin();
    assert.deepEqual([reads(), told], [2, before]);
  });
});

/** The bytes of a text, at once. */
function streamOf(text: string): ArtifactStream {
  let piece: Uint8Array<ArrayBuffer> | undefined = new TextEncoder().encode(text);
  return {
    size: piece.length,
    from: 0,
    validator: undefined,
    read: () => {
      const next = piece;
      piece = undefined;
      return Promise.resolve(next);
    },
    close: () => undefined,
  };
}
