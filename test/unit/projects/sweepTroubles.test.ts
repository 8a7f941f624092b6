import assert from 'node:assert/strict';
import { MlflowError } from '../../../src/mlflow/errors';
import { isWrite, type TrackingStore } from '../../../src/mlflow/trackingStore';
import { stateTag, tagOf } from '../../../src/projects/sweepTags';
import { SeededRandom } from '../../support/seededRandom';
import {
  childrenIn,
  finishedByNumber,
  hour,
  parentIn,
  sweepScene,
  type SweepScene,
  until,
  Worker,
} from '../../support/sweepWorkers';
import { VirtualClock } from '../../support/virtualClock';

const never = new AbortController().signal;

const isBusy = ({ run }: Worker): boolean =>
  run.progress.children.filter(({ launched }) => launched !== undefined).length === 2;

describe('a sweep that somebody meddles with', () => {
  let scene: SweepScene;
  beforeEach(async () => {
    const random = new SeededRandom(3);
    scene = await sweepScene('alpha: [1, 2, 3, 4]\n', new VirtualClock(() => random.next()));
    // As MLflow has it.
    scene.store.before = ({ method, query }) => {
      const id = 'id' in query ? query.id : undefined;
      const run = scene.store.runs.find((one) => one.id === id);
      return isWrite(method as keyof TrackingStore) && run?.lifecycleStage === 'deleted'
        ? Promise.reject(new MlflowError('rejected', 'invalid'))
        : Promise.resolve();
    };
  });

  it('begins nothing that it was claiming when it was stopped', async () => {
    const worker = await new Worker(scene).begin(1);
    const { before } = scene.store;
    scene.store.before = (call) => {
      if (call.method === 'logParam') void worker.run.stop();
      return before(call);
    };
    await until(scene, worker.run.ended);
    assert.equal(worker.run.progress.state, 'stopped');
    assert.deepEqual([worker.launches, childrenIn(scene)], [[], []]);
  });

  it('goes on where it was taken up before it was stopped for good', async () => {
    const first = await new Worker(scene).begin(2);
    await scene.clock.run(() => first.run.progress.children.length === 2, hour);
    const stopped = first.run.stop();
    await scene.clock.run(() => tagOf(parentIn(scene), stateTag) === 'stopping', hour);
    await scene.store.setRunTag(scene.parentId, stateTag, 'running', never);
    const second = await new Worker(scene).begin(2);
    await until(scene, Promise.all([stopped, second.run.ended]));
    assert.deepEqual(finishedByNumber(scene), [1, 1, 1, 1]);
    assert.equal(parentIn(scene).status, 'FINISHED');
  });

  it('makes another attempt in the place of a run that was deleted', async () => {
    const worker = await new Worker(scene).begin(2);
    await scene.clock.run(() => isBusy(worker), hour);
    const [victim] = worker.run.progress.children;
    await scene.store.deleteRun(victim?.runId ?? '', never);
    await until(scene, worker.run.ended);
    assert.deepEqual(finishedByNumber(scene), [1, 1, 1, 1]);
    assert.equal(worker.launches.length, 5);
    assert.equal(worker.run.progress.state, 'finished');
  });

  for (const what of ['parent', 'experiment'] as const) {
    it(`ends its runs, and says why, when its ${what} is deleted`, async () => {
      const worker = await new Worker(scene).begin(2);
      await scene.clock.run(() => isBusy(worker), hour);
      await (what === 'parent'
        ? scene.store.deleteRun(scene.parentId, never)
        : scene.store.deleteExperiment('1', never));
      const began = scene.clock.now();
      await until(scene, worker.run.ended);
      assert.ok(scene.clock.now() - began < 15_000);
      const { state, trouble } = worker.run.progress;
      assert.deepEqual([state, trouble instanceof MlflowError], ['stopped', true]);
      assert.ok(worker.launches.length < 4);
      const active = childrenIn(scene).map(({ status }) => status);
      assert.ok(!active.includes('RUNNING'), String(active));
    });
  }

  it('tells what keeps a dead run from being ended on a cluster, and ends it later', async () => {
    const dying = await new Worker(scene).begin(1);
    await scene.clock.run(() => dying.run.progress.children[0]?.launched !== undefined, hour);
    dying.die();
    const worker = new Worker(scene);
    let refusals = 0;
    worker.endLost = () =>
      refusals++ < 3 ? Promise.reject(new Error('no cluster')) : Promise.resolve();
    const troubles = new Set<string>();
    await worker.begin(1);
    worker.run.onDidChange(({ trouble }) => troubles.add(String(trouble)));
    await until(scene, worker.run.ended);
    assert.ok(troubles.has('Error: no cluster'));
    assert.deepEqual(finishedByNumber(scene), [1, 1, 1, 1]);
    const statuses = childrenIn(scene).map(({ status }) => status);
    assert.equal(statuses.filter((one) => one === 'KILLED').length, 1);
    assert.equal(worker.run.progress.state, 'finished');
  });
});
