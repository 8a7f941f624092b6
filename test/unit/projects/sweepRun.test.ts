import assert from 'node:assert/strict';
import { combinationTag, tagOf } from '../../../src/projects/sweepTags';
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

const grid = 'alpha: [0.1, 0.2, 0.3]\nepochs: [1, 2]\n';
const randomOf = (seed: number): (() => number) => {
  const random = new SeededRandom(seed);
  return () => random.next();
};

describe('a sweep that is carried out', () => {
  let scene: SweepScene;
  beforeEach(async () => {
    scene = await sweepScene(grid, new VirtualClock(randomOf(1)));
  });

  it('makes a run of each combination, with its params and its parent', async () => {
    const worker = await new Worker(scene).begin(2);
    await until(scene, worker.run.ended);
    assert.deepEqual(finishedByNumber(scene), [1, 1, 1, 1, 1, 1]);
    const children = childrenIn(scene).toSorted(
      (a, b) => Number(tagOf(a, combinationTag)) - Number(tagOf(b, combinationTag)),
    );
    assert.deepEqual(
      children.map(({ params }) => params.map(({ value }) => value).join(' ')),
      ['0.1 1', '0.1 2', '0.2 1', '0.2 2', '0.3 1', '0.3 2'],
    );
    assert.ok(children.every((run) => tagOf(run, 'mlflow.parentRunId') === scene.parentId));
    assert.equal(parentIn(scene).status, 'FINISHED');
    const { state, total, done } = worker.run.progress;
    assert.deepEqual([state, total, done], ['finished', 6, 6]);
  });

  it('has no more runs at once than it may', async () => {
    const worker = await new Worker(scene).begin(2);
    let most = 0;
    worker.run.onDidChange(({ children }) => (most = Math.max(most, children.length)));
    await until(scene, worker.run.ended);
    assert.equal(most, 2);
  });

  it('says what failed, and tries that again when asked', async () => {
    const worker = new Worker(scene);
    worker.fate = ({ args }) => (args.includes('0.2') ? 'fails' : 'finishes');
    await worker.begin(2);
    await until(scene, worker.run.ended);
    assert.deepEqual([worker.run.progress.state, worker.run.progress.failed], ['failed', 2]);
    assert.equal(parentIn(scene).status, 'FAILED');
    const second = await new Worker(scene).begin(2, true);
    await until(scene, second.run.ended);
    assert.deepEqual(finishedByNumber(scene), [1, 1, 1, 1, 1, 1]);
    assert.equal(second.launches.length, 2);
  });

  it('gives up a combination whose process is killed again and again', async () => {
    const worker = new Worker(scene);
    worker.fate = ({ args }) =>
      args.includes('0.1') && args.includes('2') ? 'is killed' : 'finishes';
    await worker.begin(1);
    await until(scene, worker.run.ended);
    assert.deepEqual(finishedByNumber(scene), [1, 0, 1, 1, 1, 1]);
    const statuses = childrenIn(scene)
      .filter((run) => tagOf(run, combinationTag) === '1')
      .map(({ status }) => status);
    assert.deepEqual(statuses, ['KILLED', 'KILLED', 'FAILED']);
  });

  it('ends its runs as killed when it is stopped, and is resumed by another window', async () => {
    const worker = await new Worker(scene).begin(2);
    await scene.clock.run(() => worker.run.progress.done >= 2, hour);
    const stopped = worker.run.stop();
    await until(scene, stopped);
    assert.equal(worker.run.progress.state, 'stopped');
    assert.equal(parentIn(scene).status, 'KILLED');
    assert.ok(
      childrenIn(scene).every(({ status }) => status === 'FINISHED' || status === 'KILLED'),
    );
    await scene.store.setRunTag(
      scene.parentId,
      'mlflowWorkbench.sweepState',
      'running',
      new AbortController().signal,
    );
    const second = await new Worker(scene).begin(2);
    await until(scene, second.run.ended);
    assert.deepEqual(finishedByNumber(scene), [1, 1, 1, 1, 1, 1]);
  });

  it('stops in every window', async () => {
    const [one, other] = [await new Worker(scene).begin(1), await new Worker(scene).begin(1)];
    await scene.clock.run(() => one.run.progress.done >= 2, hour);
    await until(scene, Promise.all([one.run.stop(), other.run.ended]));
    assert.equal(other.run.progress.state, 'stopped');
    assert.ok(childrenIn(scene).every(({ status }) => status !== 'RUNNING'));
  });

  it('outlives a server that is gone for a minute', async () => {
    const worker = await new Worker(scene).begin(2);
    await scene.clock.run(() => worker.run.progress.done >= 1, hour);
    worker.isCutOff = true;
    const back = scene.clock.now() + 60_000;
    let isBack = false;
    scene.clock.after(60_000, () => {
      worker.isCutOff = false;
      isBack = true;
    });
    await scene.clock.run(() => isBack, hour);
    assert.ok(scene.clock.now() >= back);
    await until(scene, worker.run.ended);
    assert.deepEqual(finishedByNumber(scene), [1, 1, 1, 1, 1, 1]);
    assert.equal(childrenIn(scene).length, 6);
  });

  it('knows the best run, and ends once the target is reached', async () => {
    const text = `method: grid\nmetric: {name: loss, goal: minimize, target: 0.25}\nparameters:\n  alpha: {values: [0.4, 0.3, 0.2, 0.1]}\n`;
    scene = await sweepScene(text, new VirtualClock(randomOf(1)));
    const worker = new Worker(scene);
    worker.value = ({ args }) => Number(args[1]);
    await worker.begin(1);
    await until(scene, worker.run.ended);
    assert.equal(worker.run.progress.best?.value, 0.2);
    assert.deepEqual([worker.launches.length, worker.run.progress.state], [3, 'finished']);
  });

  for (const seed of Array.from({ length: 12 }, (_, n) => n + 1)) {
    it(`ends with one finished run of each combination, whatever dies (${seed})`, async () => {
      const random = randomOf(seed);
      const text = `a: [${Array.from({ length: 40 }, (_, n) => n).join(', ')}]\n`;
      scene = await sweepScene(text, new VirtualClock(random));
      const workers: Worker[] = [];
      const join = async (): Promise<void> => {
        const worker = new Worker(scene);
        worker.losses = random() < 0.5 ? 0 : 0.05;
        worker.duration = () => 1000 + random() * 60_000;
        workers.push(await worker.begin(1 + Math.floor(random() * 3)));
      };
      const lives = (): Worker[] => workers.filter(({ run }) => run.progress.state === 'running');
      for (let n = 0; n < 4; n++) await join();
      for (let hit = 0; hit < 8; hit++) {
        let isTime = false;
        scene.clock.after(20_000 + random() * 40_000, () => (isTime = true));
        await scene.clock.run(() => isTime, hour);
        const [victim] = lives().filter(({ isCutOff }) => !isCutOff);
        if (victim === undefined) break;
        if (random() < 0.5) {
          victim.die();
          workers.splice(workers.indexOf(victim), 1);
          await join();
        } else {
          victim.isCutOff = true;
          scene.clock.after(30_000 + random() * 90_000, () => (victim.isCutOff = false));
        }
      }
      await until(scene, Promise.all(workers.map(({ run }) => run.ended)));
      assert.deepEqual(
        finishedByNumber(scene),
        Array.from({ length: 40 }, () => 1),
      );
      const statuses = new Set(childrenIn(scene).map(({ status }) => status));
      assert.deepEqual(
        [...statuses].filter((one) => !['FINISHED', 'KILLED'].includes(one)),
        [],
      );
      assert.equal(parentIn(scene).status, 'FINISHED');
    });
  }
});
