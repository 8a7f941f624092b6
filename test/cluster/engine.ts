import { setTimeout as delay } from 'node:timers/promises';
import { wholePlan } from '../../src/projects/sweepContracts';
import { Sweeps } from '../../src/projects/sweeps';
import { RayJobs } from '../../src/ray/jobs/rayJobs';
import { openStore } from '../../src/stores/openStore';
import { clusterHost, type ClusterScene, machineOf } from './clusterHost';

/** A window that begins a sweep on a cluster and is to be killed in the middle of it: says the parent's id, then how far it is. */
const scene = JSON.parse(process.argv[2] ?? '') as ClusterScene;
process.stdin.resume().on('end', () => process.exit(1));
const store = openStore({ uri: scene.tracking }, () => undefined);
const host = clusterHost(scene, store, new RayJobs(() => Promise.resolve(), {}), () => undefined);
const sweep = await new Sweeps().launch(
  {
    ...{ experimentId: scene.experimentId, name: 'killed', fileName: 'config.yaml' },
    ...{ text: scene.text, choice: wholePlan, seed: 1, fixedParameters: [], metric: undefined },
    ...{ program: scene.program, machine: machineOf(scene) },
  },
  host,
  new AbortController().signal,
);
process.stdout.write(`${sweep.parentRunId}\n`);
for (;;) {
  process.stdout.write(`${sweep.progress.done}\n`);
  await delay(300);
}
