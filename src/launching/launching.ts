import * as vscode from 'vscode';

import type { Disposable } from '../base/disposable';
import type { Late } from '../base/late';
import { SaidError } from '../host/explainError';
import type { RayLauncher } from '../ray/rayLauncher';
import { isGoingOn } from '../state/launches';
import type {
  LaunchBackend,
  Launched,
  LaunchTitle,
  ProjectCommand,
} from '../projects/launchContracts';
import { TaskLauncher } from '../terminal/taskLauncher';
import { confirmAgain } from './confirmAgain';
import { askEntryPoint } from './entryPoints';
import type { LaunchingHost, RunPlace, StartPlace } from './launchingHost';
import { lateRay } from './lateRay';
import { lineFor, pythonAhead } from './machine';
import { ProjectRuns, type WantedRun } from './projectRuns';
import { wantedAgain } from './runAgain';
import { isOnRay } from './whereItRuns';

/** Runs projects from here. */
export class Launching implements Disposable {
  private readonly launcher: TaskLauncher;
  private readonly ray: Late<RayLauncher>;
  private readonly runs: ProjectRuns;

  constructor(private readonly host: LaunchingHost) {
    this.launcher = new TaskLauncher(host.log);
    this.ray = lateRay(host);
    this.runs = new ProjectRuns(host, this.launcher, this.ray);
    this.runs
      .resume()
      .catch((error: unknown) => host.log.warn(`finding launches again: ${String(error)}`));
  }

  /** Asks what is to be run and how, and starts it. */
  async runEntryPoint(file: vscode.Uri | undefined, entryPoint: string | undefined): Promise<void> {
    const python = pythonAhead();
    const wanted = await askEntryPoint(this.host, { file, entryPoint });
    if (wanted !== undefined) {
      await this.runs.start(wanted, python());
    }
  }

  /** Starts what runs came from with the parameters that they had, once a person has agreed to code that a server names. */
  async runAgain(places: readonly RunPlace[]): Promise<void> {
    const python = pythonAhead();
    const all: WantedRun[] = [];
    for (const { connection, runId } of places) {
      const store = this.host.sessions.get(connection)?.store;
      if (store === undefined) {
        throw new SaidError(
          vscode.l10n.t('No tracking server is connected. Set a tracking URI first.'),
        );
      }
      const run = await store.getRun(runId, new AbortController().signal);
      all.push(await wantedAgain(run, connection));
    }
    if (await confirmAgain(all)) {
      for (const wanted of all) {
        await this.runs.start(wanted, python());
      }
    }
  }

  /** Starts a run of a sweep, which is neither listed nor found again here. */
  async start(command: ProjectCommand, about: LaunchTitle, place: StartPlace): Promise<Launched> {
    const { variables, folder, python } = place;
    if (isOnRay(command)) {
      return (await this.ray.get()).start(command, about, variables);
    }
    const { signal } = new AbortController();
    return this.launcher.launch(await lineFor(command, variables, folder, python, signal), about);
  }

  /** Ends what may still run on a cluster of a run whose claimant is dead. */
  async endLost(runId: string, backend: LaunchBackend | undefined): Promise<void> {
    if (backend?.name === 'ray') {
      await (await this.ray.get()).endLost(runId, backend);
    }
  }

  stop(id: string): Promise<void> {
    return this.runs.stop(id);
  }

  show(id: string): void {
    this.runs.show(id);
  }

  retry(id: string): Promise<void> {
    return this.runs.again(id);
  }

  /** Takes it from the list; throws while it runs. */
  remove(id: string): void {
    const launch = this.host.launches.get(id);
    if (launch !== undefined && isGoingOn(launch)) {
      throw new SaidError(vscode.l10n.t('{0} still runs. Stop it first.', launch.name));
    }
    this.host.launches.remove(id);
    this.runs.forget(id);
  }

  dispose(): void {
    this.runs.dispose();
    this.launcher.dispose();
    this.ray.dispose();
  }
}
