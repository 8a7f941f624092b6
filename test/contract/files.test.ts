import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page, RunQuery } from '../../src/mlflow/trackingStore';
import { FileStore } from '../../src/stores/files/fileStore';
import { ensurePython } from '../../scripts/pythonEnvironment.mts';
import { runCommand } from '../../scripts/runCommand.mts';
import * as view from '../support/clientView';
import { failure } from '../support/failure';
import { fileSearches } from '../support/fileSearches';
import { sortedSets } from '../support/sortedSets';

const never = new AbortController().signal;

type Client = Omit<view.ClientView, 'histories' | 'oddRunId'> & {
  readonly histories: readonly (readonly [
    run: string,
    key: string,
    points: ReturnType<typeof view.metricHistoryJson>,
  ])[];
  readonly artifactsOf: string;
  readonly answers: readonly {
    readonly pages?: readonly (readonly string[])[];
    readonly refusal?: string;
  }[];
};

for (const { version, environment, mlflow3 } of [
  { version: '3.17.2', environment: 'demo', mlflow3: true },
  { version: '2.22.5', environment: 'mlflow2', mlflow3: false },
] as const) {
  describe(`a store of files of MLflow ${version}`, function () {
    this.timeout(600_000);
    const searches = fileSearches(mlflow3);
    const said: string[] = [];
    let directory: string;
    let store: FileStore;
    let client: Client;
    let experimentIds: string[];

    before(async () => {
      const python = await ensurePython(environment);
      directory = await mkdtemp(path.join(tmpdir(), 'files-contract-'));
      const oracle = (command: string, ...rest: string[]): Promise<string> =>
        runCommand(
          python,
          [path.resolve('test/support/fileStores.py'), command, './mlruns', ...rest],
          { cwd: directory },
        );
      await oracle('fill', '20240607', '60');
      await writeFile(path.join(directory, 'asked.json'), JSON.stringify(searches));
      await oracle('read', 'asked.json', 'read.json');
      client = JSON.parse(await readFile(path.join(directory, 'read.json'), 'utf8')) as Client;
      experimentIds = client.experiments.map(({ id }) => id);
      store = new FileStore(path.join(directory, 'mlruns'), (line) => said.push(line));
    });
    after(async () => {
      store.dispose();
      await rm(directory, { recursive: true, force: true });
    });

    it('reads the experiments that the client reads, page by page', async () => {
      const all = await everyPage((pageToken) =>
        store.searchExperiments({ view: 'all', maxResults: 2, pageToken }, never),
      );
      assert.deepEqual(all.map(view.experimentJson), client.experiments);
      for (const experiment of client.experiments) {
        const read = await store.getExperiment(experiment.id, never);
        assert.deepEqual(view.experimentJson(read), experiment);
      }
    });

    it('reads the runs that the client reads, bit for bit, in the same order', async () => {
      const all = await everyPage((pageToken) =>
        store.searchRuns({ experimentIds, view: 'all', maxResults: 7, pageToken }, never),
      );
      assert.ok(all.length > 60);
      assert.deepEqual(all.map(view.fileRunJson), client.runs);
      const [first] = client.runs;
      assert.deepEqual(view.fileRunJson(await store.getRun(first?.id ?? '', never)), first);
    });

    it('finds what the client finds, on the same pages, and refuses in the same words', async () => {
      for (const [index, search] of searches.entries()) {
        const { pages, refusal } = client.answers[index] ?? {};
        const query = { view: 'all', maxResults: 1000, ...search, experimentIds } as const;
        if (pages === undefined) {
          const error = await failure(store.searchRuns(query, never));
          assert.equal(error.kind, 'rejected', JSON.stringify(search));
          const ours = sortedSets(error.detail.serverMessage ?? '');
          // The words are those of MLflow 3, whoever wrote the store.
          assert.ok(!mlflow3 || sortedSets(refusal ?? '').endsWith(ours), refusal);
        } else {
          assert.deepEqual(await pagesOf(store, query), pages, JSON.stringify(search));
        }
      }
      const found = client.answers.filter(({ pages }) => pages?.some((page) => page.length > 0));
      assert.ok(found.length > searches.length / 2, `only ${found.length} searches found anything`);
    });

    it('reads every history that the client reads, bit for bit, by step and time', async () => {
      assert.ok(client.histories.length > 60);
      for (const [run, key, points] of client.histories) {
        const history = await store.metricHistory(run, key, { maxPoints: 1e6 }, never);
        assert.deepEqual(
          view.metricHistoryJson(history, 'kept'),
          points.toSorted(),
          `${run} ${key}`,
        );
        const exact = history.exactSteps ?? history.steps;
        const isSorted = [...exact].every((step, at) => at === 0 || step >= (exact[at - 1] ?? 0));
        assert.ok(isSorted, `${run} ${key}`);
        assert.equal(history.complete, true);
      }
    });

    it('lists the artifacts that the client lists', async () => {
      for (const [folder, files] of Object.entries(client.artifacts)) {
        const listing = await store.listArtifacts(
          { kind: 'run', runId: client.artifactsOf },
          folder,
          never,
        );
        const listed = listing.files.map((entry) => ({ ...entry, size: entry.size ?? null }));
        assert.deepEqual(listed, files);
      }
    });

    it('reads the registered models that the client reads, prompts left out', async () => {
      const all = await everyPage((pageToken) =>
        store.searchRegisteredModels({ maxResults: 2, pageToken }, never),
      );
      assert.deepEqual(all.map(view.modelJson), client.registeredModels);
      for (const model of client.registeredModels) {
        const read = await store.getRegisteredModel(model.name, never);
        assert.deepEqual(view.modelJson(read), model);
      }
    });

    it('reads the model versions that the client reads', async () => {
      const all = await everyPage((pageToken) =>
        store.searchModelVersions({ maxResults: 5, pageToken }, never),
      );
      assert.deepEqual(
        all.map(view.versionJson),
        client.modelVersions.map((each) => ({ ...each, aliases: [] })),
      );
      for (const each of client.modelVersions) {
        const read = await store.getModelVersion(each.name, each.version, never);
        assert.deepEqual(view.versionJson(read), each);
      }
    });

    it('says that a thing is not there', async () => {
      const missing = [
        store.getRun('nosuch', never),
        store.getExperiment('987654', never),
        store.getRegisteredModel('nosuch', never),
        store.getModelVersion('CarSeat', '4', never),
        store.getLoggedModel('m-nosuch', never),
      ];
      for (const error of await Promise.all(missing.map(failure))) {
        assert.deepEqual([error.kind, error.reason], ['notFound', 'missing']);
      }
    });

    if (mlflow3) {
      it('reads the logged models that the client reads, and their files', async () => {
        const all = await everyPage((pageToken) =>
          store.searchLoggedModels({ experimentIds, maxResults: 1, pageToken }, never),
        );
        assert.equal(all.length, 2);
        assert.deepEqual(all.map(view.loggedModelJson), client.loggedModels);
        const seat = all.find(({ name }) => name === 'seat');
        const listing = await store.listArtifacts(
          { kind: 'loggedModel', modelId: seat?.id ?? '' },
          '',
          never,
        );
        assert.deepEqual(listing.files, [{ path: 'MLmodel', isDirectory: false, size: 12 }]);
      });
    }

    it('leaves nothing out and nothing behind', async () => {
      assert.deepEqual(said, []);
      const names = await readdir(directory);
      assert.deepEqual(names.toSorted(), ['asked.json', 'mlruns', 'read.json']);
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

async function pagesOf(store: FileStore, query: RunQuery): Promise<string[][]> {
  const pages: string[][] = [];
  let pageToken: string | undefined;
  do {
    const page = await store.searchRuns({ ...query, pageToken }, never);
    pages.push(page.items.map(({ id }) => id));
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
  return pages;
}
