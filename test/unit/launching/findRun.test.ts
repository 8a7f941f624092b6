import assert from 'node:assert/strict';
import { findRun, type SoughtRun } from '../../../src/launching/findRun';
import type { Run } from '../../../src/mlflow/model';
import type { RunQuery } from '../../../src/mlflow/trackingStore';
import { aRun } from '../../support/fakeStore';

const never = new AbortController().signal;
const sought: SoughtRun = {
  experimentId: '1',
  since: 5000,
  entryPoint: 'main',
  parameters: [['alpha', '0.1']],
  users: ['ann'],
  sources: ['/work here/iris'],
};

const run = (
  id: string,
  params: Readonly<Record<string, string>>,
  entryPoint = 'main',
  tags: Readonly<Record<string, string>> = {},
): Run =>
  aRun(id, {
    params: Object.entries(params).map(([key, value]) => ({ key, value })),
    tags: Object.entries({ 'mlflow.project.entryPoint': entryPoint, ...tags }).map(
      ([key, value]) => ({ key, value }),
    ),
  });

async function found(
  /** The newest first, as servers give them. */
  runs: readonly Run[],
  { taken = [] as readonly string[], isLast = false } = {},
): Promise<string | undefined> {
  const store = {
    searchRuns: (query: RunQuery) => {
      assert.deepEqual(query.experimentIds, ['1']);
      assert.equal(query.filter, 'attributes.start_time >= 5000');
      return Promise.resolve({ items: runs, nextPageToken: undefined });
    },
  };
  return (await findRun(store, sought, new Set(taken), isLast, never))?.run.id;
}

describe('the run of a launch', () => {
  it('is told by its entry point and parameters', async () => {
    const runs = [
      run('later', { alpha: '0.2' }),
      run('mine', { alpha: '0.1', more: 'x' }),
      run('other', { alpha: '0.1' }, 'test'),
    ];
    assert.equal(await found(runs), 'mine');
  });

  it('is the first of several that nobody else has taken', async () => {
    const runs = [run('second', { alpha: '0.1' }), run('first', { alpha: '0.1' })];
    assert.equal(await found(runs), 'first');
    assert.equal(await found(runs, { taken: ['first'] }), 'second');
  });

  it('is waited for while its parameters are not logged yet, and taken without them at the end', async () => {
    const runs = [run('bare', {})];
    assert.equal(await found(runs), undefined);
    assert.equal(await found(runs, { isLast: true }), 'bare');
  });

  it('is none of another value, even at the end', async () => {
    assert.equal(await found([run('other', { alpha: '0.2' })], { isLast: true }), undefined);
  });

  it('is none of a sweep, of somebody else, or of another project', async () => {
    const like = (tags: Readonly<Record<string, string>>) =>
      found([run('other', { alpha: '0.1' }, 'main', tags)], { isLast: true });
    assert.equal(await like({ 'mlflow.parentRunId': 'p1' }), undefined);
    assert.equal(await like({ 'mlflow.user': 'bob' }), undefined);
    assert.equal(await like({ 'mlflow.source.name': '/work here/other' }), undefined);
    const names = ['/work here/iris', 'file:///work here#iris', 'file:///real#work here/iris'];
    for (const source of names) {
      const tags = { 'mlflow.user': 'ann', 'mlflow.source.name': source };
      assert.equal(await like(tags), 'other', source);
    }
  });

  it('is surely found only where no other run could be meant', async () => {
    const sure = async (...runs: readonly Run[]): Promise<boolean | undefined> => {
      const store = {
        searchRuns: () => Promise.resolve({ items: runs, nextPageToken: undefined }),
      };
      return (await findRun(store, sought, new Set(['b']), false, never))?.isOnly;
    };
    assert.equal(await sure(run('a', { alpha: '0.1' })), true);
    assert.equal(await sure(run('a', { alpha: '0.1' }), run('b', { alpha: '0.1' })), false);
  });
});
