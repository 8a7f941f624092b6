import type { Disposable } from '../base/disposable';
import { EventSource } from '../base/event';
import type { Memory } from './memory';

export type LaunchState =
  /** Its process is being started. */
  | 'starting'
  | 'running'
  | 'stopping'
  /** The process ended well, or all of a sweep is done. */
  | 'finished'
  | 'failed'
  /** Somebody ended it. */
  | 'stopped';

/** A run of a project, a sweep, or a run of one, that was started in this workspace. A new object for each change; no secret is in it. */
export interface Launch {
  /** Unique in this workspace. */
  readonly id: string;
  readonly kind: 'run' | 'sweep';
  /** Project and entry point, or the sweep's file. */
  readonly name: string;
  readonly state: LaunchState;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly endedAt: number | undefined;
  /** The run in MLflow, of a sweep the parent run, once it is known. */
  readonly run: LaunchedRun | undefined;
  /** Why it ended as it did, or what hinders it; one sentence. */
  readonly message: string | undefined;
  /** How far a sweep is. */
  readonly progress: LaunchProgress | undefined;
  /** Id of the sweep that it is a run of. */
  readonly parent?: string | undefined;
}

export interface LaunchedRun {
  /** Id of its session. */
  readonly connection: string;
  readonly experimentId: string;
  readonly runId: string;
  readonly name: string;
}

export interface LaunchProgress {
  readonly total: number;
  readonly done: number;
  readonly running: number;
  readonly failed: number;
  /** Ended since they were behind the others; they count as done. */
  readonly endedEarly: number;
  readonly best: { readonly metric: string; readonly value: number } | undefined;
  readonly secondsLeft: number | undefined;
}

/** Where launches are remembered for the workspace. */
const key = 'mlflow.launchRows';
const mostRemembered = 50;

/** What was launched in this workspace, the newest first; those that still went on are to be found again. */
export class Launches implements Disposable {
  private launches: readonly Launch[];
  private readonly changes = new EventSource<Launch | undefined>();

  /** Says which launch is another now, or has other runs below it; nothing where the list is. */
  readonly onDidChange = this.changes.event;

  constructor(private readonly memory: Memory) {
    const remembered = memory.get(key);
    this.launches = (Array.isArray(remembered) ? (remembered as readonly Launch[]) : []).map(
      (launch) =>
        // Sweeps end with their window, and are resumed from what MLflow knows of them.
        launch.kind === 'sweep' && isGoingOn(launch) ? { ...launch, state: 'stopped' } : launch,
    );
  }

  /** Without the runs of sweeps. */
  get all(): readonly Launch[] {
    return this.launches.filter(({ parent }) => parent === undefined);
  }

  /** The runs of a sweep that go on, or failed. */
  below(id: string): readonly Launch[] {
    return this.launches.filter(({ parent }) => parent === id);
  }

  get(id: string): Launch | undefined {
    return this.launches.find((launch) => launch.id === id);
  }

  add(launch: Launch): void {
    this.launches = [launch, ...this.launches.filter(({ id }) => id !== launch.id)];
    this.remember(launch);
    this.tellOfList(launch);
  }

  /** Changes a launch that is still listed. */
  change(id: string, change: Partial<Omit<Launch, 'id' | 'kind'>>): void {
    const before = this.get(id);
    if (before !== undefined) {
      const after = { ...before, ...change };
      this.launches = this.launches.map((launch) => (launch.id === id ? after : launch));
      const changed = Object.keys(change) as (keyof typeof change)[];
      // Progress alone comes often.
      if (changed.some((name) => name !== 'progress' && before[name] !== after[name])) {
        this.remember(after);
      }
      this.changes.fire(after);
    }
  }

  remove(id: string): void {
    const gone = this.get(id);
    if (gone !== undefined) {
      this.launches = this.launches.filter((launch) => launch.id !== id && launch.parent !== id);
      this.remember(gone);
      this.tellOfList(gone);
    }
  }

  dispose(): void {
    this.changes.dispose();
  }

  /** Runs of sweeps are not kept. */
  private remember({ parent }: Launch): void {
    if (parent !== undefined) {
      return;
    }
    let room = mostRemembered;
    const kept = this.all.filter((launch) => isGoingOn(launch) || (room -= 1) >= 0);
    void this.memory.update(key, kept);
  }

  private tellOfList({ parent }: Launch): void {
    this.changes.fire(parent === undefined ? undefined : this.get(parent));
  }
}

/** Whether something of it still runs. */
export function isGoingOn({ state }: Launch): boolean {
  return state === 'starting' || state === 'running' || state === 'stopping';
}
