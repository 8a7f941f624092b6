import { randomUUID } from 'node:crypto';
import { MlflowError } from '../../src/mlflow/errors';
import type { Run } from '../../src/mlflow/model';
import { wrapped } from '../../src/mlflow/wrappedStore';
import { isWrite, type TrackingStore } from '../../src/mlflow/trackingStore';
import { claimsFor } from '../../src/projects/claims';
import type {
  CommandLine,
  Launched,
  LaunchEnd,
  LaunchTitle,
} from '../../src/projects/launchContracts';
import { readSweepText } from '../../src/projects/plan/readSweepText';
import { SweepPlan } from '../../src/projects/plan/sweepPlan';
import { wholePlan, type SweepHost } from '../../src/projects/sweepContracts';
import type { SweepRecord } from '../../src/projects/sweepRecord';
import { SweepRun } from '../../src/projects/sweepRun';
import { combinationTag, heartbeatTag, sweepTag, tagOf } from '../../src/projects/sweepTags';
import { anExperiment, FakeStore } from './fakeStore';
import { memoryLog } from './storeDoors';
import type { VirtualClock } from './virtualClock';

const never = new AbortController().signal;
/** Milliseconds. */
export const hour = 3_600_000;

/** What becomes of a process: how it ends by itself, and whether MLflow gets to say so. */
export type Fate = 'finishes' | 'fails' | 'is killed' | 'never begins';

export interface SweepScene {
  readonly store: FakeStore;
  readonly clock: VirtualClock;
  readonly plan: SweepPlan;
  readonly parentId: string;
  readonly record: SweepRecord;
  readonly text: string;
}

/** A sweep on a store in memory, begun by nobody yet. */
export async function sweepScene(text: string, clock: VirtualClock): Promise<SweepScene> {
  const { sweep } = readSweepText(text);
  if (sweep === undefined) throw new Error('no sweep');
  const store = new FakeStore();
  store.experiments = [anExperiment('1')];
  const plan = new SweepPlan(sweep, 1, wholePlan);
  const record: SweepRecord = {
    ...{ version: 1, name: 'sweep', fileName: 'config.yaml', method: sweep.method, seed: 1 },
    ...{ count: plan.count, fixedParameters: [], backend: undefined, parallelism: 2 },
    program: { kind: 'project', uri: '/project', version: undefined, entryPoint: 'main' },
    metric: sweep.metric,
    choice: wholePlan,
  };
  const made = { name: 'sweep', startTime: 0, tags: [{ key: sweepTag, value: '{}' }] };
  const { id } = await store.createRun('1', made, never);
  return { store, clock, plan, parentId: id, record, text };
}

export function childrenIn({ store, parentId }: SweepScene): readonly Run[] {
  return store.runs.filter(
    ({ id, lifecycleStage }) => id !== parentId && lifecycleStage === 'active',
  );
}

export function parentIn({ store, parentId }: SweepScene): Run {
  const parent = store.runs.find(({ id }) => id === parentId);
  if (parent === undefined) throw new Error('no parent');
  return parent;
}

/** How many runs of each combination finished. */
export function finishedByNumber(scene: SweepScene): number[] {
  const counts = Array.from({ length: scene.plan.size }, () => 0);
  for (const run of childrenIn(scene)) {
    if (run.status === 'FINISHED') counts[Number(tagOf(run, combinationTag))]! += 1;
  }
  return counts;
}

/** Lets time pass until it has resolved. */
export async function until({ clock }: SweepScene, ended: Promise<unknown>): Promise<void> {
  let isOver = false;
  void ended.then(() => (isOver = true));
  await clock.run(() => isOver, 30 * hour);
}

/** A window that works on the sweep, whose processes are made up and whose connection can be broken. */
export class Worker {
  readonly claimant = randomUUID().slice(0, 8);
  readonly lines: string[] = [];
  readonly launches: CommandLine[] = [];
  /** The share of requests that fail; half of those are carried out all the same. */
  losses = 0;
  isCutOff = false;
  fate: (line: CommandLine) => Fate = () => 'finishes';
  duration: () => number = () => 5000;
  /** Metric values that a process logs. */
  value: (line: CommandLine) => number | undefined = () => undefined;
  /** What a cluster says when it is asked to end the run of a dead claimant. */
  endLost: () => Promise<void> = () => Promise.resolve();
  run!: SweepRun;
  private readonly processes = new Set<{ kill: () => void }>();

  constructor(private readonly scene: SweepScene) {}

  async begin(parallelism: number, retryFailed = false): Promise<this> {
    const { store, clock, plan, record, text, parentId } = this.scene;
    const parent = await store.getRun(parentId, never);
    const through = this.through(store);
    const place = { store, parent, claimant: this.claimant, fileStoreFolder: undefined };
    const claims = await claimsFor({ ...place, store: through }, never);
    await store.setRunTag(parentId, heartbeatTag(this.claimant), '0', never);
    const host: SweepHost = {
      ...{ store: through, fileStoreFolder: undefined, user: 'kim', claimant: this.claimant },
      start: ({ runId = '', parameters }, about) =>
        Promise.resolve(
          this.launch(
            { program: 'mlflow', args: parameters.flat(), env: { RUN: runId }, cwd: '/' },
            about,
          ),
        ),
      endLost: () => this.endLost(),
      python: () => Promise.resolve('python'),
      log: memoryLog(this.lines),
    };
    const machine = {
      ...({ folder: undefined, environmentManager: 'local', backend: undefined } as const),
      ...{ parallelism, extraArguments: [], environment: {} },
    };
    const kept = { parent, record, text };
    const rest = { claimant: this.claimant, tags: [], clock, retryFailed };
    this.run = new SweepRun({ kept, plan, machine, host, claims, ...rest });
    return this;
  }

  /** As `kill -9` of the window: its processes end with it, and nothing is said to anybody. */
  die(): void {
    this.isCutOff = true;
    this.run.dispose();
    for (const process of this.processes) process.kill();
  }

  private launch(line: CommandLine, { id }: LaunchTitle): Launched {
    const { store, clock } = this.scene;
    this.launches.push(line);
    let end!: (end: LaunchEnd) => void;
    const ended = new Promise<LaunchEnd>((resolve) => (end = resolve));
    let isOver = false;
    const over = (status: 'FINISHED' | 'FAILED' | undefined, code: number | undefined): void => {
      if (isOver) return;
      isOver = true;
      this.processes.delete(process);
      if (status !== undefined) store.change(id, { status, endTime: clock.now() });
      end({ code });
    };
    const process = { kill: () => over(undefined, undefined) };
    this.processes.add(process);
    const value = this.value(line);
    if (value !== undefined) {
      store.change(id, { metrics: [{ key: 'loss', value, timestamp: 0, step: 0 }] });
    }
    const fate = this.fate(line);
    clock.after(this.duration(), () => {
      if (fate === 'finishes') over('FINISHED', 0);
      else if (fate === 'fails') over('FAILED', 1);
      else if (fate === 'never begins') over(undefined, 1);
      else over(undefined, undefined);
    });
    const interrupt = async (): Promise<void> => {
      clock.after(100, () => over('FAILED', 1));
      await ended;
    };
    return { id, ended, interrupt, show: () => undefined };
  }

  private through(store: FakeStore): TrackingStore {
    const { clock } = this.scene;
    return wrapped(store, async (name, ask, signal) => {
      if (name === 'serverInfo') return ask();
      await clock.wait(5 + clock.random() * 50, signal);
      if (this.isCutOff) throw new MlflowError('unreachable', 'refused');
      const isLost = clock.random() < this.losses;
      if (isLost && (!isWrite(name) || clock.random() < 0.5)) {
        throw new MlflowError('unreachable', 'cut');
      }
      const answer = await ask();
      if (isLost) throw new MlflowError('unreachable', 'unknownOutcome');
      return answer;
    });
  }
}
