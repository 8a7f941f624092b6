import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type MlflowServer, startMlflow } from '../../scripts/mlflowServer.mts';
import { ensurePython } from '../../scripts/pythonEnvironment.mts';
import { claimsFor } from '../../src/projects/claims';
import { readClaims } from '../../src/projects/sweepTags';
import { RestStore } from '../../src/stores/rest/restStore';
import { failure } from '../support/failure';
import { aRun, FakeStore } from '../support/fakeStore';

const never = new AbortController().signal;
const isLong = process.env['MLFLOW_WORKBENCH_LONG'] === '1';
const writers = 16;
const combinations = isLong ? 50 : 8;

/** Every writer claims everything; resolves to the winners of each combination. */
async function race(
  claimsOf: (claimant: string) => Promise<{
    claim(number: number, attempt: number, signal: AbortSignal): Promise<boolean>;
  }>,
): Promise<string[][]> {
  const winners = Array.from({ length: combinations }, (): string[] => []);
  const all = Array.from({ length: writers }, async (_, writer) => {
    const claimant = `writer ${writer}`;
    const claims = await claimsOf(claimant);
    for (const [number, won] of winners.entries()) {
      if (await claims.claim(number, 0, never)) won.push(claimant);
    }
  });
  await Promise.all(all);
  return winners;
}

const versions = [['3.17.2', 'demo'], ...(isLong ? [['2.22.5', 'mlflow2'] as const] : [])] as const;
for (const [version, environment] of versions) {
  describe(`claims of combinations on MLflow ${version} with SQLite`, function () {
    this.timeout(300_000);
    let directory: string;
    let server: MlflowServer;
    let store: RestStore;

    before(async () => {
      directory = await mkdtemp(path.join(tmpdir(), 'mlflow-claims-'));
      server = await startMlflow({ python: await ensurePython(environment), directory });
      store = new RestStore(server.url, () => undefined);
    });
    after(async () => {
      store.dispose();
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    });

    it('go to one of many writers that race, and the parent says to whom', async () => {
      const parent = await store.createRun('0', { name: 'p', startTime: 1, tags: [] }, never);
      const winners = await race((claimant) =>
        claimsFor({ store, parent, claimant, fileStoreFolder: undefined }, never),
      );
      const told = readClaims(await store.getRun(parent.id, never)).toSorted(
        (a, b) => a.number - b.number,
      );
      assert.deepEqual(
        winners,
        told.map(({ claimant }) => [claimant]),
      );
      assert.equal(told.length, combinations);
    });
  });
}

describe('claims of combinations on a store of files behind MLflow 2.22.5', function () {
  this.timeout(120_000);
  let directory: string;
  let server: MlflowServer;
  let store: RestStore;

  before(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'mlflow-claims-'));
    const python = await ensurePython('mlflow2');
    server = await startMlflow({ python, directory, backend: path.join(directory, 'mlruns') });
    store = new RestStore(server.url, () => undefined);
  });
  after(async () => {
    store.dispose();
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  });

  it('go to one of those that race, who looks again whether it is still theirs', async () => {
    const experimentId = await store.createExperiment('claims', never);
    const made = { name: 'p', startTime: 1, tags: [] };
    const parent = await store.createRun(experimentId, made, never);
    const claimants = ['a', 'b', 'c', 'd'];
    const all = await Promise.all(
      claimants.map((claimant) =>
        claimsFor({ store, parent, claimant, fileStoreFolder: undefined }, never),
      ),
    );
    for (const number of [0, 1, 2]) {
      const won = await Promise.all(all.map((claims) => claims.claim(number, 0, never)));
      const told = readClaims(await store.getRun(parent.id, never));
      assert.deepEqual(
        claimants.filter((_, place) => won[place]),
        told.filter((claim) => claim.number === number).map(({ claimant }) => claimant),
      );
    }
  });
});

describe('claims of combinations on a store of files', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'mlflow-claims-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** As MLflow's: whether a param is there is looked at long before it is written, so that the last writer wins. */
  class CarelessStore extends FakeStore {
    override async logParam(id: string, key: string, value: string): Promise<void> {
      await super.getRun(id, never);
      await new Promise((resolve) => setImmediate(resolve));
      const run = this.runs.find((one) => one.id === id);
      const others = run?.params.filter((param) => param.key !== key) ?? [];
      this.change(id, { params: [...others, { key, value }] });
    }
  }

  it('go to one writer all the same, by a file that only one can make', async () => {
    const store = new CarelessStore();
    const parent = aRun('p');
    store.runs = [parent];
    const winners = await race((claimant) =>
      claimsFor({ store, parent, claimant, fileStoreFolder: folder }, never),
    );
    const told = readClaims(await store.getRun('p', never)).toSorted((a, b) => a.number - b.number);
    assert.deepEqual(
      winners,
      told.map(({ claimant }) => [claimant]),
    );
    assert.equal(told.length, combinations);
  });

  it('are written down in the name of who made the file and ended before the param', async () => {
    const store = new FakeStore();
    const parent = aRun('p');
    store.runs = [parent];
    const fail = () => Promise.reject(new Error('killed'));
    const dying = Object.assign(Object.create(store) as FakeStore, { logParam: fail });
    const shared = { parent, fileStoreFolder: folder };
    const first = await claimsFor({ ...shared, store: dying, claimant: 'a' }, never);
    await assert.rejects(first.claim(3, 0, never), /killed/);
    const second = await claimsFor({ ...shared, store, claimant: 'b' }, never);
    assert.equal(await second.claim(3, 0, never), false);
    assert.deepEqual(readClaims(await store.getRun('p', never)), [
      { number: 3, attempt: 0, claimant: 'a' },
    ]);
  });

  it('are refused in one sentence where no file can be made', async () => {
    const store = new FakeStore();
    const parent = aRun('p');
    store.runs = [parent];
    const file = path.join(folder, 'mlruns');
    await writeFile(file, '');
    const place = { store, parent, claimant: 'a', fileStoreFolder: file };
    const { kind, reason, detail } = await failure(
      (await claimsFor(place, never)).claim(0, 0, never),
    );
    assert.deepEqual([kind, reason, detail.serverMessage], ['rejected', 'disk', 'ENOTDIR']);
    assert.deepEqual(parent.params, store.runs[0]?.params);
  });
});
