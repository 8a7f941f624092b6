import assert from 'node:assert/strict';
import { seekRun, settleRun } from '../../../src/launching/seekRun';
import { MlflowError } from '../../../src/mlflow/errors';
import type { Run } from '../../../src/mlflow/model';
import type { Session } from '../../../src/state/session';

const sought = { experimentId: '1', since: 0, entryPoint: 'main', parameters: [] };
const made = {
  ...{ id: 'a1', name: 'calm-elk', experimentId: '1', status: 'RUNNING' },
  ...{ lifecycleStage: 'active', params: [] },
  tags: [{ key: 'mlflow.project.entryPoint', value: 'main' }],
} as unknown as Run;
const gone = new MlflowError('unreachable', 'refused', {});

describe('the run of a launch', function () {
  this.timeout(20_000);

  const never = new AbortController().signal;

  /** Answers with each in its turn, and with the last one from then on. */
  function sessionWith(
    answers: readonly (readonly Run[] | Error)[],
    calls: Partial<Record<'getRun' | 'endRun', (...given: readonly unknown[]) => unknown>> = {},
  ): Session {
    let asked = 0;
    const searchRuns = (): Promise<unknown> => {
      const answer = answers[Math.min(asked, answers.length - 1)];
      asked += 1;
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve({ items: answer });
    };
    return {
      id: 'lab',
      store: { searchRuns, ...calls },
      connection: { ensure: () => Promise.resolve({ kind: 'ready' }) },
      experiments: undefined,
    } as unknown as Session;
  }

  it('is found after a server that was gone has come back, which is told meanwhile', async () => {
    const told: unknown[] = [];
    const run = await seekRun(sessionWith([gone, [], [made]]), sought, {
      ...{ taken: new Set<string>(), ended: new Promise(() => undefined), signal: never },
      marked: Promise.resolve(undefined),
      onTrouble: (error) => told.push(error),
    });
    assert.equal(run?.place.runId, 'a1');
    assert.deepEqual(told, [gone, undefined, undefined]);
  });

  it('is sought until the process has ended, and then as long as the server is gone', async () => {
    const seeking = {
      ...{ taken: new Set<string>(), ended: Promise.resolve(), signal: never },
      marked: Promise.resolve(undefined),
      onTrouble: () => undefined,
    };
    assert.equal(await seekRun(sessionWith([[]]), sought, seeking), undefined);
    const run = await seekRun(sessionWith([gone, gone, [made]]), sought, seeking);
    assert.equal(run?.place.name, 'calm-elk');
  });

  it('is the one that its processes name, whatever else looks like it', async () => {
    const own = { ...made, id: 'b2' };
    const session = sessionWith([[]], { getRun: () => Promise.resolve(own) });
    const run = await seekRun(session, sought, {
      ...{ taken: new Set<string>(), ended: new Promise(() => undefined), signal: never },
      ...{ marked: Promise.resolve('b2'), onTrouble: () => undefined },
    });
    assert.equal(run?.place.runId, 'b2');
  });

  it('is found though the connection is opened anew while it is sought', async () => {
    const session = sessionWith([[made]]) as unknown as {
      store: unknown;
      connection: { ensure: () => Promise<unknown> };
    };
    const { store } = session;
    session.store = undefined;
    let opened = 0;
    session.connection.ensure = () => {
      opened += 1;
      session.store = opened > 1 ? store : undefined;
      return Promise.resolve({ kind: 'ready' });
    };
    const run = await seekRun(session as unknown as Session, sought, {
      ...{ taken: new Set<string>(), ended: Promise.resolve(), signal: never },
      ...{ marked: Promise.resolve(undefined), onTrouble: () => undefined },
    });
    assert.equal(run?.place.runId, 'a1');
  });

  it('is ended where its process is gone and it says that it runs, and left alone otherwise', async () => {
    const ended: unknown[] = [];
    const place = { connection: 'lab', experimentId: '1', runId: 'a1', name: 'calm-elk' };
    const of = (status: Run['status']): Session =>
      sessionWith([[]], {
        getRun: () => Promise.resolve({ ...made, status }),
        endRun: (...given) => Promise.resolve(ended.push(given.slice(0, 2))),
      });
    assert.equal(await settleRun(of('FINISHED'), place, true, never), 'FINISHED');
    assert.equal(await settleRun(of('RUNNING'), place, false, never), 'RUNNING');
    assert.deepEqual(ended, []);
    assert.equal(await settleRun(of('RUNNING'), place, true, never), 'KILLED');
    assert.deepEqual(ended, [['a1', 'KILLED']]);
  });
});
