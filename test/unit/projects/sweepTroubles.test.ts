import assert from 'node:assert/strict';
import { MlflowError } from '../../../src/mlflow/errors';
import { isWrite, type TrackingStore } from '../../../src/mlflow/trackingStore';
import { SweepRefused } from '../../../src/projects/sweepRefused';
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

  it('marks the runs of a dead window when it is taken up and stopped at once', async () => {
    const dying = await new Worker(scene).begin(2);
    await scene.clock.run(() => isBusy(dying), hour);
    dying.die();
    const worker = await new Worker(scene).begin(2);
    await scene.clock.run(() => worker.run.progress.runningElsewhere === 2, hour);
    await until(scene, worker.run.stop());
    const statuses = childrenIn(scene).map(({ status }) => status);
    assert.ok(!statuses.includes('RUNNING'), String(statuses));
    assert.equal(parentIn(scene).status, 'KILLED');
  });

  it('refuses to try again what failed while it is being ended', async () => {
    const worker = await new Worker(scene).begin(2);
    await scene.clock.run(() => isBusy(worker), hour);
    const stopped = worker.run.stop();
    await assert.rejects(worker.run.retryFailed(), SweepRefused);
    await until(scene, stopped);
  });

  it('ends when no project begins at all', async () => {
    scene = await sweepScene(
      `alpha: [${Array.from({ length: 100 }, (_, n) => n).join(', ')}]\n`,
      scene.clock,
    );
    const worker = new Worker(scene);
    worker.fate = () => 'never begins';
    await worker.begin(2);
    await until(scene, worker.run.ended);
    const { state, trouble } = worker.run.progress;
    assert.deepEqual([state, trouble instanceof SweepRefused], ['stopped', true]);
    assert.ok(worker.launches.length <= 10, String(worker.launches.length));
    assert.equal(parentIn(scene).status, 'KILLED');
  });

  it('goes on where some combinations are refused before they begin', async () => {
    const worker = new Worker(scene);
    worker.fate = ({ args }) => (['2', '3'].includes(args[1] ?? '') ? 'never begins' : 'finishes');
    await worker.begin(1);
    await until(scene, worker.run.ended);
    assert.deepEqual(finishedByNumber(scene), [1, 0, 0, 1]);
    assert.equal(worker.run.progress.state, 'failed');
  });
});

describe('a sweep with a target', () => {
  const text = `method: grid\nmetric: {name: loss, goal: minimize, target: 0.25}\nparameters:\n  alpha: {values: [0.4, 0.2, 0.3, 0.1]}\n`;
  let scene: SweepScene;
  beforeEach(async () => {
    const random = new SeededRandom(3);
    scene = await sweepScene(text, new VirtualClock(() => random.next()));
  });

  it('has finished when it is reached, also where a run failed before', async () => {
    const worker = new Worker(scene);
    worker.value = ({ args }) => Number(args[1]);
    worker.fate = ({ args }) => (args.includes('0.4') ? 'fails' : 'finishes');
    await worker.begin(1);
    await until(scene, worker.run.ended);
    assert.deepEqual(finishedByNumber(scene), [0, 1, 0, 0]);
    assert.equal(worker.run.progress.state, 'finished');
    assert.equal(parentIn(scene).status, 'FINISHED');
  });

  it('waits for the runs of a dead window when it is reached', async () => {
    const dying = new Worker(scene);
    dying.duration = () => hour;
    await dying.begin(1);
    await scene.clock.run(() => dying.run.progress.children[0]?.launched !== undefined, hour);
    dying.die();
    const worker = new Worker(scene);
    worker.value = ({ args }) => Number(args[1]);
    await worker.begin(1);
    await until(scene, worker.run.ended);
    const statuses = childrenIn(scene).map(({ status }) => status);
    assert.deepEqual(statuses.toSorted(), ['FINISHED', 'KILLED']);
  });
});
