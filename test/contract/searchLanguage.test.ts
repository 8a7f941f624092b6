import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { MetricPoint } from '../../src/mlflow/model';
import { parseFilter } from '../../src/mlflow/search/parseFilter';
import { parseOrderBy } from '../../src/mlflow/search/parseOrderBy';
import { rowOrder } from '../../src/mlflow/search/rowOrder';
import { rowTest } from '../../src/mlflow/search/rowTest';
import type { RowOf, SearchDialect, SearchTarget } from '../../src/mlflow/search/searchDialect';
import { ensurePython } from '../../scripts/pythonEnvironment.mts';
import { runCommand } from '../../scripts/runCommand.mts';
import { sortedSets } from '../support/sortedSets';
import { makeSearchSpec, type SearchCase, type SearchSpec } from '../support/searchCases';

type Rows = { readonly [Target in SearchTarget]: readonly RowOf[Target][] };

/** What MLflow makes of a search: ids, its own refusal, or an error that is not its own. */
interface Found {
  readonly ids?: readonly string[];
  readonly refusal?: string;
  readonly failure?: string;
}

/** What searchOracle.py writes for one kind of store. */
interface Answers {
  readonly rows: Rows;
  readonly found: readonly Found[];
}

const isLong = process.env['MLFLOW_WORKBENCH_TESTS'] === 'long';
const size = isLong
  ? { runs: 10_000, runsInFolder: 1500, cases: 300 }
  : { runs: 1500, runsInFolder: 300, cases: 120 };
const seed = 20_240_607;
const where = { sql: 'a database', files: 'a folder' } as const;

for (const { name, version, environment } of [
  { name: '3.17.2', version: 3, environment: 'demo' },
  { name: '2.22.5', version: 2, environment: 'mlflow2' },
] as const) {
  describe(`the search language of MLflow ${name}`, function () {
    this.timeout(900_000);
    const spec: SearchSpec = makeSearchSpec(seed + version, size);
    let answers: Readonly<Record<'sql' | 'files', Answers>>;

    before(async () => {
      const directory = await mkdtemp(path.join(tmpdir(), 'mlflow-search-'));
      const [asked, answered] = ['spec.json', 'answers.json'].map((file) =>
        path.join(directory, file),
      );
      assert.ok(asked !== undefined && answered !== undefined);
      await writeFile(asked, JSON.stringify(spec));
      const python = await ensurePython(environment);
      await runCommand(python, [path.resolve('test/support/searchOracle.py'), asked, answered], {
        cwd: directory,
      });
      answers = JSON.parse(await readFile(answered, 'utf8'), revive) as typeof answers;
      await rm(directory, { recursive: true, force: true });
    });

    for (const store of ['sql', 'files'] as const) {
      const found = (one: SearchCase): Found => answers[store].found[spec.cases.indexOf(one)] ?? {};
      const ours = (one: SearchCase): Ours =>
        search(one, { target: one.target, version, store }, answers[store].rows);

      it(`finds the same rows in the same order as ${where[store]}`, () => {
        const taken = spec.cases.filter((one) => found(one).ids !== undefined);
        assert.ok(taken.length > size.cases / 3, `only ${taken.length} searches were taken`);
        for (const one of taken) {
          const result = ours(one);
          if ('ids' in result) {
            assert.deepEqual(result.ids, found(one).ids, JSON.stringify(one));
          } else if (!result.unclear) {
            // Folders look at a comparison only when a row has passed the ones before it.
            assert.ok(store === 'files', `${result.message}: ${JSON.stringify(one)}`);
            assert.deepEqual(found(one).ids, [], JSON.stringify(one));
          }
        }
      });

      it(`refuses in the same words what ${where[store]} refuses`, () => {
        const refused = spec.cases.filter((one) => found(one).ids === undefined);
        assert.ok(refused.length > size.cases / 8, `only ${refused.length} searches were refused`);
        for (const one of refused) {
          const { refusal, failure } = found(one);
          const result = ours(one);
          if (isOwnFault(found(one)) || ('unclear' in result && result.unclear)) {
            continue;
          }
          assert.ok('message' in result, `${refusal ?? failure} is taken: ${JSON.stringify(one)}`);
          // In folders, MLflow appends to filters for models, and quotes them so.
          if (refusal !== undefined && (store === 'sql' || !isRegistry(one.target))) {
            assert.equal(sortedSets(result.message), sortedSets(refusal), JSON.stringify(one));
          }
        }
      });

      it(`can judge nearly all that ${where[store]} is asked`, () => {
        const unclear = spec.cases.map(ours).filter((one) => 'unclear' in one && one.unclear);
        assert.ok(unclear.length < size.cases / 20, `${unclear.length} searches are unclear`);
      });
    }
  });
}

/** Doubles come as text. */
function revive(key: string, value: unknown): unknown {
  const isMetrics = key === 'metrics' && Array.isArray(value);
  return isMetrics ? value.map(metricOf) : (value ?? undefined);
}

function metricOf({ key, value }: { readonly key: string; readonly value: string }): MetricPoint {
  const number = Number(value.replace('inf', 'Infinity').replace('nan', 'NaN'));
  return { key, value: number, timestamp: 0, step: 0 };
}

type Ours =
  { readonly ids: readonly string[] } | { readonly message: string; readonly unclear: boolean };

function search<Target extends SearchTarget>(
  { filter, orderBy }: SearchCase,
  dialect: SearchDialect<Target>,
  rows: Rows,
): Ours {
  const orders = parseOrderBy(orderBy, dialect);
  const filtered = parseFilter(filter, dialect);
  const problem = filtered.kind !== 'filter' ? filtered : orders;
  if (filtered.kind !== 'filter' || orders.kind !== 'orders') {
    const isUnclear = problem.kind === 'unclear' || orders.kind === 'unclear';
    return { message: problem.kind === 'refused' ? problem.message : '', unclear: isUnclear };
  }
  const found = rows[dialect.target]
    .filter(rowTest(filtered.comparisons, dialect))
    .sort(rowOrder(orders.orders, dialect));
  return { ids: found.map(idOf) };
}

function idOf(row: RowOf[SearchTarget]): string {
  if ('version' in row) {
    return `${row.name}/${row.version}`;
  }
  return 'id' in row ? row.id : row.name;
}

function isRegistry(target: SearchTarget): boolean {
  return target === 'registeredModels' || target === 'modelVersions';
}

/** MLflow 2 cannot join datasets with anything else, and says so in the words of the database. */
function isOwnFault({ refusal, failure }: Found): boolean {
  return /no such column: anon_|which FROM clause to join from/.test(refusal ?? failure ?? '');
}
