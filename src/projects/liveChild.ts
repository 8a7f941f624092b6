import type { Log } from '../base/log';
import type { RunStatus, Tag } from '../mlflow/model';
import type { RunEnd, TrackingStore } from '../mlflow/trackingStore';
import { logParameters, makeChild, parametersOf } from './childRun';
import type { Launched, LaunchEnd, NamedText, ProjectCommand } from './launchContracts';
import type { KeptSweep } from './parentRun';
import { hasEnded } from './schedule/seenSweep';
import type { SweepChild, SweepHost, SweepMachine } from './sweepContracts';
import { endedTag } from './sweepTags';

/** Why a run is ended by us. */
export type EndReason = 'early' | 'stopped' | 'superseded';

/** What all children of a sweep share. */
export interface ChildMakings {
  readonly host: SweepHost;
  readonly kept: KeptSweep;
  readonly machine: SweepMachine;
  readonly tags: readonly Tag[];
  /** The values of a combination; a guided search takes a while. */
  values(number: number): Promise<readonly NamedText[]>;
  /** Tries until the server answers. */
  persist<T>(carryOut: (store: TrackingStore) => Promise<T>): Promise<T>;
  onChange(): void;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** One attempt at a combination, from its claim to the end of its process and run. */
export class LiveChild {
  private runId: string | undefined;
  private given: readonly NamedText[] = [];
  private launched: Launched | undefined;
  private why: EndReason | undefined;
  /** Whether its process ended by itself before it came to the project: MLflow, which marks what it began, said nothing of the run. */
  isBarren = false;

  constructor(
    private readonly makings: ChildMakings,
    readonly number: number,
    readonly attempt: number,
    /** Whether a process that was killed by others leaves a run that failed: it was killed before. */
    private readonly isLastTry: boolean,
  ) {}

  /** What is shown of it; undefined until its run is there. */
  get shown(): SweepChild | undefined {
    const { runId, attempt, launched, number, values } = this;
    if (runId === undefined) return undefined;
    return { runId, combination: { number, values }, attempt, launched };
  }

  /** Empty until they are chosen. */
  get values(): readonly NamedText[] {
    return this.given;
  }

  get isEnding(): boolean {
    return this.why !== undefined;
  }

  /** Resolves to how its run ended. Rejects where no process could be started; its run is then marked as killed. */
  async live(): Promise<RunStatus> {
    const { makings, number, attempt } = this;
    const { host, kept } = makings;
    this.given = await makings.values(number);
    const combination = { number, values: this.given };
    const { parent, record } = kept;
    const child = { parent, combination, attempt, fixedParameters: record.fixedParameters };
    const run = await makings.persist((store) =>
      makeChild(store, { ...child, tags: makings.tags }, makings.signal),
    );
    this.runId = run.id;
    makings.onChange();
    const parameters = parametersOf(child);
    await makings.persist((store) =>
      logParameters(store, run.id, parameters, makings.log, makings.signal),
    );
    if (this.why !== undefined) return this.settle({ code: undefined });
    try {
      this.launched = await host.start(this.command(run.id, parameters), {
        id: run.id,
        title: `mlflow sweep: ${record.fileName}`,
        groupId: parent.id,
        closeAfterSuccess: true,
      });
    } catch (error) {
      await this.mark('KILLED', 'lost');
      throw error;
    }
    makings.onChange();
    if (this.isEnding) this.interrupt();
    return this.settle(await this.launched.ended);
  }

  /** Ends the process; the run is marked once it has ended. */
  end(why: EndReason): void {
    if (this.why !== undefined) return;
    this.why = why;
    this.interrupt();
  }

  private interrupt(): void {
    this.launched
      ?.interrupt()
      .catch((error: unknown) => this.makings.log.warn(`ending ${this.runId}: ${String(error)}`));
  }

  private command(runId: string, parameters: readonly NamedText[]): ProjectCommand {
    const { kept, machine } = this.makings;
    const { environmentManager, backend, extraArguments, environment } = machine;
    return {
      ...{ parameters, runId, environmentManager, backend, extraArguments, environment },
      experimentId: kept.parent.experimentId,
      program: placedProgram(kept.record.program, machine.folder),
    };
  }

  /** MLflow marks the run itself, except when its own process was killed; a script may know nothing of MLflow. */
  private async settle(end: LaunchEnd): Promise<RunStatus> {
    const { makings, runId = '', why } = this;
    const { status, lifecycleStage, metrics } = await makings.persist((store) =>
      store.getRun(runId, makings.signal),
    );
    // Nothing can be written to a run that somebody has deleted; another attempt is made.
    if (lifecycleStage === 'deleted') return 'KILLED';
    if (hasEnded({ status }) && (why === undefined || status === 'FINISHED')) return status;
    const verdict = why === undefined ? this.verdict(end) : 'KILLED';
    this.isBarren = why === undefined && metrics.length === 0 && this.hasRefused(end);
    await this.mark(verdict, why ?? (verdict === 'KILLED' ? 'lost' : undefined));
    return verdict;
  }

  private verdict({ code }: LaunchEnd): RunEnd {
    if (code === 0) return 'FINISHED';
    const hasExited = code !== undefined && code > 0 && code < 128;
    return (this.isScript && hasExited) || this.isLastTry ? 'FAILED' : 'KILLED';
  }

  private hasRefused({ code }: LaunchEnd): boolean {
    return !this.isScript && code !== undefined && code > 0 && code < 128;
  }

  private get isScript(): boolean {
    return this.makings.kept.record.program.kind === 'script';
  }

  private async mark(status: RunEnd, ended: EndReason | 'lost' | undefined): Promise<void> {
    const { makings, runId = '' } = this;
    const { signal } = makings;
    if (ended !== undefined) {
      await makings.persist((store) => store.setRunTag(runId, endedTag, ended, signal));
    }
    await makings.persist((store) => store.endRun(runId, status, Date.now(), signal));
  }
}

/** Where the project is on this machine. */
function placedProgram(
  program: ProjectCommand['program'],
  folder: string | undefined,
): ProjectCommand['program'] {
  if (folder === undefined) return program;
  return program.kind === 'script' ? { ...program, folder } : { ...program, uri: folder };
}
