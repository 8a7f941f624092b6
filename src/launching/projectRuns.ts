import * as vscode from 'vscode';

import { needBackend } from '../backends/explainBackend';
import type { Late } from '../base/late';
import { explainError, SaidError } from '../host/explainError';
import type { ClientVariables } from '../mlflow/clientVariables';
import { isAbortError } from '../mlflow/errors';
import type { RunStatus } from '../mlflow/model';
import type {
  CommandLine,
  LaunchEnd,
  LaunchTitle,
  ProjectCommand,
} from '../projects/launchContracts';
import type { RayLauncher } from '../ray/rayLauncher';
import { isGoingOn, type Launch, type LaunchedRun, type LaunchState } from '../state/launches';
import type { LaunchedTask, TaskLauncher } from '../terminal/taskLauncher';
import { isGitUri } from './gitUri';
import { KeptRuns } from './keptRuns';
import { lateRay } from './lateRay';
import type { LaunchingHost } from './launchingHost';
import { lineFor, projectName } from './machine';
import { openSession, seekRun, settleRun } from './seekRun';

/** A run of a project that a person wants. */
export interface WantedRun {
  readonly command: ProjectCommand;
  /** Id of the session where MLflow is to log; undefined where none is connected. */
  readonly connection: string | undefined;
  /** Parameters whose values MLflow logs in another form: paths. */
  readonly changing: ReadonlySet<string>;
  /** From where a Git URI is started. */
  readonly folder: string | undefined;
}

interface GoingOn {
  readonly wanted: WantedRun;
  readonly launched: AnyLaunched;
  isStopped: boolean;
  /** Resolves once its row says how it ended. */
  followed: Promise<void>;
}

/** Where it runs decides whether it leaves a mark. */
type AnyLaunched = Omit<LaunchedTask, 'mark'> & Partial<Pick<LaunchedTask, 'mark'>>;

type Start = (about: LaunchTitle) => Promise<AnyLaunched>;

/** A run is made before anything else is; importing MLflow from a slow disk may take a while. */
const lateRun = 30_000;

/** Runs projects, one terminal each, and finds what MLflow makes of them. */
export class ProjectRuns {
  private readonly going = new Map<string, GoingOn>();
  private readonly kept: KeptRuns;
  /** Runs that were found, by their ids: no two launches have the same. */
  private readonly taken = new Set<string>();
  /** Launches that have ended, whose terminals may still be there. */
  private readonly shown = new Map<string, AnyLaunched>();
  private readonly closing = new AbortController();
  private count = 0;

  constructor(
    private readonly host: LaunchingHost,
    private readonly launcher: Pick<TaskLauncher, 'launch' | 'resume'>,
    private readonly ray: Pick<Late<RayLauncher>, 'get'> = lateRay(host),
  ) {
    this.kept = new KeptRuns(host.memory, host.launches);
  }

  /**
   * Resolves once its process was started; rejects, saying what to do, where it cannot be.
   *
   * @param python what was found meanwhile
   */
  async start(wanted: WantedRun, python?: Promise<string>): Promise<string> {
    const launch = await this.ready(wanted, python);
    const id = `run-${Date.now().toString(36)}-${(this.count += 1)}`;
    const since = Date.now();
    this.host.launches.add(rowOf(id, nameOf(wanted.command), since));
    this.kept.keep(id, wanted);
    try {
      const launched = await launch(titleFor(id, wanted.command));
      this.host.launches.change(id, { state: 'running' });
      this.begin(id, wanted, launched, since);
    } catch (error) {
      this.host.launches.remove(id);
      throw error;
    }
    return id;
  }

  /** Finds again what was launched before this window was reloaded. */
  async resume(): Promise<void> {
    const before = this.host.launches.all.filter(({ kind }) => kind === 'run');
    before.forEach(({ run }) => run && this.taken.add(run.runId));
    await Promise.all(before.filter(isGoingOn).map((launch) => this.takeUp(launch)));
  }

  /** Ends a run, harder each time it is asked. Resolves once it has ended. */
  async stop(id: string): Promise<void> {
    const going = this.going.get(id);
    if (going !== undefined) {
      going.isStopped = true;
      this.host.launches.change(id, { state: 'stopping' });
      await going.launched.interrupt();
      await going.followed;
    }
  }

  /** Shows the terminal; says so where it was closed. */
  show(id: string): void {
    const launched = this.going.get(id)?.launched ?? this.shown.get(id);
    if (launched?.show() !== true) {
      throw new SaidError(vscode.l10n.t('The terminal of this launch was closed.'));
    }
  }

  /** Runs the same again, as a launch of its own. */
  async again(id: string): Promise<void> {
    const wanted = this.kept.wanted(id);
    if (wanted !== undefined) {
      await this.start(wanted);
    }
  }

  forget(id: string): void {
    this.shown.delete(id);
  }

  dispose(): void {
    this.closing.abort();
  }

  /** What starts it, once all that can be looked at before has been. */
  private async ready(wanted: WantedRun, python: Promise<string> | undefined): Promise<Start> {
    const { command, folder } = wanted;
    const variables = await this.variablesFor(wanted);
    if (isOnRay(command)) {
      const ray = await this.ray.get();
      return (about) => ray.start(command, about, variables);
    }
    const trackingUri = variables?.set['MLFLOW_TRACKING_URI'];
    const { program } = command;
    const place = program.kind === 'project' && isGitUri(program.uri) ? undefined : folder;
    await needBackend(command.backend, { folder: place, trackingUri, isSweep: false });
    const line = await this.lineOf(wanted, variables, python);
    return (about) => this.launcher.launch(line, about);
  }

  private async variablesFor({ connection }: WantedRun): Promise<ClientVariables | undefined> {
    const variables =
      connection === undefined ? undefined : await this.host.clientVariables(connection);
    if (connection !== undefined && variables === undefined) {
      throw new SaidError(
        vscode.l10n.t(
          'This window is not connected to {0}. Switch to it, then try again.',
          connection,
        ),
      );
    }
    return variables;
  }

  private async lineOf(
    { command, folder }: WantedRun,
    variables: ClientVariables | undefined,
    python: Promise<string> | undefined,
  ): Promise<CommandLine> {
    const title = vscode.l10n.t('Launching {0}', titleOf(command));
    const { Window } = vscode.ProgressLocation;
    return vscode.window.withProgress({ location: Window, title }, () =>
      lineFor(command, variables, folder, python, this.closing.signal),
    );
  }

  private begin(id: string, wanted: WantedRun, launched: AnyLaunched, since: number): void {
    const going: GoingOn = {
      ...{ wanted, launched, isStopped: false, followed: Promise.resolve() },
    };
    this.going.set(id, going);
    void launched.mark?.then((mark) => this.kept.keepMark(id, mark));
    going.followed = this.follow(id, going, since);
  }

  private async takeUp({ id, startedAt, state }: Launch): Promise<void> {
    const wanted = this.kept.wanted(id);
    const mark = this.kept.mark(id);
    const isOfRay = wanted !== undefined && isOnRay(wanted.command);
    if (wanted === undefined || (mark === undefined && !isOfRay)) {
      this.tellEnd(id, { code: undefined }, false, undefined);
      return;
    }
    const title = titleFor(id, wanted.command);
    const launched: AnyLaunched | undefined =
      mark === undefined
        ? await (
            await this.ray.get()
          ).resume(wanted.command, title, (error) => this.tellTrouble(id, error, startedAt))
        : await this.launcher.resume(mark, title);
    if (launched !== undefined) {
      const going = state === 'stopping' ? state : 'running';
      // Whatever kept it from being found is over.
      this.host.launches.change(id, { state: going, message: undefined });
      this.begin(id, wanted, launched, startedAt);
      return;
    }
    const run = await this.find(id, wanted, startedAt, Promise.resolve());
    // On Windows nobody can tell whether it goes on.
    const status = await this.settle(wanted, run, process.platform !== 'win32');
    this.tellEnd(id, { code: undefined }, false, status);
  }

  private async follow(id: string, going: GoingOn, since: number): Promise<void> {
    const { wanted, launched } = going;
    const finding = this.find(id, wanted, since, launched.ended);
    const end = await launched.ended;
    // The window goes, and the process goes on.
    if (this.closing.signal.aborted) {
      return;
    }
    this.going.delete(id);
    this.shown.set(id, launched);
    if (end.code !== undefined || going.isStopped) {
      this.tellEnd(id, end, going.isStopped, undefined);
    }
    const run = await finding;
    const status = await this.settle(wanted, run, isSeen(wanted.command) && end.isLost !== true);
    if (this.host.launches.get(id)?.endedAt === undefined) {
      this.tellEnd(id, end, going.isStopped, status);
    } else if (run === undefined && end.code === 0 && wanted.connection !== undefined) {
      this.host.launches.change(id, {
        message: vscode.l10n.t('It ended well, but no run of it was found.'),
      });
    }
  }

  private tellEnd(
    id: string,
    { code, wasAsked = false }: LaunchEnd,
    isStopped: boolean,
    status: RunStatus | undefined,
  ): void {
    const state = isStopped || wasAsked ? 'stopped' : stateAfter(code, status);
    const message = state === 'finished' || isStopped || wasAsked ? undefined : endText(code);
    this.host.launches.change(id, { state, endedAt: Date.now(), message });
  }

  /** The run that MLflow makes for it, shown once it is there; none where that is not to be found out. */
  private async find(
    id: string,
    { command, connection, changing }: WantedRun,
    since: number,
    ended: Promise<unknown>,
  ): Promise<LaunchedRun | undefined> {
    const known = this.host.launches.get(id)?.run;
    const { program } = command;
    if (known !== undefined || program.kind !== 'project') {
      return known;
    }
    try {
      const session = await openSession(this.host.sessions, connection);
      const sought = {
        ...{ experimentId: command.experimentId, since, entryPoint: program.entryPoint },
        parameters: command.parameters.filter(([name]) => !changing.has(name)),
      };
      const { taken, closing } = this;
      const onTrouble = (error: unknown): void => this.tellTrouble(id, error, since);
      const seeking = { taken, ended, signal: closing.signal, onTrouble };
      const run = session && (await seekRun(session, sought, seeking));
      if (run !== undefined) {
        this.taken.add(run.runId);
        const isGoing = this.host.launches.get(id)?.endedAt === undefined;
        // Whatever hindered it is over.
        this.host.launches.change(id, isGoing ? { run, message: undefined } : { run });
        await this.host.reveal(run);
      }
      return run;
    } catch (error) {
      this.warn(`finding the run of ${id}`, error);
      return this.host.launches.get(id)?.run;
    }
  }

  private tellTrouble(id: string, error: unknown, since: number): void {
    const launch = this.host.launches.get(id);
    const message =
      error !== undefined
        ? explainError(error)
        : Date.now() - since > lateRun
          ? vscode.l10n.t('MLflow has made no run yet. Its terminal says more.')
          : undefined;
    if (launch?.endedAt === undefined && launch?.message !== message) {
      this.host.launches.change(id, { message });
    }
  }

  private async settle(
    { connection }: WantedRun,
    run: LaunchedRun | undefined,
    isGone: boolean,
  ): Promise<RunStatus | undefined> {
    try {
      const session = run && (await openSession(this.host.sessions, connection));
      return session && run && (await settleRun(session, run, isGone, this.closing.signal));
    } catch (error) {
      this.warn(`ending the run ${run?.runId}`, error);
      return undefined;
    }
  }

  private warn(what: string, error: unknown): void {
    if (!isAbortError(error)) {
      this.host.log.warn(`${what}: ${String(error)}`);
    }
  }
}

export function isOnRay({ backend }: ProjectCommand): boolean {
  return backend?.name === 'ray';
}

/** Whether its end is the end of all that it has started. */
function isSeen(command: ProjectCommand): boolean {
  return command.backend === undefined || isOnRay(command);
}

function rowOf(id: string, name: string, startedAt: number): Launch {
  return {
    ...{ id, name, startedAt, kind: 'run', state: 'starting' },
    ...{ endedAt: undefined, run: undefined, message: undefined, progress: undefined },
  };
}

function titleFor(id: string, command: ProjectCommand): LaunchTitle {
  return {
    id,
    title: `mlflow run: ${titleOf(command)}`,
    groupId: undefined,
    closeAfterSuccess: false,
  };
}

/** What stands after `mlflow run:`. */
function titleOf({ program }: ProjectCommand): string {
  return projectName(program.kind === 'project' ? program.uri : program.file);
}

function nameOf(command: ProjectCommand): string {
  const { program } = command;
  return program.kind === 'project' && program.entryPoint !== 'main'
    ? `${titleOf(command)} · ${program.entryPoint}`
    : titleOf(command);
}

/** Where nobody saw the process end, its run tells. */
function stateAfter(code: number | undefined, status: RunStatus | undefined): LaunchState {
  return code === 0 || (code === undefined && status === 'FINISHED')
    ? 'finished'
    : code === undefined && status !== 'FAILED'
      ? 'stopped'
      : 'failed';
}

function endText(code: number | undefined): string {
  return code === undefined
    ? vscode.l10n.t('It ended while nobody was looking.')
    : vscode.l10n.t('It ended with exit code {0}. Its terminal says more.', code);
}
