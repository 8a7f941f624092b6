import assert from 'node:assert/strict';
import { claimsFor } from '../../../src/projects/claims';
import { earlierValues } from '../../../src/projects/guidedSearch';
import { readSweepText } from '../../../src/projects/plan/readSweepText';
import { SweepPlan } from '../../../src/projects/plan/sweepPlan';
import type { SeenChild } from '../../../src/projects/schedule/seenSweep';
import { wholePlan } from '../../../src/projects/sweepContracts';
import { anExperiment, FakeStore } from '../../support/fakeStore';

const never = new AbortController().signal;

describe('claims on a server that does not say how it stores', () => {
  /** Whether a claim that was written is looked at again, as a store of files needs it. */
  async function looksAgain(experimentId: string, ...others: string[]): Promise<boolean> {
    const store = new FakeStore();
    store.experiments = [experimentId, ...others].map((id) => anExperiment(id));
    const info = await store.serverInfo(never);
    store.serverInfo = () => Promise.resolve({ ...info, storeType: undefined });
    const made = { name: 'sweep', startTime: 0, tags: [] };
    const parent = await store.createRun(experimentId, made, never);
    const place = { store, parent, claimant: 'a', fileStoreFolder: undefined };
    const claims = await claimsFor(place, never);
    const leaving = new AbortController();
    const claimed = claims.claim(0, 0, leaving.signal);
    await new Promise((resolve) => setImmediate(resolve));
    leaving.abort();
    return claimed.then(
      () => false,
      () => true,
    );
  }

  it('are looked at again where it may keep files', async () => {
    const long = '812345678901234567';
    assert.equal(await looksAgain(long), true);
    assert.equal(await looksAgain('0', long), true);
    assert.equal(await looksAgain('0'), true);
    assert.equal(await looksAgain('0', '1'), false);
    assert.equal(await looksAgain('1'), false);
  });
});

describe('a guided search that tries a combination again', () => {
  it('takes the values of an earlier attempt that has them all', () => {
    const text =
      'method: bayes\nmetric: {name: loss}\nparameters: {a: {min: 0, max: 1}, b: {min: 0, max: 1}}\n';
    const { sweep } = readSweepText(text);
    assert.ok(sweep);
    const plan = new SweepPlan(sweep, 1, wholePlan);
    const child = (runId: string, params: SeenChild['params']): SeenChild => ({
      ...{ runId, number: 3, attempt: 0, status: 'KILLED', ended: undefined, params },
      ...{ startTime: 0, endTime: 0, value: undefined },
    });
    const half = child('r0', [{ key: 'a', value: '0.1' }]);
    const whole = child('r1', [
      { key: 'b', value: '0.3' },
      { key: 'a', value: '0.2' },
    ]);
    assert.equal(earlierValues(plan, 3, [half]), undefined);
    assert.deepEqual(earlierValues(plan, 3, [half, whole]), [
      ['a', '0.2'],
      ['b', '0.3'],
    ]);
  });
});
