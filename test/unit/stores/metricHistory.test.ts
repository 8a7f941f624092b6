import assert from 'node:assert/strict';
import type { MlflowError } from '../../../src/mlflow/errors';
import type { MetricHistory, Step } from '../../../src/mlflow/model';
import type { HistoryPage } from '../../../src/stores/rest/decodeHistory';
import { readMetricHistory } from '../../../src/stores/rest/metricHistory';
import type { PointList } from '../../../src/stores/series/pointList';

type Point = readonly [step: Step, timestamp?: number, value?: number];
type ReadPage = Parameters<typeof readMetricHistory>[2];

const never = new AbortController().signal;
const read = (most: number, readPage: ReadPage): Promise<MetricHistory> =>
  readMetricHistory('loss', most, readPage, never);

function page(points: PointList, added: readonly Point[], nextPageToken?: string): HistoryPage {
  for (const [step, timestamp = 0, value = Number(step)] of added) {
    points.add(step, timestamp, value);
  }
  return { count: added.length, nextPageToken };
}

/** A server with `count` points that pages as MLflow 3 does; records the page sizes asked for. */
function paging(count: number, asked: number[] = []): ReadPage {
  return (points, maxResults, token) => {
    asked.push(maxResults);
    const start = Number(token ?? 0);
    const end = Math.min(count, start + maxResults);
    const added = Array.from({ length: end - start }, (_, index): Point => [start + index]);
    return Promise.resolve(page(points, added, end < count ? String(end) : undefined));
  };
}

const once =
  (...all: readonly Point[]): ReadPage =>
  (points) =>
    Promise.resolve(page(points, all));

const endless = { kind: 'malformed', reason: 'paging' } satisfies Partial<MlflowError>;

describe('readMetricHistory', () => {
  it('reads page after page until the last', async () => {
    const asked: number[] = [];
    const history = await read(Infinity, paging(120_000, asked));
    assert.equal(history.values.length, 120_000);
    assert.equal(history.complete, true);
    assert.deepEqual(asked, [50_000, 50_000, 50_000]);
  });

  it('stops at the limit and says that there is more', async () => {
    const asked: number[] = [];
    const history = await read(60_000, paging(120_000, asked));
    assert.equal(history.values.length, 60_000);
    assert.equal(history.complete, false);
    assert.deepEqual(asked, [50_000, 10_000]);
  });

  it('is complete when the limit is exactly what there is', async () => {
    assert.equal((await read(100, paging(100))).complete, true);
  });

  it('cuts what a server sends beyond the limit', async () => {
    const all = Array.from({ length: 500 }, (_, step): Point => [step]);
    const history = await read(100, once(...all));
    assert.equal(history.steps.length, 100);
    assert.equal(history.complete, false);
  });

  it('orders by step, then timestamp, and keeps every point', async () => {
    const history = await read(10, once([5, 1, 1], [-3, 2, 2], [5, 0, 3], [5, 1, 4]));
    assert.deepEqual([...history.steps], [-3, 5, 5, 5]);
    assert.deepEqual([...history.timestamps], [2, 0, 1, 1]);
    assert.deepEqual([...history.values], [2, 3, 1, 4]);
    assert.equal(history.exactSteps, undefined);
  });

  it('keeps steps beyond 2^53 apart', async () => {
    const big = 2n ** 53n;
    const history = await read(10, once([big + 2n], [big + 1n], [0]));
    assert.deepEqual([...(history.exactSteps ?? [])], [0n, big + 1n, big + 2n]);
  });

  it('gives up on empty pages that promise more', async () => {
    await assert.rejects(
      read(10, (points) => Promise.resolve(page(points, [], 'more'))),
      endless,
    );
  });

  it('gives up on a token that comes back', async () => {
    let calls = 0;
    const circling: ReadPage = (points) =>
      Promise.resolve(page(points, [[0]], ['a', 'b'][calls++ % 2]));
    await assert.rejects(read(100, circling), endless);
    assert.equal(calls, 3);
  });
});
