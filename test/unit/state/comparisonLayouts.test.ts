import assert from 'node:assert/strict';
import { ComparisonLayouts } from '../../../src/state/comparisonLayouts';
import { MemoryInMemory } from './memoryInMemory';

const place = (experimentId: string, runId = 'r', connection = 'http://a') => ({
  connection,
  experimentId,
  runId,
});

describe('ComparisonLayouts', () => {
  let memory: MemoryInMemory;
  let layouts: ComparisonLayouts;

  beforeEach(() => {
    memory = new MemoryInMemory();
    layouts = new ComparisonLayouts(memory);
  });

  it('goes by server and experiments, whichever runs there are', async () => {
    await layouts.set([place('1', 'x'), place('2', 'y')], { charts: 3 });
    assert.deepEqual(layouts.get([place('2', 'other'), place('1'), place('1', 'z')]), {
      charts: 3,
    });
    assert.equal(layouts.get([place('1')]), undefined);
    assert.equal(
      layouts.get([place('1', 'x', 'http://b'), place('2', 'y', 'http://b')]),
      undefined,
    );
  });

  it('keeps the thirty that were used last', async () => {
    for (let id = 0; id < 31; id++) {
      await layouts.set([place(String(id))], id);
    }
    assert.equal(layouts.get([place('0')]), undefined);
    assert.deepEqual([layouts.get([place('1')]), layouts.get([place('30')])], [1, 30]);
  });

  it('keeps what there was where the new one is too large, or none', async () => {
    await layouts.set([place('1')], 'before');
    assert.equal(await layouts.set([place('1')], 'x'.repeat(100_001)), false);
    assert.equal(await layouts.set([place('1')], undefined), false);
    assert.equal(layouts.get([place('1')]), 'before');
  });

  it('takes whatever was stored for nothing where it is something else', async () => {
    for (const stored of ['text', 7, [null, 3, [4, 5]], { length: 1 }]) {
      await memory.update('comparisonLayouts', stored);
      assert.equal(layouts.get([place('1')]), undefined);
    }
  });
});
