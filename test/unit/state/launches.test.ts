import assert from 'node:assert/strict';
import { isGoingOn, Launches, type Launch } from '../../../src/state/launches';
import { MemoryInMemory } from './memoryInMemory';

const launch = (id: string): Launch => ({
  ...{ id, kind: 'run', name: id, state: 'running', startedAt: 1 },
  ...{ endedAt: undefined, run: undefined, message: undefined, progress: undefined },
});

describe('launches of a window', () => {
  it('come the newest first, and tell what has changed', () => {
    const launches = new Launches(new MemoryInMemory());
    const told: (string | undefined)[] = [];
    launches.onDidChange((each) => told.push(each && `${each.id} ${each.state}`));
    launches.add(launch('one'));
    launches.add(launch('two'));
    launches.change('one', { state: 'finished' });
    launches.remove('two');
    assert.deepEqual(told, [undefined, undefined, 'one finished', undefined]);
    assert.deepEqual(
      launches.all.map(({ id }) => id),
      ['one'],
    );
  });

  it('are left alone once they are gone', () => {
    const launches = new Launches(new MemoryInMemory());
    launches.onDidChange(() => assert.fail('nothing has changed'));
    launches.change('gone', { state: 'failed' });
    launches.remove('gone');
  });

  it('go on until they have ended', () => {
    const states = ['starting', 'running', 'stopping', 'finished', 'failed', 'stopped'] as const;
    assert.deepEqual(
      states.filter((state) => isGoingOn({ ...launch('x'), state })),
      ['starting', 'running', 'stopping'],
    );
  });

  it('are there again after a reload: those that go on, and the newest that have ended', () => {
    const memory = new MemoryInMemory();
    const before = new Launches(memory);
    before.add(launch('going'));
    for (let number = 0; number < 60; number += 1) {
      before.add({ ...launch(`ended ${number}`), state: 'finished' });
    }
    before.add({ ...launch('sweep'), kind: 'sweep' });
    before.change('going', { message: 'slow' });
    const { all } = new Launches(memory);
    assert.equal(all.length, 52);
    assert.deepEqual([all[0]?.id, all[0]?.state], ['sweep', 'stopped']);
    assert.equal(all[1]?.id, 'ended 59');
    const last = all.at(-1);
    assert.deepEqual([last?.id, last?.state, last?.message], ['going', 'running', 'slow']);
  });

  it('are remembered once for many reports of progress', () => {
    const memory = new MemoryInMemory();
    const launches = new Launches(memory);
    launches.add(launch('sweep'));
    memory.update = () => assert.fail('progress was written down');
    launches.change('sweep', { progress: undefined, state: 'running', message: undefined });
  });

  it('are not remembered for runs of a sweep, which are not kept', () => {
    const memory = new MemoryInMemory();
    const launches = new Launches(memory);
    launches.add({ ...launch('sweep'), kind: 'sweep' });
    memory.update = () => assert.fail('a run of a sweep was written down');
    launches.add({ ...launch('run'), parent: 'sweep' });
    launches.change('run', { state: 'failed' });
    launches.remove('run');
  });
});
