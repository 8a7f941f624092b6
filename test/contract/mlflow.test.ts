import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page, TrackingStore } from '../../src/mlflow/trackingStore';
import { type MlflowServer, startMlflow } from '../../scripts/mlflowServer.mts';
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
import { type Postgres, startPostgres } from '../support/postgres.mts';
import { type StoreDoor, storeDoors } from '../support/storeDoors';
import { describeDownloads } from './downloadCases';
import { describeExport } from './exportCases';
import { describeRegistry } from './registryCases';
import { describeSampledSeries } from './sampledSeriesCases';
import { describeSearches } from './searchCases';
import { describeWrites } from './writeCases';

const never = new AbortController().signal;
const servers = [
  { version: '3.17.2', environment: 'demo', mlflow3: true, database: 'SQLite' },
  { version: '3.17.2', environment: 'demo', mlflow3: true, database: 'PostgreSQL' },
  { version: '2.22.5', environment: 'mlflow2', mlflow3: false, database: 'SQLite' },
] as const;

for (const { version, environment, mlflow3, database } of servers) {
  describe(`a REST store on MLflow ${version} with ${database}`, function () {
    this.timeout(600_000);
    const doors = storeDoors();
    let directory: string;
    let python: string;
    let server: MlflowServer;
    let postgres: Postgres | undefined;
    /** What MLflow's own client reads from the same server. */
    let client: ClientView;

    const seed = (command: string, ...target: string[]): Promise<string> =>
      runCommand(python, ['test/support/seed.py', command, server.url, ...target]);

    before(async () => {
      python = await ensurePython(environment);
      directory = await mkdtemp(path.join(tmpdir(), 'mlflow-contract-'));
      postgres = database === 'PostgreSQL' ? await startPostgres() : undefined;
      server = await startMlflow({ python, directory, ...postgres?.mlflow });
      const file = path.join(directory, 'read.json');
      await seed('fill', ...(postgres === undefined ? [path.join(directory, 'mlflow.db')] : []));
      await seed('read', file);
      client = JSON.parse(await readFile(file, 'utf8')) as ClientView;
      await Promise.all(doors.map((door) => door.start()));
    });
    after(async () => {
      await Promise.all(doors.map((door) => door.close()));
      await server.stop();
      await postgres?.stop();
      await rm(directory, { recursive: true, force: true });
    });

    for (const door of doors) {
      describe(door.name, () => {
        let store: TrackingStore;
        before(() => {
          store = door.open(`${server.url}/#/experiments/1`);
        });
        after(() => store.dispose());

        it('knows what the server is', async () => {
          const info = await store.serverInfo(never);
          assert.deepEqual(info, {
            version,
            storeType: mlflow3 ? 'SqlStore' : undefined,
            uiUrl: server.url,
            can: {
              loggedModels: mlflow3,
              filterNull: mlflow3,
              pagedHistory: mlflow3,
              workspaces: false,
              artifactServing: true,
              watching: false,
            },
          });
        });

        it('reads the experiments that the client reads, page by page', async () => {
          const all = await everyPage((pageToken) =>
            store.searchExperiments({ view: 'all', maxResults: 2, pageToken }, never),
          );
          assert.deepEqual(all.map(experimentJson), client.experiments);
          const one = client.experiments[0]?.id ?? '';
          assert.deepEqual(
            experimentJson(await store.getExperiment(one, never)),
            client.experiments[0],
          );
        });

        it('tells active and deleted experiments and runs apart', async () => {
          const names = async (view: 'active' | 'deleted'): Promise<string[]> =>
            (await store.searchExperiments({ view, maxResults: 50 }, never)).items.map(
              ({ name }) => name,
            );
          assert.deepEqual(await names('deleted'), ['gone']);
          assert.ok(!(await names('active')).includes('gone'));
          const runs = await store.searchRuns(
            { experimentIds: experimentIds(client), view: 'deleted', maxResults: 50 },
            never,
          );
          assert.deepEqual(
            runs.items.map(({ name }) => name),
            ['deleted'],
          );
        });

        it('reads the runs that the client reads, bit for bit, page by page', async () => {
          const all = await everyPage((pageToken) =>
            store.searchRuns(
              { experimentIds: experimentIds(client), view: 'all', maxResults: 5, pageToken },
              never,
            ),
          );
          assert.equal(new Set(all.map(({ id }) => id)).size, client.runs.length);
          assert.deepEqual(byId(all.map(runJson)), byId(client.runs));
          const odd = await store.getRun(client.oddRunId, never);
          assert.deepEqual(
            runJson(odd),
            client.runs.find(({ id }) => id === odd.id),
          );
        });

        it('shows infinities and NaN where they were logged', async () => {
          const { metrics } = await store.getRun(client.oddRunId, never);
          const value = (key: string): number | undefined =>
            metrics.find((metric) => metric.key === key)?.value;
          assert.deepEqual(['nan', 'inf', '-inf', 'big'].map(value), [
            NaN,
            Infinity,
            -Infinity,
            1.7976931348623155e308,
          ]);
        });

        it('reads every history that the client reads, bit for bit', async () => {
          for (const [key, points] of Object.entries(client.histories)) {
            const history = await store.metricHistory(
              client.oddRunId,
              key,
              { maxPoints: 1e6 },
              never,
            );
            assert.deepEqual(metricHistoryJson(history), points.toSorted(), key);
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

        describeSampledSeries({ store: () => store, client: () => client, mlflow3 });

        it('lists the artifacts that the client lists', async () => {
          for (const [folder, files] of Object.entries(client.artifacts)) {
            const listing = await store.listArtifacts(
              { kind: 'run', runId: client.oddRunId },
              folder,
              never,
            );
            assert.deepEqual(
              listing.files.map(({ path, isDirectory, size }) => ({
                path,
                isDirectory,
                size: size ?? null,
              })),
              files,
            );
            assert.match(listing.rootUri, /^mlflow-artifacts:/);
          }
        });

        it('reads the registered models that the client reads, prompts left out', async () => {
          const all = await everyPage((pageToken) =>
            store.searchRegisteredModels({ maxResults: 1, pageToken }, never),
          );
          assert.deepEqual(all.map(modelJson), client.registeredModels);
          const [first] = client.registeredModels;
          const one = await store.getRegisteredModel(first?.name ?? '', never);
          assert.deepEqual(modelJson(one), first);
        });

        it('reads the model versions that the client reads', async () => {
          const all = await everyPage((pageToken) =>
            store.searchModelVersions(
              { filter: "name = 'CarSeat'", maxResults: 3, pageToken },
              never,
            ),
          );
          const expected = client.modelVersions.filter(({ name }) => name === 'CarSeat');
          assert.deepEqual(
            all.map(versionJson),
            expected.map((each) => ({ ...each, aliases: [] })),
          );
          const champion = await store.getModelVersion('CarSeat', '3', never);
          assert.deepEqual(
            versionJson(champion),
            expected.find(({ version: number }) => number === '3'),
          );
          assert.deepEqual(champion.aliases, ['champion']);
        });

        it('filters and sorts in the language of MLflow', async () => {
          const { items } = await store.searchRuns(
            {
              experimentIds: experimentIds(client),
              filter: "metrics.`anomaly cnt` > 0.9 and attributes.run_name LIKE 'run %'",
              orderBy: ['metrics.`anomaly cnt` DESC'],
              view: 'active',
              maxResults: 50,
            },
            never,
          );
          const values = items.map(({ metrics }) => metrics[0]?.value ?? NaN);
          assert.ok(values.length > 3);
          assert.deepEqual(
            values,
            values.toSorted((a, b) => b - a),
          );
          assert.ok(values.every((value) => value > 0.9));
        });

        it('passes on why a filter is refused', async () => {
          const error = await failure(
            store.searchRuns(
              {
                experimentIds: ['0'],
                filter: 'metrics.anomaly cnt > 1',
                view: 'all',
                maxResults: 1,
              },
              never,
            ),
          );
          assert.deepEqual([error.kind, error.reason], ['rejected', 'invalid']);
          assert.equal(error.detail.errorCode, 'INVALID_PARAMETER_VALUE');
          assert.match(error.detail.serverMessage ?? '', /Invalid clause\(s\) in filter string/);
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

        if (mlflow3) {
          it('reads the logged models that the client reads, and their files', async () => {
            const all = await everyPage((pageToken) =>
              store.searchLoggedModels(
                { experimentIds: experimentIds(client), maxResults: 1, pageToken },
                never,
              ),
            );
            assert.deepEqual(byId(all.map(loggedModelJson)), byId(client.loggedModels));
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
            const calls = [
              store.searchLoggedModels({ experimentIds: ['0'], maxResults: 1 }, never),
              store.getLoggedModel('m-1', never),
              store.listArtifacts({ kind: 'loggedModel', modelId: 'm-1' }, '', never),
            ];
            for (const error of await Promise.all(calls.map(failure))) {
              assert.deepEqual([error.kind, error.reason], ['unsupported', 'feature']);
              assert.equal(error.detail.serverMessage, 'MLflow 2.22.5');
            }
          });
        }
      });
    }

    for (const door of doors) {
      describe(`written to ${door.name}`, () => {
        let store: TrackingStore;
        before(() => {
          store = door.open(server.url);
        });
        describeWrites({ url: () => server.url, store: () => store });
        describeRegistry({ url: () => server.url, store: () => store, version });
      });
    }

    if (database === 'SQLite') {
      describe('exported', () =>
        describeExport(() => ({ url: server.url, python, directory, pandas: mlflow3 ? 3 : 2 })));

      describe('folders of artifacts', () => {
        let store: TrackingStore;
        before(() => {
          store = (doors[1] as StoreDoor).open(server.url);
        });
        describeDownloads(() => ({ url: server.url, store }));
      });
    }

    describe('searched', () => {
      let store: TrackingStore;
      before(() => {
        store = (doors[0] as StoreDoor).open(server.url);
      });
      describeSearches({
        url: () => server.url,
        store: () => store,
        foldsCase: database === 'PostgreSQL',
        nanIsZero: !mlflow3,
      });
    });

    // The database has no part in it, and another start takes its time.
    if (database === 'SQLite') {
      describe('behind a static prefix', () => {
        before(async () => {
          await server.stop();
          server = await startMlflow({ python, directory, staticPrefix: '/ml/flow' });
        });

        for (const door of doors) {
          it(`finds the API and the pages from the address in the browser, ${door.name}`, async () => {
            const store = door.open(`${server.url}/#/experiments/1`);
            const { items } = await store.searchRuns(
              { experimentIds: experimentIds(client), view: 'all', maxResults: 100 },
              never,
            );
            assert.equal(items.length, client.runs.length);
            const info = await store.serverInfo(never);
            assert.equal(info.version, version);
            assert.equal(info.uiUrl, server.url);
            const page = await fetch(`${info.uiUrl}/`);
            assert.match(await page.text(), /<html/);
            store.dispose();
          });
        }
      });
    }
  });
}

function experimentIds(client: ClientView): string[] {
  return client.experiments.map(({ id }) => id);
}

function byId<T extends { id: string }>(items: readonly T[]): T[] {
  return items.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

async function everyPage<T>(
  search: (pageToken: string | undefined) => Promise<Page<T>>,
): Promise<T[]> {
  const items: T[] = [];
  let token: string | undefined;
  do {
    const page = await search(token);
    items.push(...page.items);
    token = page.nextPageToken;
  } while (token !== undefined);
  return items;
}
