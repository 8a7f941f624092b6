import type { TrackingStore } from '../../src/mlflow/trackingStore';

const never = new AbortController().signal;

/** A change of a healthy server, and how to see that it was made. */
export interface Write {
  /** Below `/api/2.0/mlflow/`. */
  readonly call: string;
  /** What has to be so before. */
  readonly prepare?: (store: TrackingStore) => Promise<unknown>;
  readonly run: (store: TrackingStore, signal: AbortSignal) => Promise<unknown>;
  readonly isDone: (store: TrackingStore) => Promise<boolean>;
}

const experimentTag = async (store: TrackingStore): Promise<string | undefined> =>
  (await store.getExperiment('1', never)).tags.find(({ key }) => key === 'team')?.value;
const runTag = async (store: TrackingStore): Promise<string | undefined> =>
  (await store.getRun('1r0', never)).tags.find(({ key }) => key === 'team')?.value;
const experimentStage = async (store: TrackingStore): Promise<string> =>
  (await store.getExperiment('1', never)).lifecycleStage;
export const runStage = async (store: TrackingStore): Promise<string> =>
  (await store.getRun('1r0', never)).lifecycleStage;

const writes: Readonly<Record<string, Write>> = {
  createExperiment: {
    call: 'experiments/create',
    run: (store, signal) => store.createExperiment('fresh', signal),
    isDone: async (store) => (await store.getExperiment('4', never)).name === 'fresh',
  },
  renameExperiment: {
    call: 'experiments/update',
    run: (store, signal) => store.renameExperiment('1', 'other', signal),
    isDone: async (store) => (await store.getExperiment('1', never)).name === 'other',
  },
  deleteExperiment: {
    call: 'experiments/delete',
    run: (store, signal) => store.deleteExperiment('1', signal),
    isDone: async (store) => (await experimentStage(store)) === 'deleted',
  },
  restoreExperiment: {
    call: 'experiments/restore',
    prepare: (store) => store.deleteExperiment('1', never),
    run: (store, signal) => store.restoreExperiment('1', signal),
    isDone: async (store) => (await experimentStage(store)) === 'active',
  },
  setExperimentTag: {
    call: 'experiments/set-experiment-tag',
    run: (store, signal) => store.setExperimentTag('1', 'team', 'seats', signal),
    isDone: async (store) => (await experimentTag(store)) === 'seats',
  },
  renameRun: {
    call: 'runs/update',
    run: (store, signal) => store.renameRun('1r0', 'other', signal),
    isDone: async (store) => (await store.getRun('1r0', never)).name === 'other',
  },
  deleteRun: {
    call: 'runs/delete',
    run: (store, signal) => store.deleteRun('1r0', signal),
    isDone: async (store) => (await runStage(store)) === 'deleted',
  },
  restoreRun: {
    call: 'runs/restore',
    prepare: (store) => store.deleteRun('1r0', never),
    run: (store, signal) => store.restoreRun('1r0', signal),
    isDone: async (store) => (await runStage(store)) === 'active',
  },
  setRunTag: {
    call: 'runs/set-tag',
    run: (store, signal) => store.setRunTag('1r0', 'team', 'seats', signal),
    isDone: async (store) => (await runTag(store)) === 'seats',
  },
  deleteRunTag: {
    call: 'runs/delete-tag',
    prepare: (store) => store.setRunTag('1r0', 'team', 'seats', never),
    run: (store, signal) => store.deleteRunTag('1r0', 'team', signal),
    isDone: async (store) => (await runTag(store)) === undefined,
  },
};

export const paramsOf = async (store: TrackingStore): Promise<Map<string, string>> =>
  new Map((await store.getRun('1r0', never)).params.map(({ key, value }) => [key, value]));
export const manyParams = Array.from({ length: 250 }, (_, n) => ({
  key: `p${n}`,
  value: String(n),
}));

const runWrites: Readonly<Record<string, Write>> = {
  logParam: {
    call: 'runs/log-parameter',
    run: (store, signal) => store.logParam('1r0', 'beta', '0.1', signal),
    isDone: async (store) => (await paramsOf(store)).get('beta') === '0.1',
  },
  logParams: {
    call: 'runs/log-batch',
    run: (store, signal) => store.logParams('1r0', manyParams.slice(0, 100), signal),
    isDone: async (store) => (await paramsOf(store)).get('p99') === '99',
  },
  reopenRun: {
    call: 'runs/update',
    run: (store, signal) => store.reopenRun('1r0', signal),
    isDone: async (store) => (await store.getRun('1r0', never)).status === 'RUNNING',
  },
  endRun: {
    call: 'runs/update',
    run: (store, signal) => store.endRun('1r0', 'KILLED', 5000, signal),
    isDone: async (store) => (await store.getRun('1r0', never)).status === 'KILLED',
  },
};

const modelOf = (store: TrackingStore) => store.getRegisteredModel('model 1', never);
const versionOf = (store: TrackingStore) => store.getModelVersion('model 1', '1', never);
export const newVersion = {
  ...{ name: 'model 1', source: 'runs:/1r0/model', runId: '1r0', modelId: undefined },
  ...{ description: 'd', tags: [{ key: 'k', value: 'v' }] },
} as const;
const stageOfOther = async (store: TrackingStore): Promise<string> =>
  (await store.getModelVersion('model 1', '2', never)).stage;

const registryWrites: Readonly<Record<string, Write>> = {
  createRegisteredModel: {
    call: 'registered-models/create',
    run: (store, signal) => store.createRegisteredModel('fresh', signal),
    isDone: async (store) => (await store.getRegisteredModel('fresh', never)).name === 'fresh',
  },
  renameRegisteredModel: {
    call: 'registered-models/rename',
    run: (store, signal) => store.renameRegisteredModel('model 1', 'other', signal),
    isDone: async (store) => (await store.getRegisteredModel('other', never)).name === 'other',
  },
  describeRegisteredModel: {
    call: 'registered-models/update',
    run: (store, signal) => store.describeRegisteredModel('model 1', 'd', signal),
    isDone: async (store) => (await modelOf(store)).description === 'd',
  },
  deleteRegisteredModel: {
    call: 'registered-models/delete',
    run: (store, signal) => store.deleteRegisteredModel('model 1', signal),
    isDone: async (store) =>
      modelOf(store).then(
        () => false,
        () => true,
      ),
  },
  setModelTag: {
    call: 'registered-models/set-tag',
    run: (store, signal) => store.setModelTag('model 1', 'k', 'v', signal),
    isDone: async (store) => (await modelOf(store)).tags.length === 1,
  },
  deleteModelTag: {
    call: 'registered-models/delete-tag',
    prepare: (store) => store.setModelTag('model 1', 'k', 'v', never),
    run: (store, signal) => store.deleteModelTag('model 1', 'k', signal),
    isDone: async (store) => (await modelOf(store)).tags.length === 0,
  },
  describeModelVersion: {
    call: 'model-versions/update',
    run: (store, signal) => store.describeModelVersion('model 1', '1', 'd', signal),
    isDone: async (store) => (await versionOf(store)).description === 'd',
  },
  deleteModelVersion: {
    call: 'model-versions/delete',
    run: (store, signal) => store.deleteModelVersion('model 1', '1', signal),
    isDone: async (store) =>
      versionOf(store).then(
        () => false,
        () => true,
      ),
  },
  transitionStage: {
    call: 'model-versions/transition-stage',
    run: (store, signal) => store.transitionStage('model 1', '1', 'Production', true, signal),
    isDone: async (store) =>
      (await versionOf(store)).stage === 'Production' && (await stageOfOther(store)) === 'Archived',
  },
  setVersionTag: {
    call: 'model-versions/set-tag',
    run: (store, signal) => store.setVersionTag('model 1', '1', 'k', 'v', signal),
    isDone: async (store) => (await versionOf(store)).tags.length === 1,
  },
  deleteVersionTag: {
    call: 'model-versions/delete-tag',
    prepare: (store) => store.setVersionTag('model 1', '1', 'k', 'v', never),
    run: (store, signal) => store.deleteVersionTag('model 1', '1', 'k', signal),
    isDone: async (store) => (await versionOf(store)).tags.length === 0,
  },
  setAlias: {
    call: 'registered-models/alias',
    run: (store, signal) => store.setAlias('model 1', 'champion', '1', signal),
    isDone: async (store) => (await modelOf(store)).aliases[0]?.version === '1',
  },
  deleteAlias: {
    call: 'registered-models/alias',
    run: (store, signal) => store.deleteAlias('model 1', 'champion', signal),
    isDone: async (store) => (await modelOf(store)).aliases.length === 0,
  },
};

export const lostWrites = { ...writes, ...runWrites, ...registryWrites };
