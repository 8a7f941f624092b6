import type { Disposable } from '../base/disposable';
import type { Event } from '../base/event';
import type { Log } from '../base/log';
import type { TrackingStore } from '../mlflow/trackingStore';
import type {
  EnvironmentManager,
  Launched,
  LaunchBackend,
  LaunchProgram,
  LaunchTitle,
  NamedText,
  ProjectCommand,
} from './launchContracts';

/** The values of one run of a sweep. */
export interface Combination {
  /** From 0: its place in the plan, the same on every machine. */
  readonly number: number;
  readonly values: readonly NamedText[];
}

/** Which combinations of a sweep file are meant, and with which values: what a person has chosen of a plan. */
export interface PlanChoice {
  /** Of a grid, so many combinations drawn by the plan's seed, in place of all. */
  readonly sample: number | undefined;
  /** Combinations that are left out: pairs of the first and the last number, ascending. */
  readonly leftOut: readonly (readonly [first: number, last: number])[];
  /** Combinations with other values. */
  readonly edits: readonly Combination[];
}

export const wholePlan: PlanChoice = { sample: undefined, leftOut: [], edits: [] };

export interface SweepMetric {
  readonly name: string;
  readonly goal: 'minimize' | 'maximize';
  /** The sweep ends once a run has reached this value. */
  readonly target: number | undefined;
}

/** A new sweep. */
export interface SweepRequest {
  readonly experimentId: string;
  /** Name of the parent run; made of the file's name where it is left out. */
  readonly name: string | undefined;
  /** Without folders, e.g. `config.yaml`. */
  readonly fileName: string;
  readonly text: string;
  readonly choice: PlanChoice;
  /** Takes the place of the file's; a plan that is shown is made with the seed that is launched. */
  readonly seed: number;
  readonly program: LaunchProgram;
  /** Given to every run, unless a combination has the same name. */
  readonly fixedParameters: readonly NamedText[];
  /** Takes the place of the file's. */
  readonly metric: SweepMetric | undefined;
  readonly machine: SweepMachine;
}

/** What the machine that works on a sweep brings; none of it is kept with the sweep, except a backend's name. */
export interface SweepMachine {
  /** Where the project or script is here, when that is a folder; a sweep that was begun elsewhere knows it by another path. */
  readonly folder: string | undefined;
  readonly environmentManager: EnvironmentManager;
  readonly backend: LaunchBackend | undefined;
  /** Runs at once of this machine. */
  readonly parallelism: number;
  readonly extraArguments: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

export type SweepState =
  /** Combinations are being worked on, here or elsewhere. */
  | 'running'
  /** Children are being ended. */
  | 'stopping'
  /** Ended before everything was done; can be resumed. */
  | 'stopped'
  /** All is done. */
  | 'finished'
  /** Nothing more can be done, and some combinations failed; they can be retried. */
  | 'failed';

/** A run of a sweep that is going on here. */
export interface SweepChild {
  readonly runId: string;
  readonly combination: Combination;
  /** From 0. */
  readonly attempt: number;
  /** Undefined until its process was started. */
  readonly launched: Launched | undefined;
}

export interface BestSoFar {
  readonly runId: string;
  readonly number: number;
  readonly value: number;
}

/** How far a sweep is; a new object for each change. */
export interface SweepProgress {
  readonly state: SweepState;
  /** Runs that are planned. */
  readonly total: number;
  readonly done: number;
  /** Combinations whose last attempt failed. */
  readonly failed: number;
  /** Runs that were ended early since they were behind the others. */
  readonly endedEarly: number;
  /** Going on here. */
  readonly children: readonly SweepChild[];
  /** Going on at other machines or windows. */
  readonly runningElsewhere: number;
  readonly best: BestSoFar | undefined;
  /** Undefined until one run has ended. */
  readonly secondsLeft: number | undefined;
  /** What hinders the sweep right now, e.g. a server that does not answer; it goes on by itself once that is over. */
  readonly trouble: unknown;
}

/** A sweep that is worked on here. */
export interface RunningSweep extends Disposable {
  readonly parentRunId: string;
  readonly experimentId: string;
  readonly name: string;
  readonly fileName: string;
  readonly metric: SweepMetric | undefined;
  readonly progress: SweepProgress;
  readonly onDidChange: Event<SweepProgress>;
  /** Resolves once nothing goes on here any more; never rejects. */
  readonly ended: Promise<SweepProgress>;
  /** Ends all children and then the sweep, on every machine that works on it. */
  stop(): Promise<void>;
  /** Makes another attempt at each combination that failed. Rejects while the sweep is being ended. */
  retryFailed(): Promise<void>;
  /** Lets go of the sweep without a word to anybody, as a window that closes does: it can be resumed. */
  dispose(): void;
}

/** What the engine of sweeps needs of the place where it works. */
export interface SweepHost {
  readonly store: TrackingStore;
  /** The folder of a store that is read in its place and is one of files (`mlruns`): claims need a lock there. */
  readonly fileStoreFolder: string | undefined;
  /**
   * Starts what is to run, on this machine or, with a backend, elsewhere. Rejects where nothing could be started, e.g. since
   * MLflow or Python is missing.
   */
  start(command: ProjectCommand, about: LaunchTitle): Promise<Launched>;
  /**
   * Ends what may still run, on a cluster, of a run whose claimant is dead; resolves at once where nothing outlives its
   * claimant.
   */
  endLost(runId: string, backend: LaunchBackend | undefined): Promise<void>;
  /** A Python that may have Optuna, for `method: bayes`. */
  python(): Promise<string>;
  /** Login name, for `mlflow.user`. */
  readonly user: string;
  /** Unique for this window, e.g. a UUID. */
  readonly claimant: string;
  readonly log: Log;
}

/** Begins sweeps, and takes up those that were begun. */
export interface Sweeps {
  /** Resolves once the parent run is there. */
  launch(request: SweepRequest, host: SweepHost, signal: AbortSignal): Promise<RunningSweep>;
  /** What is missing is found in MLflow. With `retryFailed`, combinations that failed are missing, too. */
  resume(
    parentRunId: string,
    machine: SweepMachine,
    host: SweepHost,
    options: { readonly retryFailed: boolean },
    signal: AbortSignal,
  ): Promise<RunningSweep>;
  /**
   * Ends a sweep that nobody here works on: tells those who do, waits until they have left or are silent for so long that they are
   * dead, ends what the dead left behind (on `backend`, too), and marks their runs and the sweep as killed. That takes up to a
   * minute. Rejects where it is no sweep, or what is to be done is refused.
   */
  stop(
    parentRunId: string,
    host: Pick<SweepHost, 'store' | 'endLost' | 'log'>,
    backend: LaunchBackend | undefined,
    signal: AbortSignal,
  ): Promise<StoppedSweep>;
}

export interface StoppedSweep {
  /** False where it had ended before, or somebody has taken it up meanwhile. */
  readonly isStopped: boolean;
  /** What kept a cluster from being asked to end something; its run is marked all the same. */
  readonly trouble: unknown;
}
