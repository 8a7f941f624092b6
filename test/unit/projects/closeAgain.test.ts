import assert from 'node:assert/strict';
import { closeAgain } from '../../../src/projects/parentRun';
import { heartbeatTag, readHeartbeats, stateTag, tagOf } from '../../../src/projects/sweepTags';
import { parentIn, sweepScene, type SweepScene } from '../../support/sweepWorkers';
import { VirtualClock } from '../../support/virtualClock';

const never = new AbortController().signal;

describe('a sweep that could not be taken up', () => {
  let scene: SweepScene;
  beforeEach(async () => {
    scene = await sweepScene('alpha: [1, 2]\n', new VirtualClock(() => 0));
    await scene.store.setRunTag(scene.parentId, stateTag, 'stopped', never);
    await scene.store.endRun(scene.parentId, 'KILLED', 7, never);
  });

  async function takeUpInVain(...claimants: string[]): Promise<void> {
    const { store, parentId } = scene;
    const before = parentIn(scene);
    for (const one of claimants) await store.setRunTag(parentId, heartbeatTag(one), '0', never);
    await store.setRunTag(parentId, stateTag, 'running', never);
    await store.reopenRun(parentId, never);
    await closeAgain(store, before, 'window');
  }

  it('is what it was before', async () => {
    await takeUpInVain('window.1');
    const parent = parentIn(scene);
    assert.deepEqual([parent.status, parent.endTime], ['KILLED', 7]);
    assert.equal(tagOf(parent, stateTag), 'stopped');
    assert.equal(readHeartbeats(parent).size, 0);
  });

  it('goes on where somebody else works on it', async () => {
    await takeUpInVain('window.1', 'other.1');
    assert.equal(parentIn(scene).status, 'RUNNING');
    assert.equal(tagOf(parentIn(scene), stateTag), 'running');
    assert.deepEqual([...readHeartbeats(parentIn(scene)).keys()], ['other.1']);
  });
});
