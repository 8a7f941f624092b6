import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { TrackingStore } from '../../src/mlflow/trackingStore';
import { failure } from '../support/failure';
import { makeRun } from '../support/makeRun';

const never = new AbortController().signal;

/** A server whose database decides how it compares. */
export interface SearchServer {
  readonly url: () => string;
  readonly store: () => TrackingStore;
  /** Whether ILIKE knows the lower case of letters beyond ASCII. */
  readonly foldsCase: boolean;
  /** Whether NaN is compared as 0, as MLflow 2 does. */
  readonly nanIsZero: boolean;
}

const runs = [
  { name: 'Zeta', metrics: { loss: 2 }, params: { p: '10' } },
  { name: 'alpha', metrics: { loss: NaN }, params: { p: '9' } },
  { name: 'Äpfel', metrics: { loss: -Infinity }, params: { p: 'B' } },
  { name: 'äpfel', metrics: { loss: 1 }, params: { p: 'a' } },
  { name: 'none' },
];

/** How the databases below MLflow order and compare: alike, except for what is said. */
export function describeSearches({ url, store, foldsCase, nanIsZero }: SearchServer): void {
  let experimentId: string;

  before(async () => {
    experimentId = await store().createExperiment(randomUUID(), never);
    for (const run of runs) await makeRun(url(), experimentId, run);
  });

  async function names(query: { filter?: string; orderBy?: string[] }): Promise<string[]> {
    const search = { experimentIds: [experimentId], view: 'active', maxResults: 10 } as const;
    const { items } = await store().searchRuns({ ...search, ...query }, never);
    return items.map(({ name }) => name);
  }
  const byName = ['Zeta', 'alpha', 'none', 'Äpfel', 'äpfel'];

  it('orders names by code point', async () => {
    assert.deepEqual(await names({ orderBy: ['attributes.run_name ASC'] }), byName);
    const back = await names({ orderBy: ['attributes.run_name DESC'] });
    assert.deepEqual(back, byName.toReversed());
  });

  it('puts NaN and what is missing last, whichever way it orders', async () => {
    const upwards = await names({ orderBy: ['metrics.loss ASC'] });
    assert.deepEqual(upwards, ['Äpfel', 'äpfel', 'Zeta', 'alpha', 'none']);
    const downwards = await names({ orderBy: ['metrics.loss DESC'] });
    assert.deepEqual(downwards, ['Zeta', 'äpfel', 'Äpfel', 'alpha', 'none']);
  });

  it('orders parameters as text', async () => {
    const ordered = await names({ filter: "params.p LIKE '%'", orderBy: ['params.p ASC'] });
    assert.deepEqual(ordered, ['Zeta', 'alpha', 'Äpfel', 'äpfel']);
  });

  it('finds NaN by inequality, and by nothing else since MLflow 3', async () => {
    const found = async (comparison: string): Promise<boolean> =>
      (await names({ filter: `metrics.loss ${comparison}` })).includes('alpha');
    for (const comparison of ['= 0', '< 2', '> -1', '>= 0', '<= 0']) {
      assert.equal(await found(comparison), nanIsZero, comparison);
    }
    assert.equal(await found('!= 2'), true);
  });

  it('heeds case with LIKE and not with ILIKE', async () => {
    const like = (operator: string, pattern: string): Promise<string[]> =>
      names({
        filter: `attributes.run_name ${operator} '${pattern}'`,
        orderBy: ['attributes.run_name'],
      });
    assert.deepEqual(await like('LIKE', '%PHA'), []);
    assert.deepEqual(await like('ILIKE', '%PHA'), ['alpha']);
    assert.deepEqual(await like('ILIKE', 'ÄPF%'), foldsCase ? ['Äpfel', 'äpfel'] : ['Äpfel']);
  });

  it('keeps a NUL in a tag, or says that it failed', async () => {
    const id = await makeRun(url(), experimentId, { name: 'nul' });
    const setting = store().setRunTag(id, 'team', 'a\0b', never);
    if (foldsCase) {
      const error = await failure(setting);
      assert.deepEqual([error.kind, error.reason], ['unreachable', 'serverError']);
      assert.match(error.detail.serverMessage ?? '', /NUL/);
      return;
    }
    await setting;
    const { tags } = await store().getRun(id, never);
    assert.equal(tags.find(({ key }) => key === 'team')?.value, 'a\0b');
  });
}
