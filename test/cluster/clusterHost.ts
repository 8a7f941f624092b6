import { randomUUID } from 'node:crypto';
import type { TrackingStore } from '../../src/mlflow/trackingStore';
import type { LaunchBackend, LaunchProgram } from '../../src/projects/launchContracts';
import type { SweepHost, SweepMachine } from '../../src/projects/sweepContracts';
import type { RayJobListener } from '../../src/ray/jobs/rayJob';
import type { RayJobs } from '../../src/ray/jobs/rayJobs';

const never = new AbortController().signal;

/** What a sweep on a cluster needs; it goes to another process as JSON. */
export interface ClusterScene {
  readonly tracking: string;
  readonly cluster: string;
  readonly experimentId: string;
  readonly program: Extract<LaunchProgram, { kind: 'script' }>;
  /** The sweep file. */
  readonly text: string;
  readonly environment: Readonly<Record<string, string>>;
}

export function backendOf(cluster: string): LaunchBackend {
  return { name: 'ray', configFile: JSON.stringify({ address: cluster }) };
}

export function machineOf(scene: ClusterScene): SweepMachine {
  return {
    ...{ folder: scene.program.folder, environmentManager: 'local', parallelism: 2 },
    ...{ backend: backendOf(scene.cluster), extraArguments: [] },
    environment: scene.environment,
  };
}

/** Starts every run on Ray, as the editor's host of sweeps does, without terminals. */
export function clusterHost(
  scene: ClusterScene,
  store: TrackingStore,
  jobs: RayJobs,
  onState: RayJobListener['onState'],
): SweepHost {
  return {
    ...{ store, fileStoreFolder: undefined, user: 'kim', claimant: randomUUID() },
    start: async (command, about) => {
      const client = { set: { MLFLOW_TRACKING_URI: scene.tracking }, unset: [] };
      const listener = { onLog: () => undefined, onState };
      const { job } = await jobs.start({ command, about, client }, listener, never);
      const { ended } = job;
      return { id: about.id, ended, interrupt: () => job.interrupt(), show: () => undefined };
    },
    endLost: (runId, backend) => jobs.endLost(runId, backend, never),
    python: () => Promise.reject(new Error('no search is guided here')),
    log: {
      debug: () => undefined,
      info: () => undefined,
      warn: () => undefined,
      error: () => undefined,
    },
  };
}
