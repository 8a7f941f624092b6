import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page, TrackingStore } from '../../src/mlflow/trackingStore';
import { SqliteStore } from '../../src/stores/sqlite/sqliteStore';
import { ensurePython } from '../../scripts/pythonEnvironment.mts';
import { runCommand } from '../../scripts/runCommand.mts';
import { failure } from '../support/failure';
import { type RandomSearch, randomSearches } from '../support/randomSearches';

const never = new AbortController().signal;
const isLong = process.env['MLFLOW_WORKBENCH_TESTS'] === 'long';
const size = isLong ? { runs: 10_000, searches: 300 } : { runs: 1500, searches: 120 };

/** What the client found: ids page by page, or why it refused. */
interface Answer {
  readonly pages?: readonly (readonly string[])[];
  readonly refusal?: string;
}

for (const [version, environment] of [
  ['3.17.2', 'demo'],
  ['2.22.5', 'mlflow2'],
] as const) {
  describe(`searching a SQLite store of MLflow ${version}`, function () {
    this.timeout(600_000);
    const searches = randomSearches(size.searches, 5);
    let directory: string;
    let store: TrackingStore;
    let answers: readonly Answer[];

    before(async () => {
      directory = await mkdtemp(path.join(tmpdir(), 'sqlite-search-'));
      const python = await ensurePython(environment);
      const oracle = (...what: string[]): Promise<string> =>
        runCommand(python, [path.resolve('test/support/sqliteOracle.py'), ...what], {
          cwd: directory,
        });
      await oracle('fill', 'mlflow.db', String(size.runs), '11');
      await writeFile(path.join(directory, 'q.json'), JSON.stringify(searches));
      await oracle('search', 'mlflow.db', 'q.json', 'a.json');
      answers = JSON.parse(await readFile(path.join(directory, 'a.json'), 'utf8')) as Answer[];
      store = new SqliteStore(path.join(directory, 'mlflow.db'), () => undefined);
    });
    after(async () => {
      store.dispose();
      await rm(directory, { recursive: true, force: true });
    });

    it('finds what the client finds, in the same order and on the same pages', async () => {
      for (const [index, search] of searches.entries()) {
        const { pages } = answers[index] ?? {};
        if (pages !== undefined) {
          assert.deepEqual(await pagesOf(store, search), pages, JSON.stringify(search));
        }
      }
      const found = answers.filter(({ pages = [] }) => pages.length > 0);
      assert.ok(found.length > size.searches / 3, `only ${found.length} searches found anything`);
    });

    it('refuses what the client refuses, in the same words', async () => {
      const refused = searches.filter((_, index) => answers[index]?.refusal !== undefined);
      assert.ok(refused.length > size.searches / 20, `only ${refused.length} were refused`);
      for (const search of refused) {
        const { refusal = '' } = answers[searches.indexOf(search)] ?? {};
        if (isOwnFault(refusal)) {
          continue;
        }
        const error = await failure(pagesOf(store, search));
        assert.equal(error.kind, 'rejected', JSON.stringify(search));
        const ours = error.detail.serverMessage ?? '';
        assert.equal(sortedSets(ours), sortedSets(refusal), JSON.stringify(search));
      }
    });
  });
}

/** MLflow 2 cannot join datasets with anything else, and says so in words that are not its own. */
function isOwnFault(refusal: string): boolean {
  return /no such column: anon_|Can't determine which FROM clause/.test(refusal);
}

/** Python writes sets in any order. */
function sortedSets(message: string): string {
  return message.replace(/\{([^{}]*)\}/g, (_, items: string) =>
    items.split(', ').sort().join(', '),
  );
}

async function pagesOf(store: TrackingStore, search: RandomSearch): Promise<string[][]> {
  const pages: string[][] = [];
  let pageToken: string | undefined;
  do {
    const page = await pageOf(store, search, pageToken);
    pages.push([...page.items]);
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
  return pages.filter((page) => page.length > 0);
}

async function pageOf(
  store: TrackingStore,
  search: RandomSearch,
  pageToken: string | undefined,
): Promise<Page<string>> {
  const query = { ...search, pageToken };
  const ids = <T>({ items, nextPageToken }: Page<T>, id: (item: T) => string): Page<string> => ({
    items: items.map(id),
    nextPageToken,
  });
  switch (search.target) {
    case 'runs':
      return ids(await store.searchRuns(query, never), ({ id }) => id);
    case 'experiments':
      return ids(await store.searchExperiments(query, never), ({ id }) => id);
    case 'registeredModels':
      return ids(await store.searchRegisteredModels(query, never), ({ name }) => name);
    case 'modelVersions':
      return ids(
        await store.searchModelVersions(query, never),
        ({ name, version }) => `${name} ${version}`,
      );
  }
}
