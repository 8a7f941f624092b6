import assert from 'node:assert/strict';
import type { ConnectionFacts } from '../../../src/mlflow/connectionFacts';
import { MlflowError } from '../../../src/mlflow/errors';
import type { Run } from '../../../src/mlflow/model';
import { buildRunForest } from '../../../src/mlflow/runForest';
import { everyRun, type RunSelection } from '../../../src/state/runSelection';
import {
  connectionRow,
  experimentRow,
  failedConnection,
  framed,
  modelRow,
  rowsOfRun,
  runRows,
  valueRows,
  valuesPerPage,
  type ListView,
  type RunsView,
} from '../../../src/tree/children';
import {
  sameNode,
  type GroupNode,
  type RunNode,
  type TreeNode,
  type ValueGroup,
} from '../../../src/tree/node';
import { aChild, aModel, anExperiment, aRun } from '../../support/fakeStore';
const failure = new MlflowError('unreachable', 'refused');
const experiment = anExperiment('1');
const colorOf = (runId: string): number => runId.length;

function list(changes: Partial<ListView> = {}): ListView {
  return {
    size: 1,
    error: undefined,
    failedReadingOn: false,
    loadedAt: 7000,
    hasMore: false,
    ...changes,
  };
}

/** Runs as the state would show them. */
function view(
  runs: readonly Run[],
  changes: {
    list?: ListView;
    selection?: Partial<RunSelection>;
    placeholders?: string[];
    watched?: string[];
  } = {},
): RunsView {
  const forest = buildRunForest(runs, () => null);
  return {
    list: changes.list ?? list({ size: runs.length }),
    forest,
    selection: { ...everyRun, ...changes.selection },
    run: (id) => runs.find((run) => run.id === id),
    isPlaceholder: (id) => changes.placeholders?.includes(id) ?? false,
    isWatched: (id) => changes.watched?.includes(id) ?? false,
    childIds: (id) => forest.childrenOf.get(id) ?? [],
  };
}

function kinds(rows: readonly TreeNode[]): string {
  return rows.map(({ kind }) => kind).join(' ');
}

function ids(rows: readonly TreeNode[]): string {
  return rows.map(({ id }) => id).join(' ');
}

function runNodes(rows: readonly TreeNode[]): readonly RunNode[] {
  return rows.filter((row) => row.kind === 'run');
}

describe('framed', () => {
  const rows = [modelRow(aModel('a'), 'production')];
  const of = { list: 'models' } as const;

  it('leaves a whole list as it is', () => {
    assert.deepEqual(framed(of, list(), rows), rows);
  });

  it('says why a list is empty, where there is something to say', () => {
    assert.deepEqual(framed(of, list(), [], 'noRuns'), [
      { kind: 'empty', id: 'empty:models', why: 'noRuns' },
    ]);
    assert.deepEqual(framed(of, list(), []), []);
  });

  it('offers more at the end', () => {
    const [, more] = framed(of, list({ hasMore: true, size: 100 }), rows);
    assert.deepEqual(more, { kind: 'loadMore', id: 'more:models:100', of, loaded: 100 });
  });

  it('offers more of a page that came empty', () => {
    assert.equal(kinds(framed(of, list({ hasMore: true, size: 0 }), [], 'noRuns')), 'loadMore');
  });

  it('shows a failure alone where there are no rows', () => {
    const rowsOf = framed(of, list({ error: failure, loadedAt: undefined }), [], 'noRuns');
    assert.deepEqual(rowsOf, [
      { kind: 'error', id: 'error:models', of, error: failure, rowsFrom: undefined },
    ]);
  });

  it('shows a failed refresh above the rows that stay, and when they were read', () => {
    const rowsOf = framed(of, list({ error: failure, hasMore: true }), rows);
    assert.equal(kinds(rowsOf), 'error model loadMore');
    assert.equal(rowsOf[0]?.kind === 'error' && rowsOf[0].rowsFrom, 7000);
  });

  it('shows failed reading on at the end, in the place of more', () => {
    const failed = list({ error: failure, failedReadingOn: true, hasMore: true });
    assert.equal(kinds(framed(of, failed, rows)), 'model error');
  });

  it('gives every list rows of its own', () => {
    const lists = [
      { list: 'experiments' },
      { list: 'models' },
      { list: 'runs', experimentId: '1' },
      { list: 'children', experimentId: '1', runId: '1' },
      { list: 'versions', modelName: '1' },
      { list: 'values', groupId: '1' },
    ] as const;
    const rowIds = lists.flatMap((key) =>
      framed(key, list({ error: failure, hasMore: true }), []).map(({ id }) => id),
    );
    assert.equal(new Set(rowIds).size, lists.length * 2);
  });
});

describe('failedConnection', () => {
  it('is a row that can be retried', () => {
    const row = failedConnection(failure);
    assert.deepEqual([row.kind, row.of, row.error], ['error', { list: 'connection' }, failure]);
  });
});

describe('connectionRow', () => {
  const facts: ConnectionFacts = {
    name: 'http://host:5000',
    state: 'ready',
    error: undefined,
    version: '3.17.2',
    storeType: undefined,
    account: undefined,
    insecure: false,
    answeredAt: undefined,
    found: { origin: 'chosen', folders: ['/a'], beside: true },
  };

  it('says how the connection stands, whose it is and that it can be closed', () => {
    const row = connectionRow('http://host:5000', facts, true);
    assert.deepEqual(
      [row.id, row.standing, row.folders, row.beside, row.open],
      ['connection:http://host:5000', 'ready', ['/a'], true, true],
    );
    const error = new MlflowError('unreachable', 'cut');
    assert.equal(connectionRow('http://host:5000', { ...facts, error }, true).standing, 'ailing');
  });

  it('is drawn alike as long as nothing of it changes, found or not', () => {
    const row = (changes: Partial<ConnectionFacts>): TreeNode =>
      connectionRow('a', { ...facts, ...changes }, false);
    assert.ok(sameNode(row({}), row({ answeredAt: 5, account: 'kim' })));
    assert.ok(sameNode(row({ found: undefined }), row({ found: undefined })));
    assert.ok(!sameNode(row({}), row({ version: '3.18.0' })));
  });
});

describe('experimentRow', () => {
  it('says whether its runs are narrowed', () => {
    const narrowed = (selection: Partial<RunSelection>): boolean => {
      const row = experimentRow(experiment, false, { ...everyRun, ...selection });
      return row.kind === 'experiment' && row.narrowed;
    };
    assert.deepEqual(
      [narrowed({}), narrowed({ filter: 'x' }), narrowed({ createdWithin: 1 })],
      [false, true, true],
    );
  });
});

describe('runRows', () => {
  it('shows families from their top, placeholders marked', () => {
    const runs = [aChild('k', 'p'), aRun('p'), aRun('x')];
    const rows = runNodes(
      runRows(experiment, view(runs, { placeholders: ['p'] }), 'active', colorOf),
    );
    assert.equal(ids(rows), 'run:p run:x');
    assert.deepEqual(
      rows.map(({ placeholder }) => placeholder),
      [true, false],
    );
  });

  it('marks runs whose end somebody asked to be told', () => {
    const runs = [aRun('a'), aRun('b')];
    const rows = runNodes(runRows(experiment, view(runs, { watched: ['b'] }), 'active', colorOf));
    assert.deepEqual(
      rows.map(({ watched }) => watched),
      [false, true],
    );
  });

  it('opens families only while something is looked for', () => {
    const runs = [aRun('p'), aChild('k', 'p'), aRun('x')];
    const open = (selection: Partial<RunSelection>): readonly boolean[] =>
      runNodes(runRows(experiment, view(runs, { selection }), 'active', colorOf)).map(
        (row) => row.open,
      );
    assert.deepEqual(open({}), [false, false]);
    assert.deepEqual(open({ filter: 'k' }), [true, false]);
    assert.deepEqual(open({ createdWithin: 1000 }), [true, false]);
  });

  it('says why there are none', () => {
    const why = (
      lifecycle: 'active' | 'deleted',
      selection: Partial<RunSelection> = {},
    ): string | undefined => {
      const [row] = runRows(experiment, view([], { selection }), lifecycle, colorOf);
      return row?.kind === 'empty' ? row.why : undefined;
    };
    assert.equal(why('active'), 'noRuns');
    assert.equal(why('deleted'), 'noDeletedRuns');
    assert.equal(why('active', { filter: 'x' }), 'noMatch');
    assert.equal(why('deleted', { createdWithin: 1 }), 'noMatch');
  });

  it('leaves out what the state no longer knows', () => {
    const runs = view([aRun('a'), aRun('b')]);
    const rows = runRows(
      experiment,
      { ...runs, run: (id) => (id === 'a' ? undefined : runs.run(id)) },
      'active',
      colorOf,
    );
    assert.equal(ids(rows), 'run:b');
  });

  describe('highlight', () => {
    const metric = (key: string) => ({ key, value: 1, timestamp: 0, step: 0 });
    const runs = [
      aRun('a', { metrics: [metric('system/cpu')] }),
      aRun('b', { metrics: [metric('loss'), metric('rmse')] }),
    ];
    const highlights = (selection: Partial<RunSelection>, of = experiment): unknown[] =>
      runNodes(runRows(of, view(runs, { selection }), 'active', colorOf)).map(
        (row) => row.highlight,
      );

    it('is what the runs are sorted by', () => {
      for (const by of ['metric', 'param', 'tag'] as const) {
        const order = { by, key: 'k', ascending: true };
        assert.deepEqual(highlights({ order }), Array(2).fill({ by, key: 'k' }));
      }
    });

    it('is else the experiment’s primary metric', () => {
      const tags = [{ key: 'mlflow.experiment.primaryMetric.name', value: 'rmse' }];
      const expected = { by: 'metric', key: 'rmse' };
      assert.deepEqual(highlights({}, anExperiment('1', { tags })), [expected, expected]);
    });

    it('is else the first metric that is not the machine’s', () => {
      const expected = { by: 'metric', key: 'loss' };
      assert.deepEqual(highlights({}), [expected, expected]);
    });
  });
});

describe('rowsOfRun', () => {
  const runs = [aRun('p'), aChild('k', 'p'), aChild('l', 'p')];
  const [parent] = runs;
  assert.ok(parent);
  const own = new Set(['p']);

  it('shows child runs, then params, metrics, tags and artifacts', () => {
    assert.equal(
      ids(rowsOfRun(parent, experiment, view(runs), undefined, own, colorOf)),
      'run:k run:l run:p/params run:p/metrics run:p/tags run:p/artifacts',
    );
  });

  it('offers more children before the values', () => {
    const rows = rowsOfRun(parent, experiment, view(runs), list({ hasMore: true }), own, colorOf);
    assert.equal(kinds(rows), 'run run loadMore group group group artifacts');
  });

  it('shows the failure of the children before the values', () => {
    const failed = list({ error: failure, loadedAt: undefined });
    const rows = rowsOfRun(parent, experiment, view([parent]), failed, own, colorOf);
    assert.equal(kinds(rows), 'error group group group artifacts');
    assert.deepEqual(rows[0]?.kind === 'error' && rows[0].of, {
      list: 'children',
      experimentId: '1',
      runId: 'p',
    });
  });

  it('says nothing where a run has no children', () => {
    assert.equal(
      kinds(rowsOfRun(parent, experiment, view([parent]), list(), own, colorOf)),
      'group group group artifacts',
    );
  });

  it('never shows a run below itself', () => {
    const circle = { ...view(runs), childIds: () => ['p', 'g', 'k'] };
    const rows = rowsOfRun(parent, experiment, circle, undefined, new Set(['g', 'p']), colorOf);
    assert.equal(ids(runNodes(rows)), 'run:k');
  });
});

describe('valueRows', () => {
  function group(name: ValueGroup): GroupNode {
    const id = `run:r/${name}`;
    return { kind: 'group', id, group: name, experimentId: '1', runId: 'r', count: 0 };
  }

  it('shows so many at first and offers more', () => {
    const params = Array.from({ length: valuesPerPage + 1 }, (_, index) => ({
      key: `p${index}`,
      value: '',
    }));
    const run = aRun('r', { params });
    const first = valueRows(group('params'), run, valuesPerPage);
    assert.equal(first.length, valuesPerPage + 1);
    assert.deepEqual(first.at(-1), {
      kind: 'loadMore',
      id: `more:values:run:r/params:${valuesPerPage}`,
      of: { list: 'values', groupId: 'run:r/params' },
      loaded: valuesPerPage,
    });
    assert.equal(kinds(valueRows(group('params'), run, 2 * valuesPerPage).slice(-1)), 'param');
  });

  it('says that there are none', () => {
    assert.equal(kinds(valueRows(group('tags'), aRun('r'), 10)), 'empty');
  });

  it('puts MLflow’s own tags and metrics last', () => {
    const tags = ['mlflow.user', 'b', 'mlflow.note', 'a'].map((key) => ({ key, value: '' }));
    const metrics = ['system/cpu', 'loss'].map((key) => ({ key, value: 1, timestamp: 0, step: 0 }));
    const run = aRun('r', { tags, metrics });
    assert.equal(
      ids(valueRows(group('tags'), run, 10)),
      'run:r/tags/b run:r/tags/a run:r/tags/mlflow.user run:r/tags/mlflow.note',
    );
    assert.equal(
      ids(valueRows(group('metrics'), run, 10)),
      'run:r/metrics/loss run:r/metrics/system/cpu',
    );
  });

  it('keeps hostile keys apart', () => {
    const keys = ['__proto__', 'constructor', '<img src=x>', 'a\nb', ''];
    const run = aRun('r', { params: keys.map((key) => ({ key, value: key })) });
    const rows = valueRows(group('params'), run, 10);
    assert.equal(new Set(rows.map(({ id }) => id)).size, keys.length);
    assert.deepEqual(
      rows.map((row) => row.kind === 'param' && row.param.value),
      keys,
    );
  });
});
