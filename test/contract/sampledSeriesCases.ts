import assert from 'node:assert/strict';
import type { TrackingStore } from '../../src/mlflow/trackingStore';
import { type ClientView, metricHistoryJson } from '../support/clientView';

const never = new AbortController().signal;

/** A server with what `seed.py` logs, and what MLflow's client reads from there. */
export interface SeededServer {
  readonly store: () => TrackingStore;
  readonly client: () => ClientView;
  readonly mlflow3: boolean;
}

/** What a store makes of the ways in which servers sample series. */
export function describeSampledSeries({ store, client, mlflow3 }: SeededServer): void {
  it('has every short series whole at once, bit for bit, and says so', async () => {
    const { histories, oddRunId } = client();
    for (const [key, points] of Object.entries(histories)) {
      if (points.length < 2_500) {
        const history = await store().sampledHistory(oddRunId, key, {}, never);
        assert.deepEqual(metricHistoryJson(history), points.toSorted(), key);
        assert.equal(history.complete, true, key);
      }
    }
  });

  it('has a sample of a long series, both ends included, and says so', async () => {
    const { histories, oddRunId } = client();
    const all = new Set(histories['long']?.map(String));
    const history = await store().sampledHistory(oddRunId, 'long', {}, never);
    const { steps, complete } = history;
    assert.equal(complete, false);
    assert.ok(steps.length === 2_500 || steps.length === 2_501, String(steps.length));
    assert.deepEqual([steps[0], steps.at(-1)], [-7, all.size - 8]);
    assert.ok(metricHistoryJson(history).every((point) => all.has(String(point))));
    assert.ok(steps.every((step, index) => index === 0 || step > (steps[index - 1] ?? NaN)));
  });

  it('has the end of a series, or all of it where servers lose points of the end', async () => {
    const { histories, oddRunId } = client();
    const last = (histories['long']?.length ?? NaN) - 8;
    const end = async (key: string, fromStep: number): Promise<readonly unknown[]> => {
      const { steps, complete } = await store().sampledHistory(oddRunId, key, { fromStep }, never);
      return [steps[0], steps.at(-1), steps.length, complete];
    };
    const all = [0, 899, 900, true];
    assert.deepEqual(await end('loss', 890), mlflow3 ? [890, 899, 10, true] : all);
    if (mlflow3) {
      assert.deepEqual(await end('long', last - 20), [last - 20, last, 21, true]);
    }
  });

  it('is not misled by a guess that the series is longer than it is', async () => {
    const { oddRunId } = client();
    const options = { lastStep: 1_000_000 };
    const { steps, complete } = await store().sampledHistory(oddRunId, 'loss', options, never);
    assert.deepEqual([steps.length, complete], [900, true]);
  });

  it('has no points of a run or a metric that is not there, as for whole series', async () => {
    for (const [runId, key] of [
      ['nosuch', 'loss'],
      [client().oddRunId, 'nosuch'],
    ] as const) {
      const sampled = await store().sampledHistory(runId, key, {}, never);
      const whole = await store().metricHistory(runId, key, { maxPoints: 10 }, never);
      assert.deepEqual(sampled, whole);
      assert.deepEqual([sampled.steps.length, sampled.complete], [0, true]);
    }
  });
}
