import { setTimeout as delay } from 'node:timers/promises';

import * as vscode from 'vscode';

import { SaidError } from '../host/explainError';
import { isAbortError } from '../mlflow/errors';
import { isLive } from '../mlflow/runFacts';
import type { CommandLine, Launched, Launcher, ProjectCommand } from '../projects/launchContracts';
import type { Launch, LaunchedRun } from '../state/launches';
import type { Session } from '../state/session';
import { findRun, type SoughtRun } from './findRun';
import type { LaunchingHost } from './launchingHost';
import { lineFor, projectName } from './machine';

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
  readonly launched: Launched;
  /** Fires when nothing is to be looked for any more. */
  readonly looking: AbortController;
  isStopped: boolean;
  /** Resolves once its row says how it ended. */
  followed: Promise<void>;
}

const lookInterval = 1000;
/** What MLflow logs is found at once, what a server has to say may take a while. */
const lastLook = 15_000;

/** Runs projects, one terminal each, and finds what MLflow makes of them. */
export class ProjectRuns {
  private readonly going = new Map<string, GoingOn>();
  private readonly wanted = new Map<string, WantedRun>();
  /** Runs that were found, by their ids: no two launches have the same. */
  private readonly taken = new Set<string>();
  /** Launches that have ended, whose terminals may still be there. */
  private readonly shown = new Map<string, GoingOn>();
  private count = 0;

  constructor(
    private readonly host: LaunchingHost,
    private readonly launcher: Launcher,
  ) {}

  /** Resolves once its process was started; rejects, saying what to do, where it cannot be. */
  async start(wanted: WantedRun): Promise<string> {
    const id = `run-${Date.now().toString(36)}-${(this.count += 1)}`;
    const name = nameOf(wanted.command);
    const line = await this.lineOf(wanted);
    const since = Date.now();
    this.wanted.set(id, wanted);
    this.host.launches.add(rowOf(id, name, since));
    try {
      const launched = await this.launcher.launch(line, {
        id,
        title: `mlflow run: ${titleOf(wanted.command)}`,
        groupId: undefined,
        closeAfterSuccess: false,
      });
      const going: GoingOn = {
        ...{ wanted, launched, looking: new AbortController() },
        ...{ isStopped: false, followed: Promise.resolve() },
      };
      this.going.set(id, going);
      this.host.launches.change(id, { state: 'running' });
      going.followed = this.follow(id, going, since);
    } catch (error) {
      this.host.launches.remove(id);
      this.wanted.delete(id);
      throw error;
    }
    return id;
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
    const going = this.going.get(id) ?? this.shown.get(id);
    if (going === undefined) {
      throw new SaidError(vscode.l10n.t('The terminal of this launch was closed.'));
    }
    going.launched.show();
  }

  /** Runs the same again, as a launch of its own. */
  async again(id: string): Promise<void> {
    const wanted = this.wanted.get(id);
    if (wanted !== undefined) {
      await this.start(wanted);
    }
  }

  forget(id: string): void {
    this.wanted.delete(id);
    this.shown.delete(id);
  }

  dispose(): void {
    this.going.forEach(({ looking }) => looking.abort());
  }

  private async lineOf({ command, connection, folder }: WantedRun): Promise<CommandLine> {
    const title = vscode.l10n.t('Launching {0}', titleOf(command));
    const { Window } = vscode.ProgressLocation;
    return vscode.window.withProgress({ location: Window, title }, async () => {
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
      return lineFor(command, variables, folder, new AbortController().signal);
    });
  }

  private async follow(id: string, going: GoingOn, since: number): Promise<void> {
    const finding = this.find(id, going, since).catch((error: unknown) => {
      if (!isAbortError(error)) {
        this.host.log.warn(`finding the run of ${id}: ${String(error)}`);
      }
      return undefined;
    });
    const { code } = await going.launched.ended;
    this.going.delete(id);
    this.shown.set(id, going);
    const giveUp = setTimeout(() => going.looking.abort(), lastLook);
    const run = await finding;
    clearTimeout(giveUp);
    await this.tidy(run, going).catch((error: unknown) =>
      this.host.log.warn(`ending the run of ${id}: ${String(error)}`),
    );
    const state = going.isStopped ? 'stopped' : code === 0 ? 'finished' : 'failed';
    this.host.launches.change(id, {
      state,
      endedAt: Date.now(),
      message: state === 'failed' ? failureText(code) : undefined,
    });
  }

  /** Looks until the run is there, or the process has ended without one; shows it. */
  private async find(
    id: string,
    { wanted, launched, looking }: GoingOn,
    since: number,
  ): Promise<LaunchedRun | undefined> {
    const { command, connection, changing } = wanted;
    const { program } = command;
    const session = connection === undefined ? undefined : this.host.sessions.get(connection);
    if (session === undefined || program.kind !== 'project') {
      return undefined;
    }
    const sought: SoughtRun = {
      experimentId: command.experimentId,
      since,
      entryPoint: program.entryPoint,
      parameters: command.parameters.filter(([name]) => !changing.has(name)),
    };
    let hasEnded = false;
    const end = launched.ended.then(() => {
      hasEnded = true;
    });
    for (;;) {
      const isLast = hasEnded;
      const run = await this.look(session, sought, isLast, looking.signal);
      if (run !== undefined) {
        this.taken.add(run.runId);
        this.host.launches.change(id, { run });
        void this.host
          .reveal(run)
          .catch((error: unknown) => this.host.log.warn(`revealing a run: ${String(error)}`));
        return run;
      }
      if (isLast) {
        return undefined;
      }
      await Promise.race([end, delay(lookInterval, undefined, { signal: looking.signal })]);
    }
  }

  /** A server that does not answer for a while is asked again. */
  private async look(
    { id, store }: Session,
    sought: SoughtRun,
    isLast: boolean,
    signal: AbortSignal,
  ): Promise<LaunchedRun | undefined> {
    try {
      const run = store && (await findRun(store, sought, this.taken, isLast, signal));
      return (
        run && { connection: id, experimentId: run.experimentId, runId: run.id, name: run.name }
      );
    } catch (error) {
      if (isAbortError(error) || isLast) {
        throw error;
      }
      return undefined;
    }
  }

  /** What was killed cannot say so to MLflow: its run is ended here. */
  private async tidy(place: LaunchedRun | undefined, going: GoingOn): Promise<void> {
    const session = place && this.host.sessions.get(place.connection);
    if (session?.store === undefined || place === undefined) {
      return;
    }
    const { signal } = new AbortController();
    const run = await session.store.getRun(place.runId, signal);
    if (isLive(run) && going.wanted.command.backend === undefined) {
      await session.store.endRun(run.id, 'KILLED', Date.now(), signal);
    }
    await session.experiments?.refreshLive([place.experimentId], signal);
  }
}

function rowOf(id: string, name: string, startedAt: number): Launch {
  return {
    ...{ id, name, startedAt, kind: 'run', state: 'starting' },
    ...{ endedAt: undefined, run: undefined, message: undefined, progress: undefined },
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

function failureText(code: number | undefined): string {
  return code === undefined
    ? vscode.l10n.t('It ended without an exit code. Its terminal says more.')
    : vscode.l10n.t('It ended with exit code {0}. Its terminal says more.', code);
}
