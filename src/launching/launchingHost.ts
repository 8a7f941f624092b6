import type { Log } from '../base/log';
import type { ClientVariables } from '../mlflow/clientVariables';
import type { Launches } from '../state/launches';
import type { Memory } from '../state/memory';
import type { Sessions } from '../state/sessions';

/** A run by where it is. */
export interface RunPlace {
  /** Id of its session. */
  readonly connection: string;
  readonly experimentId: string;
  readonly runId: string;
}

/** What launching gets from the extension, which loads it late. */
export interface LaunchingHost {
  readonly sessions: Sessions;
  readonly launches: Launches;
  /** Of the workspace. */
  readonly memory: Memory;
  /** Of the user, for all workspaces. */
  readonly userMemory: Memory;
  readonly log: Log;
  /** How MLflow's own client reaches a session; undefined for one that is not there. */
  readonly clientVariables: (session: string) => Promise<ClientVariables | undefined>;
  /** Selects a run in the Experiments view, without taking the keyboard from where it is. */
  readonly reveal: (run: RunPlace) => Promise<void>;
  /** Shows runs side by side. */
  readonly compare: (runs: readonly RunPlace[]) => Promise<void>;
  /** Tells a person about a failure in one sentence. */
  readonly tellFailure: (error: unknown) => Promise<void>;
}

/** With what a run is started. */
export interface StartPlace {
  readonly variables: ClientVariables;
  /** From where a Git URI is started. */
  readonly folder: string | undefined;
  /** A Python that has MLflow. */
  readonly python: Promise<string>;
}
