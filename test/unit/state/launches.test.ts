import assert from 'node:assert/strict';
import { isGoingOn, Launches, type Launch } from '../../../src/state/launches';

const launch = (id: string): Launch => ({
  ...{ id, kind: 'run', name: id, state: 'running', startedAt: 1 },
  ...{ endedAt: undefined, run: undefined, message: undefined, progress: undefined },
});

describe('launches of a window', () => {
  it('come the newest first, and tell what has changed', () => {
    const launches = new Launches();
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
    const launches = new Launches();
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
});
