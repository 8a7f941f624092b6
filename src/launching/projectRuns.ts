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
import { isGoingOn, type Launch, type LaunchedRun } from '../state/launches';
import type { LaunchedTask, TaskLauncher } from '../terminal/taskLauncher';
import { isGitUri } from './gitUri';
import { KeptRuns } from './keptRuns';
import { lateRay } from './lateRay';
import type { LaunchingHost } from './launchingHost';
import { endText, nameOf, rowOf, stateAfter, titleFor, titleOf } from './launchTexts';
import { lineFor } from './machine';
import { areMarksSeen, markedRun } from './markedRun';
import { openSession, runNamed, seekRun, settleRun } from './seekRun';
import { soughtRun } from './soughtRun';
import { isOnRay, isSeen } from './whereItRuns';

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
const nobodySaw = Promise.resolve({ code: undefined });

/** Runs projects, one terminal each, and finds what MLflow makes of them. */
export class ProjectRuns {
  private readonly going = new Map<string, GoingOn>();
  private readonly kept: KeptRuns;
  /** Runs that were found, by their ids: no two launches have the same. */
  private readonly taken = new Set<string>();
  /** Launches that have ended, whose terminals may still be there. */
  private readonly shown = new Map<string, AnyLaunched>();
  /** Launches that were to be stopped before there was anything to stop. */
  private readonly unwanted = new Set<string>();
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
      void this.stopUnwanted(id);
    } catch (error) {
      this.unwanted.delete(id);
      this.host.launches.remove(id);
      throw error;
    }
    return id;
  }

  /** Finds again what was launched before this window was reloaded. */
  async resume(): Promise<void> {
    const before = this.host.launches.all.filter(({ kind }) => kind === 'run');
    before.forEach(({ run }) => run && this.taken.add(run.runId));
    await Promise.all(
      before.filter(isGoingOn).map((launch) =>
        this.takeUp(launch).catch((error: unknown) => {
          this.warn(`finding ${launch.id} again`, error);
          this.tellEnd(launch.id, { code: undefined }, this.unwanted.delete(launch.id), undefined);
        }),
      ),
    );
  }

  /** Ends a run, harder each time it is asked. Resolves once it has ended. */
  async stop(id: string): Promise<void> {
    const going = this.going.get(id);
    const launch = this.host.launches.get(id);
    if (going === undefined) {
      // It is being started, or looked for: whoever does so ends it.
      if (launch !== undefined && isGoingOn(launch)) {
        this.unwanted.add(id);
        this.host.launches.change(id, { state: 'stopping' });
      }
      return;
    }
    going.isStopped = true;
    this.host.launches.change(id, { state: 'stopping' });
    await going.launched.interrupt();
    await going.followed;
  }

  private async stopUnwanted(id: string): Promise<void> {
    if (this.unwanted.delete(id)) await this.stop(id);
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
    void launched.mark?.then((mark) => this.kept.learn(id, { mark }));
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
      if (state === 'stopping') this.unwanted.add(id);
      void this.stopUnwanted(id);
      return;
    }
    const run = await this.find(id, wanted, startedAt, { ended: nobodySaw });
    // On Windows nobody can tell whether it goes on, and what a cluster does not tell need not have ended.
    const isGone = isSeen(wanted.command) && !isOfRay && process.platform !== 'win32';
    const status = await this.settle(id, wanted, run, isGone);
    this.tellEnd(id, { code: undefined }, this.unwanted.delete(id), status);
  }

  private async follow(id: string, going: GoingOn, since: number): Promise<void> {
    const { wanted, launched } = going;
    const finding = this.find(id, wanted, since, launched);
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
    const isGone = isSeen(wanted.command) && end.isLost !== true;
    const status = await this.settle(id, wanted, run, isGone);
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
    const message =
      state === 'finished' || isStopped || wasAsked ? undefined : endText(code, status);
    this.host.launches.change(id, { state, endedAt: Date.now(), message });
  }

  /** The run that MLflow makes for it, shown once it is there; none where that is not to be found out. */
  private async find(
    id: string,
    wanted: WantedRun,
    since: number,
    { mark, ended }: Pick<AnyLaunched, 'mark' | 'ended'>,
  ): Promise<LaunchedRun | undefined> {
    const marked = markedRun(mark, ended, this.closing.signal);
    try {
      const run = await this.guess(id, wanted, since, ended, marked);
      const runId = await marked;
      if (runId === undefined) {
        return run;
      }
      this.kept.learn(id, { runId });
      return run?.runId === runId ? run : await this.correct(id, wanted, run, runId);
    } catch (error) {
      this.warn(`finding the run of ${id}`, error);
      return this.host.launches.get(id)?.run;
    }
  }

  private async guess(
    id: string,
    wanted: WantedRun,
    since: number,
    ended: Promise<unknown>,
    marked: Promise<string | undefined>,
  ): Promise<LaunchedRun | undefined> {
    const { command, connection } = wanted;
    const known = this.host.launches.get(id)?.run;
    const { program } = command;
    if (known !== undefined || program.kind !== 'project') {
      return known;
    }
    const session = await openSession(this.host.sessions, connection);
    const isHere = !isOnRay(command);
    const sought = await soughtRun(wanted, program.entryPoint, since, isHere);
    const onTrouble = (error: unknown): void => this.tellTrouble(id, error, since);
    const { signal } = this.closing;
    const seeking = { taken: this.taken, ended, marked, signal, onTrouble };
    const seen = session && (await seekRun(session, sought, seeking));
    if (seen !== undefined) {
      if (seen.isSure && !(isHere && areMarksSeen())) {
        this.kept.learn(id, { runId: seen.place.runId });
      }
      await this.tellRun(id, seen.place);
    }
    return seen?.place;
  }

  /** Puts the run that its processes name in the place of another one that looked like it. */
  private async correct(
    id: string,
    { connection }: WantedRun,
    wrong: LaunchedRun | undefined,
    runId: string,
  ): Promise<LaunchedRun | undefined> {
    const session = await openSession(this.host.sessions, connection);
    const run = session && (await runNamed(session, runId, this.closing.signal));
    if (run !== undefined) {
      this.taken.delete(wrong?.runId ?? '');
      await this.tellRun(id, run);
    }
    return run;
  }

  private async tellRun(id: string, run: LaunchedRun): Promise<void> {
    this.taken.add(run.runId);
    const isGoing = this.host.launches.get(id)?.endedAt === undefined;
    // Whatever hindered it is over.
    this.host.launches.change(id, isGoing ? { run, message: undefined } : { run });
    await this.host.reveal(run);
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

  /** Of runs that only look like that of a launch none is ended. */
  private async settle(
    id: string,
    { connection }: WantedRun,
    run: LaunchedRun | undefined,
    isGone: boolean,
  ): Promise<RunStatus | undefined> {
    try {
      const session = run && (await openSession(this.host.sessions, connection));
      return (
        session &&
        run &&
        (await settleRun(
          session,
          run,
          isGone && this.kept.isRunOf(id, run.runId),
          this.closing.signal,
        ))
      );
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
