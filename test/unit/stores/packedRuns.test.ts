import assert from 'node:assert/strict';
import { packRuns, unpackRuns } from '../../../src/stores/packedRuns';
import { aRun } from '../../support/fakeStore';

describe('runs that cross a thread', () => {
  it('are the same on the other side', async () => {
    const metric = { timestamp: 7, step: 1 };
    const page = {
      items: [
        aRun('a', {
          params: [{ key: '__proto__', value: '' }],
          metrics: [
            { ...metric, key: 'm', value: Number.NaN },
            { ...metric, key: 'n', value: -0, step: 2n ** 60n + 1n },
          ],
        }),
        aRun('b', { endTime: undefined }),
        aRun('c', {
          metrics: [{ ...metric, key: 'n', value: Infinity, step: -3 }],
          tags: [
            { key: 'm', value: 'x' },
            { key: '__proto__', value: 'y' },
          ],
        }),
      ],
      nextPageToken: 'more',
    };
    assert.deepEqual(await unpackRuns(structuredClone(packRuns(page))), page);
  });

  it('are none where there are none', async () => {
    const page = { items: [], nextPageToken: undefined };
    assert.deepEqual(await unpackRuns(packRuns(page)), page);
  });

  it('lets others have their turn while many are unpacked', async () => {
    const metrics = Array.from({ length: 1000 }, (_, index) => {
      return { key: `m${index}`, value: index, timestamp: 0, step: 0 };
    });
    const items = Array.from({ length: 100 }, (_, index) => aRun(`r${index}`, { metrics }));
    const packed = packRuns({ items, nextPageToken: undefined });
    let turns = 0;
    let isOver = false;
    const count = (): void => {
      turns++;
      if (!isOver) setImmediate(count);
    };
    setImmediate(count);
    assert.equal((await unpackRuns(packed)).items.length, 100);
    isOver = true;
    assert.ok(turns >= 4, `${turns} turns`);
  });
});
