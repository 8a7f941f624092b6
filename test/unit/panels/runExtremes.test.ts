import assert from 'node:assert/strict';
import { abortError } from '../../../src/base/abortError';
import type { MetricHistory } from '../../../src/mlflow/model';
import { runExtremes } from '../../../src/panels/runExtremes';

const history = { values: Float64Array.of(3, 1, 2), complete: true } as unknown as MetricHistory;
const broken = (): Promise<MetricHistory> => Promise.reject(new Error('broke off'));

describe('extremes of the metrics of a run', () => {
  it('are there for the others where one cannot be read', async () => {
    const read = (metric: string) => (metric === 'bad' ? broken() : Promise.resolve(history));
    const { min, max, exact } = await runExtremes(read, ['bad', 'good']);
    assert.deepEqual(
      [[...min], [...max], [...exact]],
      [
        [NaN, 1],
        [NaN, 3],
        [0, 1],
      ],
    );
  });

  it('fail where none can be read, or where it is given up', async () => {
    await assert.rejects(runExtremes(broken, ['a', 'b']), /broke off/);
    const read = (metric: string) =>
      metric === 'a' ? Promise.reject(abortError()) : Promise.resolve(history);
    await assert.rejects(runExtremes(read, ['a', 'b']), { name: 'AbortError' });
    assert.equal((await runExtremes(broken, [])).min.length, 0);
  });
});
