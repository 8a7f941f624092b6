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
};

const run = (id: string, params: Readonly<Record<string, string>>, entryPoint = 'main'): Run =>
  aRun(id, {
    params: Object.entries(params).map(([key, value]) => ({ key, value })),
    tags: [{ key: 'mlflow.project.entryPoint', value: entryPoint }],
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
  return (await findRun(store, sought, new Set(taken), isLast, never))?.id;
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
});
