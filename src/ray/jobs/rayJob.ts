import { setTimeout as delay } from 'node:timers/promises';
import type { LaunchEnd } from '../../projects/launchContracts';
import { followLogs } from './followLogs';
import type { RayClient, RayJobRequest, RayJobState } from './rayClient';
import { RayProblem } from './rayProblem';

/** Times in milliseconds. */
export interface RayPatience {
  /** Between two looks at a job. */
  readonly look: number;
  /** A cluster that gives no sensible answer for so long has lost its jobs. Infinite for what is not begun anew. */
  readonly gone: number;
  /** For what a job that has ended printed: its stream may hang half-open. */
  readonly drain: number;
}

export const usualPatience: RayPatience = { look: 1000, gone: 120_000, drain: 30_000 };

/** Looks in vain after which a job may be given up: the clock goes on while a machine sleeps. */
const fewestFailures = 5;

/** What is told of a job while it goes on. */
export interface RayJobListener {
  onLog(text: string): void;
  /** Undefined where the cluster does not answer. */
  onState(state: RayJobState | undefined): void;
}

/** Waiting for resources for this long fails in Ray: another job then waits in its place. */
const startTimeout = 'JOB_SUPERVISOR_ACTOR_START_TIMEOUT';

/** Ends of the job's own doing; whatever else fails a job is the cluster's. */
const ownFailures = [
  ...['JOB_ENTRYPOINT_COMMAND_ERROR', 'JOB_ENTRYPOINT_COMMAND_START_ERROR'],
  ...['RUNTIME_ENV_SETUP_FAILURE', 'JOB_SUPERVISOR_ACTOR_UNSCHEDULABLE'],
];

/** Jobs of one run, each of which took the place of the one before: their ids. */
export function submissionId(id: string, turn: number): string {
  const plain = `mlflow-${id.replaceAll(/[^\w.-]/g, '-')}`;
  return turn === 0 ? plain : `${plain}-${turn + 1}`;
}

/** One run as a job, from its submission to its end. */
export class RayJob {
  readonly ended: Promise<LaunchEnd>;
  /** All that it printed was handed on, or nobody can tell more. */
  drained: Promise<void> = Promise.resolve();
  private readonly abort = new AbortController();
  private settle: (end: LaunchEnd) => void = () => undefined;
  private turn = 0;
  private isOver = false;
  private isStopping = false;
  private isStopSent = false;
  /** Whether it was given up since the cluster does not answer: it may still run there. */
  isAbandoned = false;
  private wake: () => void = () => undefined;

  private constructor(
    private readonly client: RayClient,
    private readonly request: Omit<RayJobRequest, 'submission_id'> | undefined,
    private readonly name: string,
    private readonly listener: RayJobListener,
    private readonly patience: RayPatience,
  ) {
    this.ended = new Promise((resolve) => (this.settle = resolve));
    void this.ended.then(() => {
      this.isOver = true;
    });
  }

  /** Resolves once the cluster has the job. Rejects with a {@link RayProblem} where it does not take it. */
  static async submit(
    client: RayClient,
    request: Omit<RayJobRequest, 'submission_id'>,
    name: string,
    listener: RayJobListener,
    patience: RayPatience,
    signal: AbortSignal,
  ): Promise<RayJob> {
    const job = new RayJob(client, request, name, listener, patience);
    await submitOnce(client, { ...request, submission_id: job.id }, signal);
    void job.follow();
    return job;
  }

  /** Goes on with a job that was submitted before; undefined where the cluster does not know it. */
  static async attach(
    client: RayClient,
    name: string,
    listener: RayJobListener,
    patience: RayPatience,
    signal: AbortSignal,
  ): Promise<RayJob | undefined> {
    // What waits when its turn is over is not submitted again from here: nobody kept what it was.
    const job = new RayJob(client, undefined, name, listener, patience);
    while ((await client.job(submissionId(name, job.turn + 1), signal)) !== undefined)
      job.turn += 1;
    if ((await client.job(job.id, signal)) === undefined) return undefined;
    void job.follow();
    return job;
  }

  /** Its id at the cluster. */
  get id(): string {
    return submissionId(this.name, this.turn);
  }

  /** SIGINT to all that it runs, and harder after ten seconds. Asked twice, nobody waits for it any more. */
  async interrupt(): Promise<void> {
    if (this.isStopping) {
      if (this.isStopSent) this.settle({ code: undefined, wasAsked: true });
      else this.giveUp({ wasAsked: true });
    }
    this.isStopping = true;
    this.wake();
    await this.ended;
  }

  /** Lets go of it: it runs on, and nobody is told how it ends. */
  dispose(): void {
    this.abort.abort();
  }

  /** What was not told to stop may still run. */
  private giveUp(how: Pick<LaunchEnd, 'wasAsked'>): void {
    if (this.isOver) return;
    this.isAbandoned = true;
    this.settle({ code: undefined, isLost: true, ...how });
    if (how.wasAsked === true) {
      this.client.stop(this.id, this.abort.signal).catch(() => undefined);
    }
  }

  private async follow(): Promise<void> {
    let hasLogs = false;
    let last = '';
    let failures = 0;
    let answered = performance.now();
    while (!this.isOver && !this.abort.signal.aborted) {
      try {
        if (this.isStopping && !this.isStopSent) {
          await this.client.stop(this.id, this.abort.signal);
          this.isStopSent = true;
        }
        const state = await this.client.job(this.id, this.abort.signal);
        answered = performance.now();
        failures = 0;
        if (state !== undefined && state.status !== last) this.listener.onState(state);
        last = state?.status ?? '';
        if (!hasLogs && state !== undefined && state.nodeId !== undefined) {
          hasLogs = true;
          this.readLogs();
        }
        await this.judge(state);
      } catch {
        if (this.abort.signal.aborted) return;
        if (last !== 'gone') this.listener.onState(undefined);
        last = 'gone';
        failures += 1;
        // A proxy, or a dashboard that starts, may answer anything for a while.
        if (failures >= fewestFailures && performance.now() - answered > this.patience.gone) {
          this.giveUp({});
        }
      }
      await this.pause();
    }
  }

  private readLogs(): void {
    const { client, listener, abort } = this;
    const isOver = (): boolean => this.isOver;
    const onText = (text: string): void => listener.onLog(text);
    const { drained } = followLogs(client, this.id, onText, isOver, abort.signal);
    const { drain } = this.patience;
    const late = this.ended.then(() => delay(drain, undefined, { ref: false }));
    this.drained = Promise.race([drained, late]);
  }

  private async judge(state: RayJobState | undefined): Promise<void> {
    switch (state?.status) {
      case 'SUCCEEDED':
        return this.settle({ code: 0 });
      case 'FAILED':
        if (state.errorType === startTimeout && !this.isStopping && this.request !== undefined) {
          return this.queueAgain(this.request);
        }
        return this.settle({ code: codeOf(state) });
      case 'RUNNING':
        return;
      case 'PENDING':
        // What waits for resources hears of the stop only once it gets them, and then ends at once.
        if (this.isStopSent) this.settle({ code: undefined, wasAsked: true });
        return;
      default:
        // Somebody stopped it, or a new cluster knows nothing of it.
        this.settle({ code: undefined, wasAsked: this.isStopping });
    }
  }

  private async queueAgain(request: Omit<RayJobRequest, 'submission_id'>): Promise<void> {
    this.turn += 1;
    try {
      const job = { ...request, submission_id: this.id };
      await submitOnce(this.client, job, this.abort.signal);
    } catch (error) {
      this.turn -= 1;
      throw error;
    }
  }

  private async pause(): Promise<void> {
    if (this.isOver) return;
    const enough = new AbortController();
    const signal = AbortSignal.any([this.abort.signal, enough.signal]);
    const woken = new Promise<void>((resolve) => (this.wake = resolve));
    const waited = delay(this.patience.look, undefined, { signal }).catch(() => undefined);
    await Promise.race([woken, waited, this.ended]);
    enough.abort();
  }
}

/** A job whose reply was lost is looked for before it is submitted again; its id is its own. */
export async function submitOnce(
  client: RayClient,
  job: RayJobRequest,
  signal: AbortSignal,
): Promise<void> {
  try {
    await client.submit(job, signal);
  } catch (error) {
    if (!(error instanceof RayProblem) || error.kind !== 'unreachable') throw error;
    const isThere = await client.job(job.submission_id, signal).catch(() => undefined);
    if (isThere === undefined) await client.submit(job, signal);
  }
}

/** Exit codes as shells have them; undefined where the cluster, not the command, is at fault. */
function codeOf({ errorType, exitCode }: RayJobState): number | undefined {
  if (exitCode !== undefined && exitCode !== 0) return exitCode < 0 ? 128 - exitCode : exitCode;
  return errorType === undefined || ownFailures.includes(errorType) ? 1 : undefined;
}
