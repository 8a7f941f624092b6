import assert from 'node:assert/strict';
import { MlflowError } from '../../../src/mlflow/errors';
import type { ArtifactListing, ArtifactOwner } from '../../../src/mlflow/model';
import type { TrackingStore } from '../../../src/mlflow/trackingStore';
import { registryElsewhere } from '../../../src/state/registryElsewhere';
import { aRun, aVersion, FakeStore } from '../../support/fakeStore';

const owner: ArtifactOwner = { kind: 'version', name: 'seat', version: '4' };
const { signal } = new AbortController();

type Files = Readonly<Record<string, readonly string[]>>;

/** A store that lists what it has by owner and folder, and remembers what it was asked for. */
function holder(files: Files) {
  const asked: string[] = [];
  const listArtifacts = (of: ArtifactOwner, path: string): Promise<ArtifactListing> => {
    const key = `${of.kind} ${path}`;
    asked.push(key);
    const found = files[key]?.map((name) => ({ path: name, isDirectory: false, size: 1 }));
    return found === undefined
      ? Promise.reject(new MlflowError('notFound', 'missing'))
      : Promise.resolve({ rootUri: 'x', files: found });
  };
  return Object.assign(new FakeStore(), { asked, listArtifacts });
}

describe('a registry of its own', () => {
  let store: ReturnType<typeof holder>;
  let registry: ReturnType<typeof holder>;
  let both: TrackingStore;

  function made(inStore: Files, inRegistry: Files = {}): void {
    store = holder(inStore);
    registry = holder(inRegistry);
    both = registryElsewhere(registry, store);
  }

  const list = async (path: string): Promise<readonly string[]> =>
    (await both.listArtifacts(owner, path, signal)).files.map((file) => file.path);

  it('has the files of its versions from the runs of the tracking server, named as below the version', async () => {
    made({ 'run model': ['model/MLmodel'], 'run model/data': ['model/data/x.bin'] });
    registry.versions = [aVersion('seat', '4', { source: 'runs:/x/model' })];
    assert.deepEqual(await list(''), ['MLmodel']);
    assert.deepEqual(await list('data'), ['data/x.bin']);
    assert.deepEqual(registry.asked, []);
  });

  it('knows the run by where its artifacts lie', async () => {
    made({ 'run model': ['model/MLmodel'] });
    const source = 'mlflow-artifacts:/1/x/artifacts/model';
    registry.versions = [aVersion('seat', '4', { source, runId: 'x' })];
    store.runs = [aRun('x', { artifactUri: 'mlflow-artifacts:/1/x/artifacts' })];
    assert.deepEqual(await list(''), ['MLmodel']);
  });

  it('asks the registry for what the tracking server does not have', async () => {
    made({}, { 'version ': ['MLmodel'] });
    registry.versions = [aVersion('seat', '4', { source: 'runs:/x/model' })];
    assert.deepEqual(await list(''), ['MLmodel']);
    registry.versions = [aVersion('seat', '4', { source: 's3://elsewhere/model' })];
    assert.deepEqual(await list(''), ['MLmodel']);
    assert.deepEqual(store.asked, ['run model']);
  });

  it('says what the tracking server said where neither has them', async () => {
    made({});
    registry.versions = [aVersion('seat', '4', { source: 'runs:/x/model' })];
    await assert.rejects(list(''), { kind: 'notFound' });
    assert.deepEqual([store.asked, registry.asked], [['run model'], ['version ']]);
  });

  it('leaves everything else to the registry', async () => {
    made({});
    registry.versions = [aVersion('seat', '4')];
    assert.equal((await both.getModelVersion('seat', '4', signal)).version, '4');
  });
});
