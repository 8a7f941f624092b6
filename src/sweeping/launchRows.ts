import * as vscode from 'vscode';

import { explainError } from '../host/explainError';
import { ConnectionGone } from '../mlflow/connectionGone';
import type { LaunchingHost } from '../launching/launchingHost';
import type { Launched, LaunchEnd } from '../projects/launchContracts';
import type { RunningSweep, SweepProgress } from '../projects/sweepContracts';
import type { Launch, LaunchProgress, LaunchState } from '../state/launches';
import type { LaunchedTask } from '../terminal/taskLauncher';
import { said } from './said';
import type { Start } from './sweepHost';
import { valuesText } from './texts';

/** Failed runs whose rows and terminals stay; a sweep may have ten thousand. */
const mostFailed = 20;

/** The row of a sweep in the Launches view, and those of its runs below it. */
export class LaunchRows {
  private sweep: RunningSweep | undefined;
  private readonly failed: string[] = [];
  private readonly processes = new Map<string, Launched>();
  /** Runs that we end ourselves: none of them has failed. */
  private readonly interrupted = new Set<string>();

  constructor(
    private readonly host: LaunchingHost,
    private readonly connection: string,
    readonly id: string,
    name: string,
  ) {
    const row: Launch = {
      ...{ id, name, kind: 'sweep', state: 'starting', startedAt: Date.now() },
      ...{ endedAt: undefined, run: undefined, message: undefined, progress: undefined },
    };
    host.launches.add(row);
  }

  /** Shows how far a sweep is from now on. */
  follow(sweep: RunningSweep): void {
    this.sweep = sweep;
    const { parentRunId: runId, experimentId, name } = sweep;
    const run = { connection: this.connection, experimentId, runId, name };
    this.host.launches.change(this.id, { run });
    this.show(sweep.progress);
    sweep.onDidChange((progress) => this.show(progress));
  }

  /** It was not begun. */
  remove(): void {
    this.host.launches.remove(this.id);
  }

  end(progress: SweepProgress): void {
    this.show(progress);
    this.sweep = undefined;
    this.host.launches.change(this.id, { endedAt: Date.now() });
  }

  /** Gives each run of the sweep a row of its own while it goes on. */
  around(start: Start): Start {
    return async (command, about) => {
      const launched = await start(command, about);
      this.add(about.id, launched);
      return {
        id: launched.id,
        ended: launched.ended,
        show: () => launched.show(),
        interrupt: () => {
          this.interrupted.add(about.id);
          return launched.interrupt();
        },
      };
    };
  }

  /** The terminal of a run, by the id of its row. */
  process(id: string): Launched | undefined {
    return this.processes.get(id);
  }

  /** They are tried again; their terminals stay. */
  forgetFailed(): void {
    this.failed.splice(0).forEach((id) => this.forget(id));
  }

  private show(progress: SweepProgress): void {
    this.host.launches.change(this.id, {
      state: states[progress.state],
      progress: this.shown(progress),
      message: this.messageOf(progress),
    });
  }

  private shown(progress: SweepProgress): LaunchProgress {
    const { total, done, failed, endedEarly, children, runningElsewhere, best } = progress;
    const metric = this.sweep?.metric?.name;
    return {
      ...{ total, done, failed, endedEarly, secondsLeft: progress.secondsLeft },
      running: children.length + runningElsewhere,
      best: best && metric !== undefined ? { metric, value: best.value } : undefined,
    };
  }

  private messageOf({ trouble }: SweepProgress): string | undefined {
    if (trouble === undefined) {
      return undefined;
    }
    const isConnected = this.host.sessions.get(this.connection)?.store !== undefined;
    return explainError(isConnected ? said(trouble) : new ConnectionGone(this.connection));
  }

  private add(runId: string, launched: Launched): void {
    const { experimentId = '', progress } = this.sweep ?? {};
    const child = progress?.children.find((each) => each.runId === runId);
    const name = child === undefined ? runId : valuesText(child.combination);
    const id = `${this.id}/${runId}`;
    this.processes.set(id, launched);
    this.host.launches.add({
      ...{ id, name, kind: 'run', state: 'running', startedAt: Date.now(), parent: this.id },
      ...{ endedAt: undefined, message: undefined, progress: undefined },
      run: { connection: this.connection, experimentId, runId, name },
    });
    void launched.ended.then((end) => this.endRun(id, runId, end));
  }

  private endRun(id: string, runId: string, { code }: LaunchEnd): void {
    const hasFailed = code !== 0 && !this.interrupted.delete(runId);
    if (!hasFailed) {
      this.forget(id);
      return;
    }
    const message =
      code === undefined
        ? vscode.l10n.t('It ended without an exit code. Its terminal says more.')
        : vscode.l10n.t('It ended with exit code {0}. Its terminal says more.', code);
    this.host.launches.change(id, { state: 'failed', endedAt: Date.now(), message });
    this.failed.push(id);
    for (const old of this.failed.splice(0, this.failed.length - mostFailed)) {
      (this.processes.get(old) as Partial<LaunchedTask> | undefined)?.close?.();
      this.forget(old);
    }
  }

  private forget(id: string): void {
    this.processes.delete(id);
    this.host.launches.remove(id);
  }
}

const states: Record<SweepProgress['state'], LaunchState> = {
  running: 'running',
  stopping: 'stopping',
  stopped: 'stopped',
  finished: 'finished',
  failed: 'failed',
};
