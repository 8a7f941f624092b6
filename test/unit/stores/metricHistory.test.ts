import assert from 'node:assert/strict';
import type { MlflowError } from '../../../src/mlflow/errors';
import type { MetricPoint, Step } from '../../../src/mlflow/model';
import type { Page } from '../../../src/mlflow/trackingStore';
import { readMetricHistory } from '../../../src/stores/rest/metricHistory';

const point = (step: Step, timestamp = 0, value = Number(step)): MetricPoint => ({
  key: 'loss',
  value,
  timestamp,
  step,
});

/** A server with `count` points that pages as MLflow 3 does; records the page sizes asked for. */
function paging(count: number, asked: number[] = []) {
  return (maxResults: number, token: string | undefined): Promise<Page<MetricPoint>> => {
    asked.push(maxResults);
    const start = Number(token ?? 0);
    const end = Math.min(count, start + maxResults);
    const items = Array.from({ length: end - start }, (_, index) => point(start + index));
    return Promise.resolve({ items, nextPageToken: end < count ? String(end) : undefined });
  };
}

const endless = { kind: 'malformed', reason: 'paging' } satisfies Partial<MlflowError>;

describe('readMetricHistory', () => {
  it('reads page after page until the last', async () => {
    const asked: number[] = [];
    const history = await readMetricHistory('loss', Infinity, paging(60_000, asked));
    assert.equal(history.values.length, 60_000);
    assert.equal(history.complete, true);
    assert.deepEqual(asked, [25_000, 25_000, 25_000]);
  });

  it('stops at the limit and says that there is more', async () => {
    const asked: number[] = [];
    const history = await readMetricHistory('loss', 30_000, paging(60_000, asked));
    assert.equal(history.values.length, 30_000);
    assert.equal(history.complete, false);
    assert.deepEqual(asked, [25_000, 5_000]);
  });

  it('is complete when the limit is exactly what there is', async () => {
    assert.equal((await readMetricHistory('loss', 100, paging(100))).complete, true);
  });

  it('cuts what a server sends beyond the limit', async () => {
    const all = Array.from({ length: 500 }, (_, step) => point(step));
    const ignoring = (): Promise<Page<MetricPoint>> =>
      Promise.resolve({ items: all, nextPageToken: undefined });
    const history = await readMetricHistory('loss', 100, ignoring);
    assert.equal(history.steps.length, 100);
    assert.equal(history.complete, false);
  });

  it('orders by step, then timestamp, and keeps every point', async () => {
    const points = [point(5, 1, 1), point(-3, 2, 2), point(5, 0, 3), point(5, 1, 4)];
    const once = (): Promise<Page<MetricPoint>> =>
      Promise.resolve({ items: points, nextPageToken: undefined });
    const history = await readMetricHistory('loss', 10, once);
    assert.deepEqual([...history.steps], [-3, 5, 5, 5]);
    assert.deepEqual([...history.timestamps], [2, 0, 1, 1]);
    assert.deepEqual([...history.values], [2, 3, 1, 4]);
    assert.equal(history.exactSteps, undefined);
  });

  it('keeps steps beyond 2^53 apart', async () => {
    const big = 2n ** 53n;
    const points = [point(big + 2n), point(big + 1n), point(0)];
    const once = (): Promise<Page<MetricPoint>> =>
      Promise.resolve({ items: points, nextPageToken: undefined });
    const history = await readMetricHistory('loss', 10, once);
    assert.deepEqual([...(history.exactSteps ?? [])], [0n, big + 1n, big + 2n]);
  });

  it('gives up on empty pages that promise more', async () => {
    const never = (): Promise<Page<MetricPoint>> =>
      Promise.resolve({ items: [], nextPageToken: 'more' });
    await assert.rejects(readMetricHistory('loss', 10, never), endless);
  });

  it('gives up on a token that comes back', async () => {
    let calls = 0;
    const circling = (): Promise<Page<MetricPoint>> =>
      Promise.resolve({ items: [point(0)], nextPageToken: ['a', 'b'][calls++ % 2] });
    await assert.rejects(readMetricHistory('loss', 100, circling), endless);
    assert.equal(calls, 3);
  });
});
