import type { ProjectCommand } from '../projects/launchContracts';
import type { Launches } from '../state/launches';
import type { Memory } from '../state/memory';
import type { KeeperMark } from '../terminal/handover';
import { machineParts } from './machine';
import type { WantedRun } from './projectRuns';

const key = 'mlflow.launched';

/** What is remembered of a launch. Variables of the settings may be secrets, and are read anew. */
interface KeptRun {
  readonly command: Omit<ProjectCommand, 'environment' | 'extraArguments'>;
  readonly connection?: string | undefined;
  readonly changing: readonly string[];
  readonly folder?: string | undefined;
  readonly mark?: KeeperMark | undefined;
  /** Id of its run, where that is sure. */
  readonly runId?: string | undefined;
}

/** Remembers for the workspace what was launched, so that it can be run again, and found again after a reload. */
export class KeptRuns {
  constructor(
    private readonly memory: Memory,
    private readonly launches: Launches,
  ) {}

  /** What a launch was; settings count as they are now. */
  wanted(id: string): WantedRun | undefined {
    const kept = this.all.get(id);
    return (
      kept && {
        command: { ...kept.command, ...machineParts(kept.folder) },
        connection: kept.connection,
        changing: new Set(kept.changing),
        folder: kept.folder,
      }
    );
  }

  /** By what its process is found again. */
  mark(id: string): KeeperMark | undefined {
    return this.all.get(id)?.mark;
  }

  keep(id: string, { command, connection, changing, folder }: WantedRun): void {
    const { program, parameters, experimentId, runId, environmentManager, backend } = command;
    this.put(id, {
      command: { program, parameters, experimentId, runId, environmentManager, backend },
      ...{ connection, changing: [...changing], folder },
    });
  }

  /** Whether a run is surely that of a launch. */
  isRunOf(id: string, runId: string): boolean {
    return this.all.get(id)?.runId === runId;
  }

  /** Adds what was found out. */
  learn(id: string, more: Partial<Pick<KeptRun, 'mark' | 'runId'>>): void {
    const kept = this.all.get(id);
    if (kept !== undefined) {
      this.put(id, { ...kept, ...more });
    }
  }

  private put(id: string, kept: KeptRun): void {
    const all = [...this.all, [id, kept] as const].filter(
      ([each]) => each === id || this.launches.get(each) !== undefined,
    );
    void this.memory.update(key, Object.fromEntries(all));
  }

  private get all(): ReadonlyMap<string, KeptRun> {
    return new Map(Object.entries((this.memory.get(key) ?? {}) as Record<string, KeptRun>));
  }
}
