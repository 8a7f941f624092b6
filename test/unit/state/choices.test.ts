import assert from 'node:assert/strict';
import { Choices } from '../../../src/state/choices';
import { everyRun, type RunSelection } from '../../../src/state/runSelection';
import { MemoryInMemory } from './memoryInMemory';

describe('Choices', () => {
  let memory: MemoryInMemory;
  let choices: Choices;

  beforeEach(() => {
    memory = new MemoryInMemory();
    choices = new Choices(memory, 'http://host');
  });

  it('starts with nothing chosen', () => {
    assert.deepEqual(choices.pinned, []);
    assert.equal(choices.experimentOrder, 'created');
    assert.deepEqual(choices.selection('1'), everyRun);
  });

  it('brings back what was chosen, for this server only', async () => {
    const selection: RunSelection = {
      filter: 'metrics.rmse < 1',
      createdWithin: 3_600_000,
      order: { by: 'metric', key: 'anomaly cnt', ascending: true },
    };
    await choices.setPinned(['7', '__proto__']);
    await choices.setExperimentOrder('lastUse');
    await choices.setSelection('1', selection);
    const again = new Choices(memory, 'http://host');
    assert.deepEqual(again.pinned, ['7', '__proto__']);
    assert.equal(again.experimentOrder, 'lastUse');
    assert.deepEqual(again.selection('1'), selection);
    assert.deepEqual(again.selection('2'), everyRun);
    assert.deepEqual(new Choices(memory, 'http://other').pinned, []);
  });

  it('drops pins that are no ids', () => {
    memory.kept.set('http://host|pinned', ['1', 2, null, { id: '3' }]);
    assert.deepEqual(choices.pinned, ['1']);
    memory.kept.set('http://host|pinned', 'everything');
    assert.deepEqual(choices.pinned, []);
  });

  it('drops an order that does not exist', () => {
    for (const garbage of ['size', 7, null, ['name']]) {
      memory.kept.set('http://host|experimentOrder', garbage);
      assert.equal(choices.experimentOrder, 'created');
    }
  });

  const garbage: [string, unknown][] = [
    ['nothing', null],
    ['text', 'x'],
    ['a list', []],
    ['other types', { filter: 7, createdWithin: '1', order: 'name' }],
    ['a time without sense', { createdWithin: -5 }],
    [
      'an attribute that cannot be sorted by',
      { order: { by: 'attribute', key: 'x', ascending: true } },
    ],
    ['an order without a direction', { order: { by: 'metric', key: 'm' } }],
    ['an order without a key', { order: { by: 'metric', ascending: true } }],
    ['an order by something else', { order: { by: 'size', key: 'm', ascending: true } }],
  ];
  for (const [what, stored] of garbage) {
    it(`shows every run where ${what} was stored`, () => {
      memory.kept.set('http://host|selection:1', stored);
      assert.deepEqual(choices.selection('1'), everyRun);
    });
  }

  it('keeps the sound parts of what was stored', () => {
    const order = { by: 'attribute', key: 'run_name', ascending: true };
    memory.kept.set('http://host|selection:1', { filter: 'x', createdWithin: NaN, order });
    assert.deepEqual(choices.selection('1'), { filter: 'x', createdWithin: undefined, order });
  });
});
