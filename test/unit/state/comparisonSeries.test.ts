import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { isAbortError, MlflowError } from '../../../src/mlflow/errors';
import type { MetricHistory } from '../../../src/mlflow/model';
import { ConnectionGone } from '../../../src/mlflow/connectionGone';
import type { Comparison } from '../../../src/state/comparison';
import { aRun } from '../../support/fakeStore';
import { at, ComparisonFixture, key, settled } from './comparisonFixture';

const noPoints: MetricHistory = {
  key: 'm',
  steps: new Float64Array(),
  exactSteps: undefined,
  timestamps: new Float64Array(),
  values: new Float64Array(),
  complete: true,
};

describe('series of a Comparison', () => {
  let fixture: ComparisonFixture;
  let comparison: Comparison;
  let open: AbortSignal[];
  let asked: string[];
  let finish: (() => void)[];
  let cut: ((error: Error) => void)[];
  const never = new AbortController().signal;

  beforeEach(() => {
    open = [];
    asked = [];
    finish = [];
    cut = [];
    const answer = (name: string, signal: AbortSignal): Promise<MetricHistory> => {
      asked.push(name);
      open.push(signal);
      return new Promise((resolve, reject) => {
        finish.push(() => resolve(noPoints));
        cut.push(reject);
        signal.addEventListener('abort', () => reject(signal.reason as Error));
      });
    };
    fixture = new ComparisonFixture();
    Object.assign(fixture.storeOf(), {
      sampledHistory: (id: string, metric: string, options: object, signal: AbortSignal) =>
        answer(`some ${id} ${metric} ${JSON.stringify(options)}`, signal),
      metricHistory: (id: string, metric: string, _options: object, signal: AbortSignal) =>
        answer(`whole ${id} ${metric}`, signal),
    });
    comparison = fixture.compare(at('x'), at('y'));
  });

  afterEach(() => {
    mock.timers.reset();
    fixture.dispose();
  });

  it('are asked for four at a time, in the order of the page', async () => {
    const metrics = ['a', 'b', 'c', 'd', 'e', 'f'];
    const all = metrics.map((m) => comparison.series(key('x'), m, { whole: false }, never));
    await settled();
    assert.deepEqual(
      asked.map((line) => line[7]),
      ['a', 'b', 'c', 'd'],
    );
    finish[0]?.();
    assert.equal(await all[0], noPoints);
    await settled();
    assert.equal(asked.length, 5);
    all.forEach((series) => void series.catch(() => undefined));
  });

  it('are as many points as come soon, or all of them', async () => {
    void comparison.series(key('y'), 'm', { whole: false, fromStep: 7 }, never).catch(String);
    void comparison.series(key('y'), 'm', { whole: true }, never).catch(String);
    await settled();
    assert.deepEqual(asked, ['some y m {"fromStep":7}', 'whole y m']);
  });

  it('are asked for with the greatest step that is known of', async () => {
    const metrics = [
      { key: 'other', value: 1, timestamp: 0, step: 5 },
      { key: 'm', value: 1, timestamp: 0, step: 999_999 },
      { key: 'far', value: 1, timestamp: 0, step: 2n ** 60n },
    ];
    fixture.storeOf().runs = [aRun('x', { metrics }), aRun('y')];
    await comparison.begin();
    for (const [run, metric] of [
      ['x', 'm'],
      ['x', 'far'],
      ['y', 'm'],
    ] as const) {
      void comparison.series(key(run), metric, { whole: false }, never).catch(String);
    }
    await settled();
    assert.deepEqual(asked, [
      'some x m {"lastStep":999999}',
      `some x far {"lastStep":${2 ** 60}}`,
      'some y m {}',
    ]);
  });

  it('end when they are given up, and when the comparison is closed', async () => {
    const controller = new AbortController();
    const first = comparison.series(key('x'), 'm', { whole: false }, controller.signal);
    const second = comparison.series(key('y'), 'm', { whole: false }, never);
    await settled();
    controller.abort();
    await assert.rejects(first, isAbortError);
    assert.deepEqual(
      open.map(({ aborted }) => aborted),
      [true, false],
    );
    comparison.dispose();
    await assert.rejects(second, isAbortError);
    assert.deepEqual(
      open.map(({ aborted }) => aborted),
      [true, true],
    );
  });

  it('are asked for no more once the server has refused the sign-in, but for one now and then', async () => {
    mock.timers.enable({ apis: ['Date'], now: 1_000_000 });
    const refusal = new MlflowError('unauthorized', 'signInRefused', { status: 401 });
    let count = 0;
    let answer = (): Promise<MetricHistory> => Promise.reject(refusal);
    Object.assign(fixture.storeOf(), { sampledHistory: () => (count++, answer()) });
    const ask = (): Promise<readonly PromiseSettledResult<MetricHistory>[]> =>
      Promise.allSettled(
        Array.from({ length: 50 }, (_, index) =>
          comparison.series(key('x'), `m${index}`, { whole: false }, never),
        ),
      );
    const reasons = (await ask()).map((one) => one.status === 'rejected' && one.reason === refusal);
    assert.ok(reasons.every(Boolean));
    assert.ok(count <= 5, String(count));
    count = 0;
    await ask();
    assert.equal(count, 0);
    mock.timers.tick(10_000);
    await ask();
    assert.equal(count, 1);
    mock.timers.tick(10_000);
    answer = () => Promise.resolve(noPoints);
    assert.ok((await ask()).every(({ status }) => status === 'fulfilled'));
  });

  it('are asked for once more where the connection was opened anew meanwhile', async () => {
    const series = comparison.series(key('x'), 'm', { whole: true }, never);
    await settled();
    Object.assign(fixture.storeOf(), { metricHistory: () => Promise.resolve(noPoints) });
    fixture.sessions.get('a')?.reconnect();
    cut[0]?.(new MlflowError('unreachable', 'cut'));
    assert.equal(await series, noPoints);
  });

  it('are refused for a run that is not compared', async () => {
    await assert.rejects(
      comparison.series('unknown', 'm', { whole: false }, never),
      ConnectionGone,
    );
  });
});
