import assert from 'node:assert/strict';
import { stopSweep } from '../../../src/projects/stopSweep';
import { stateTag, tagOf } from '../../../src/projects/sweepTags';
import type { StoppedSweep } from '../../../src/projects/sweepContracts';
import { SeededRandom } from '../../support/seededRandom';
import { memoryLog } from '../../support/storeDoors';
import {
  childrenIn,
  hour,
  parentIn,
  sweepScene,
  type SweepScene,
  until,
  Worker,
} from '../../support/sweepWorkers';
import { VirtualClock } from '../../support/virtualClock';

const never = new AbortController().signal;

describe('a sweep that is stopped by who does not work on it', () => {
  let scene: SweepScene;
  let lost: string[];
  beforeEach(async () => {
    const random = new SeededRandom(3);
    scene = await sweepScene('alpha: [1, 2, 3, 4]\n', new VirtualClock(() => random.next()));
    lost = [];
  });

  const isBusy = ({ run }: Worker): boolean =>
    run.progress.children.filter(({ launched }) => launched !== undefined).length === 2;

  async function stop(endLost?: (runId: string) => Promise<void>): Promise<StoppedSweep> {
    const { store, clock, parentId } = scene;
    const ending = (runId: string): Promise<void> => {
      lost.push(runId);
      return endLost?.(runId) ?? Promise.resolve();
    };
    const host = { store, endLost: ending, log: memoryLog([]) };
    const stopped = stopSweep({ parentRunId: parentId, host, backend: undefined, clock }, never);
    await until(scene, stopped);
    return stopped;
  }

  const statuses = (): string[] => childrenIn(scene).map(({ status }) => status);

  it('ends with its runs killed once the window that is gone is known to be dead', async () => {
    const dying = await new Worker(scene).begin(2);
    await scene.clock.run(() => isBusy(dying), hour);
    dying.die();
    const began = scene.clock.now();
    assert.deepEqual(await stop(), { isStopped: true, trouble: undefined });
    assert.ok(scene.clock.now() - began >= 45_000);
    assert.deepEqual(statuses(), ['KILLED', 'KILLED']);
    assert.deepEqual(
      lost.toSorted(),
      childrenIn(scene)
        .map(({ id }) => id)
        .toSorted(),
    );
    assert.equal(parentIn(scene).status, 'KILLED');
    assert.equal(tagOf(parentIn(scene), stateTag), 'stopped');
  });

  it('lets a window that lives end its own runs', async () => {
    const worker = await new Worker(scene).begin(2);
    worker.duration = () => hour;
    await scene.clock.run(() => isBusy(worker), hour);
    await stop();
    await until(scene, worker.run.ended);
    assert.deepEqual([lost, statuses()], [[], ['KILLED', 'KILLED']]);
    assert.equal(parentIn(scene).status, 'KILLED');
  });

  it('tells that a cluster could not be asked, and marks its runs all the same', async () => {
    const dying = await new Worker(scene).begin(2);
    await scene.clock.run(() => isBusy(dying), hour);
    dying.die();
    const { trouble } = await stop(() => Promise.reject(new Error('no cluster')));
    assert.equal(String(trouble), 'Error: no cluster');
    assert.deepEqual(statuses(), ['KILLED', 'KILLED']);
    assert.equal(parentIn(scene).status, 'KILLED');
  });

  it('leaves alone a sweep that has finished', async () => {
    const worker = await new Worker(scene).begin(2);
    await until(scene, worker.run.ended);
    assert.equal((await stop()).isStopped, false);
    assert.equal(parentIn(scene).status, 'FINISHED');
  });
});
