import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page, TrackingStore } from '../../src/mlflow/trackingStore';
import { SqliteStore } from '../../src/stores/sqlite/sqliteStore';
import { ensurePython } from '../../scripts/pythonEnvironment.mts';
import { runCommand } from '../../scripts/runCommand.mts';
import {
  type ClientView,
  experimentJson,
  loggedModelJson,
  metricHistoryJson,
  modelJson,
  runJson,
  versionJson,
} from '../support/clientView';
import { failure } from '../support/failure';

const never = new AbortController().signal;
const versions = [
  { version: '3.17.2', environment: 'demo', mlflow3: true },
  { version: '2.22.5', environment: 'mlflow2', mlflow3: false },
] as const;

for (const { version, environment, mlflow3 } of versions) {
  describe(`a SQLite store of MLflow ${version}`, function () {
    this.timeout(600_000);
    let directory: string;
    let file: string;
    let store: TrackingStore;
    let client: ClientView;

    before(async () => {
      const python = await ensurePython(environment);
      directory = await mkdtemp(path.join(tmpdir(), 'sqlite-contract-'));
      file = path.join(directory, 'mlflow.db');
      const seed = (command: string, ...target: string[]): Promise<string> =>
        runCommand(
          python,
          [path.resolve('test/support/seed.py'), command, `sqlite:///${file}`, ...target],
          { cwd: directory },
        );
      await seed('fill');
      await seed('read', 'read.json');
      const json = await readFile(path.join(directory, 'read.json'), 'utf8');
      client = JSON.parse(json) as ClientView;
      store = new SqliteStore(file, () => undefined);
    });
    after(async () => {
      store.dispose();
      await rm(directory, { recursive: true, force: true });
    });

    it('knows what the database can hold', async () => {
      assert.deepEqual(await store.serverInfo(never), {
        version: undefined,
        storeType: 'SqlStore',
        uiUrl: undefined,
        can: {
          loggedModels: mlflow3,
          filterNull: mlflow3,
          pagedHistory: true,
          workspaces: false,
          artifactServing: false,
          watching: true,
        },
      });
    });

    it('reads the experiments that the client reads, page by page', async () => {
      const all = await everyPage((pageToken) =>
        store.searchExperiments({ view: 'all', maxResults: 2, pageToken }, never),
      );
      assert.deepEqual(all.map(experimentJson), client.experiments);
      const [first] = client.experiments;
      assert.deepEqual(experimentJson(await store.getExperiment(first?.id ?? '', never)), first);
    });

    it('reads the runs that the client reads, bit for bit, in the same order', async () => {
      const experimentIds = client.experiments.map(({ id }) => id);
      const all = await everyPage((pageToken) =>
        store.searchRuns({ experimentIds, view: 'all', maxResults: 5, pageToken }, never),
      );
      assert.deepEqual(all.map(runJson), client.runs);
      const odd = await store.getRun(client.oddRunId, never);
      assert.deepEqual(
        runJson(odd),
        client.runs.find(({ id }) => id === odd.id),
      );
    });

    it('reads every history that the client reads, bit for bit', async () => {
      for (const [key, points] of Object.entries(client.histories)) {
        const limit = { maxPoints: 1e6 };
        const history = await store.metricHistory(client.oddRunId, key, limit, never);
        assert.deepEqual(metricHistoryJson(history), points.toSorted(), key);
        const sorted = history.steps.every(
          (step, at) => at === 0 || step >= (history.steps[at - 1] ?? 0),
        );
        assert.ok(sorted, key);
        assert.equal(history.complete, true);
      }
    });

    it('cuts a history at the limit and says so', async () => {
      const limit = { maxPoints: 100 };
      const history = await store.metricHistory(client.oddRunId, 'loss', limit, never);
      assert.equal(history.complete, false);
      assert.deepEqual(
        [...history.steps],
        Array.from({ length: 100 }, (_, step) => step),
      );
    });

    it('lists the artifacts that the client lists', async () => {
      for (const [folder, files] of Object.entries(client.artifacts)) {
        const listing = await store.listArtifacts(
          { kind: 'run', runId: client.oddRunId },
          folder,
          never,
        );
        const listed = listing.files.map((entry) => ({ ...entry, size: entry.size ?? null }));
        assert.deepEqual(listed, files);
      }
    });

    it('reads the registered models that the client reads, prompts left out', async () => {
      const all = await everyPage((pageToken) =>
        store.searchRegisteredModels({ maxResults: 1, pageToken }, never),
      );
      assert.deepEqual(all.map(modelJson), client.registeredModels);
      const [first] = client.registeredModels;
      assert.deepEqual(modelJson(await store.getRegisteredModel(first?.name ?? '', never)), first);
    });

    it('reads the model versions that the client reads', async () => {
      const all = await everyPage((pageToken) =>
        store.searchModelVersions({ maxResults: 3, pageToken }, never),
      );
      assert.deepEqual(
        all.map(versionJson),
        client.modelVersions.map((each) => ({ ...each, aliases: [] })),
      );
      assert.deepEqual(
        versionJson(await store.getModelVersion('CarSeat', '3', never)),
        client.modelVersions.find((each) => each.name === 'CarSeat' && each.version === '3'),
      );
    });

    it('says that a thing is not there', async () => {
      const missing = [
        store.getRun('nosuch', never),
        store.getExperiment('987654', never),
        store.getRegisteredModel('nosuch', never),
        store.getModelVersion('CarSeat', '99', never),
      ];
      for (const error of await Promise.all(missing.map(failure))) {
        assert.deepEqual([error.kind, error.reason], ['notFound', 'missing']);
      }
    });

    it('refuses to change anything', async () => {
      const error = await failure(store.renameRun(client.oddRunId, 'other', never));
      assert.deepEqual([error.kind, error.reason], ['unsupported', 'feature']);
    });

    if (mlflow3) {
      it('reads the logged models that the client reads, and their files', async () => {
        const experimentIds = client.experiments.map(({ id }) => id);
        const all = await everyPage((pageToken) =>
          store.searchLoggedModels({ experimentIds, maxResults: 1, pageToken }, never),
        );
        assert.deepEqual(all.map(loggedModelJson), client.loggedModels);
        const seat = all.find(({ name }) => name === 'seat');
        const listing = await store.listArtifacts(
          { kind: 'loggedModel', modelId: seat?.id ?? '' },
          '',
          never,
        );
        assert.deepEqual(listing.files, [{ path: 'MLmodel', isDirectory: false, size: 12 }]);
      });
    } else {
      it('says that MLflow 2 has no logged models', async () => {
        const query = { experimentIds: ['0'], maxResults: 1 };
        const error = await failure(store.searchLoggedModels(query, never));
        assert.deepEqual([error.kind, error.reason], ['unsupported', 'feature']);
      });
    }

    it('leaves nothing beside the database', async () => {
      const names = await readdir(directory);
      assert.deepEqual(names.toSorted(), ['mlflow.db', 'mlruns', 'read.json']);
    });
  });
}

async function everyPage<T>(search: (token: string | undefined) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  let token: string | undefined;
  do {
    const page = await search(token);
    items.push(...page.items);
    token = page.nextPageToken;
  } while (token !== undefined);
  return items;
}
