import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';

import type { Disposable } from '../base/disposable';
import type { Log } from '../base/log';
import type { ClientVariables } from '../mlflow/clientVariables';
import type {
  LaunchBackend,
  Launched,
  LaunchTitle,
  ProjectCommand,
} from '../projects/launchContracts';
import type { Memory } from '../state/memory';
import { checkTrust } from '../terminal/checkTrust';
import { ClusterApprovals } from './clusterApprovals';
import { explainRay } from './explainRay';
import type { RayJob } from './jobs/rayJob';
import { RayJobs } from './jobs/rayJobs';
import { RayTerminal } from './rayTerminal';

/** Milliseconds between tries to find a job again. */
const firstPause = 1000;
const longestPause = 30_000;
/** Names in one sentence. */
const mostNamed = 10;

/** A job, with the terminal that shows what it prints. */
export interface LaunchedOnRay extends Launched {
  /** Whether the terminal is still there to be shown. */
  show(): boolean;
  /** Closes the terminal of a job that has ended. */
  close(): void;
}

/** Runs projects and scripts as jobs of a Ray cluster, each with a terminal that shows what it prints. */
export class RayLauncher implements Disposable {
  private readonly approvals: ClusterApprovals;
  private readonly jobs: RayJobs;
  private readonly abort = new AbortController();
  private readonly terminals = new Set<RayTerminal>();
  /** Groups before whose first job files were saved. */
  private readonly saved = new Set<string>();
  private opening: Promise<void> = Promise.resolve();

  /** @param memory of the user, for all workspaces */
  constructor(
    private readonly log: Log,
    memory: Memory,
  ) {
    this.approvals = new ClusterApprovals(memory);
    this.jobs = new RayJobs((address) => this.approvals.check(address));
  }

  /**
   * Resolves once the cluster has the job, be it running or waiting. Rejects, saying what to do, where that is not possible. Its end
   * has the code of its command; none where the job was lost or stopped, so that another attempt is in place.
   *
   * @param client how MLflow's client reaches its server from here; undefined where none is connected
   */
  async start(
    command: ProjectCommand,
    about: LaunchTitle,
    client: ClientVariables | undefined,
  ): Promise<LaunchedOnRay> {
    checkTrust();
    if (about.groupId === undefined) this.approvals.forgetDeclined();
    const shown = shownFor(about);
    const { terminal } = shown;
    try {
      await this.save(about);
      const launch = { command, about, client };
      const started = await this.jobs.start(launch, shown.listener, this.abort.signal);
      terminal.say(vscode.l10n.t('Submitted to {0} as {1}.', started.address, started.job.id));
      if (started.leftOut.length > 0) {
        const names = started.leftOut.join(', ');
        terminal.say(vscode.l10n.t('Not handed on, since they mean this machine: {0}.', names));
      }
      if (started.withheld.length > 0) terminal.say(withheldText(started.withheld));
      return this.show(started.job, shown, about, `submitted to ${started.address}`);
    } catch (error) {
      throw explainRay(error);
    }
  }

  /**
   * A job that goes on, though the window that submitted it is gone; undefined where its cluster does not know it any more. Waits for
   * trust in the workspace, and for a cluster that does not answer, without end.
   *
   * @param onTrouble hears, in words, why it is still waited for
   */
  async resume(
    command: ProjectCommand,
    about: LaunchTitle,
    onTrouble: (error: unknown) => void,
  ): Promise<LaunchedOnRay | undefined> {
    const { signal } = this.abort;
    const shown = shownFor(about);
    await trusted(signal);
    for (let pause = firstPause; !signal.aborted; pause = Math.min(2 * pause, longestPause)) {
      try {
        const job = await this.jobs.resume({ command, about }, shown.listener, signal);
        return job && this.show(job, shown, about, 'found again');
      } catch (error) {
        if (signal.aborted) break;
        this.log.warn(`finding the job of ${about.id}: ${String(error)}`);
        onTrouble(explainRay(error));
      }
      await delay(pause, undefined, { signal }).catch(() => undefined);
    }
    // The window goes: what the job does is found out by the next one.
    return new Promise(() => undefined);
  }

  /** See `SweepHost.endLost`. Rejects where the cluster does not answer, since what runs there may go on. */
  async endLost(runId: string, backend: LaunchBackend | undefined): Promise<void> {
    try {
      await this.jobs.endLost(runId, backend, this.abort.signal);
    } catch (error) {
      throw explainRay(error);
    }
  }

  /** Jobs run on: whoever takes up their sweep ends them. */
  dispose(): void {
    this.terminals.forEach((terminal) => terminal.dispose());
    this.abort.abort();
    this.jobs.dispose();
  }

  /** Before the folder is read, as VS Code does before a task; once for a sweep, whose folder is read once. */
  private async save({ groupId }: LaunchTitle): Promise<void> {
    if (groupId !== undefined && this.saved.has(groupId)) return;
    if (groupId !== undefined) this.saved.add(groupId);
    if (vscode.workspace.getConfiguration('task').get('saveBeforeRun') !== 'never') {
      await vscode.workspace.saveAll(false);
    }
  }

  private show(job: RayJob, shown: Shown, about: LaunchTitle, how: string): LaunchedOnRay {
    const { terminal } = shown;
    shown.interrupt = () => void job.interrupt();
    this.terminals.add(terminal);
    this.log.info(`${how}: ${about.title} (${job.id})`);
    // One after the other; a terminal that cannot be opened does not hinder what runs.
    this.opening = this.opening
      .then(() => terminal.start())
      .catch((error: unknown) => this.log.warn(`opening a terminal: ${String(error)}`));
    void this.follow(job, terminal, about);
    return {
      id: about.id,
      ended: job.ended,
      interrupt: () => job.interrupt(),
      show: () => terminal.show(),
      close: () => terminal.dismiss(),
    };
  }

  private async follow(job: RayJob, terminal: RayTerminal, about: LaunchTitle): Promise<void> {
    const { code } = await job.ended;
    this.log.info(`ended ${about.title} (${job.id}) with ${code ?? 'no code'}`);
    await job.drained;
    job.dispose();
    await this.opening;
    terminal.end(code);
    this.terminals.delete(terminal);
  }
}

/** Resolves once code of this workspace may be run, or the window goes. */
function trusted(signal: AbortSignal): Promise<void> {
  if (vscode.workspace.isTrusted || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const heard = vscode.workspace.onDidGrantWorkspaceTrust(() => end());
    const end = (): void => {
      heard.dispose();
      resolve();
    };
    signal.addEventListener('abort', end, { once: true });
  });
}

function withheldText(names: readonly string[]): string {
  const shown = names.slice(0, mostNamed).join(', ') + (names.length > mostNamed ? ', …' : '');
  return vscode.l10n.t(
    'Not sent, since they may be secret or lead out of the folder: {0}. A line such as !name in .rayignore sends what is in the folder.',
    shown,
  );
}

interface Shown {
  readonly terminal: RayTerminal;
  readonly listener: Parameters<RayJobs['start']>[1];
  interrupt: () => void;
}

function shownFor(about: LaunchTitle): Shown {
  const terminal = new RayTerminal(about, () => shown.interrupt());
  const listener = {
    onLog: (text: string) => terminal.print(text),
    onState: terminal.sayState.bind(terminal),
  };
  const shown: Shown = { terminal, listener, interrupt: () => undefined };
  return shown;
}
