import * as vscode from 'vscode';

import type { Disposable } from '../base/disposable';
import { SaidError } from '../host/explainError';
import { launchSettings, mostAtOnce } from '../host/launchSettings';
import { isAbortError } from '../mlflow/errors';
import { stateTag } from '../mlflow/sweepFacts';
import { needBackend } from '../backends/explainBackend';
import type { RunPlace } from '../launching/launchingHost';
import type { Launched } from '../projects/launchContracts';
import { readSweepOf } from '../projects/parentRun';
import type { RunningSweep, SweepHost } from '../projects/sweepContracts';
import { Sweeps } from '../projects/sweeps';
import type { Session } from '../state/session';
import { Attention } from './attention';
import { LaunchRows } from './launchRows';
import { said } from './said';
import { knownBackend, rememberBackend, resumedBackend } from './sweepBackend';
import { liveStore } from './liveStore';
import { machineFor, type WantedSweep } from './newSweep';
import { agreed, confirmProgram, findSweepFolder } from './sweepFolder';
import { sweepHostFor, type SweepPlace } from './sweepHost';
import { SweepPlaces } from './sweepPlaces';
import { tellEnd } from './sweepEnd';

interface Life {
  readonly rows: LaunchRows;
  readonly connection: string;
  /** Gives up while it is being begun. */
  readonly giveUp: AbortController;
  /** Undefined until it has begun, and once it has ended: what it knows of its runs is much. */
  sweep: RunningSweep | undefined;
}

type Beginning = (host: SweepHost, signal: AbortSignal) => Promise<RunningSweep>;

/** The sweeps that this window works on, from their beginning to their end. */
export class SweepLives implements Disposable {
  readonly places: SweepPlaces;
  private readonly engine = new Sweeps();
  private readonly lives = new Map<string, Life>();
  /** Sweeps that are being taken up. */
  private readonly takenUp = new Set<string>();
  private readonly closing = new AbortController();
  private count = 0;

  constructor(private readonly place: SweepPlace) {
    const { host } = place;
    this.places = new SweepPlaces(host.memory);
    host.launches.onDidChange(() => this.forgetRemoved());
  }

  /** Resolves once its parent run is there. */
  async begin({ session, file, request }: WantedSweep): Promise<void> {
    const { machine, fileName } = request;
    const attention = new Attention(file);
    const sweep = await this.start(session, fileName, machine.folder, attention, (host, signal) =>
      this.engine.launch(request, host, signal),
    );
    await rememberBackend(machine.backend, this.place.host.memory, sweep.parentRunId);
  }

  /** Works on a sweep that was begun, unless this window does already. */
  async takeUp(place: RunPlace, retryFailed: boolean): Promise<void> {
    const going = this.goingOn(place);
    if (going !== undefined) {
      await this.goOn(going, retryFailed);
      return;
    }
    const key = `${place.connection} ${place.runId}`;
    if (this.takenUp.has(key)) {
      throw worksOnIt();
    }
    this.takenUp.add(key);
    try {
      await this.resume(place, retryFailed);
    } finally {
      this.takenUp.delete(key);
    }
  }

  private async resume(place: RunPlace, retryFailed: boolean): Promise<void> {
    const { memory } = this.place.host;
    const session = await this.sessionOf(place.connection);
    const { record, parent } = await readSweepOf(session.storeNow, place.runId, never);
    const { backend: name } = record;
    // Asks for no configuration of a backend that no sweep runs on.
    await needBackend(name === undefined ? undefined : { name, configFile: undefined }, {
      ...{ folder: undefined, trackingUri: undefined, isSweep: true },
    });
    const found = await findSweepFolder(record.program);
    if (found === undefined || !(await confirmProgram(record.program, found))) {
      return;
    }
    const { folder } = found;
    const where = await resumedBackend(name, memory, place.runId);
    if (where === undefined) {
      return;
    }
    const manager = record.environmentManager ?? launchSettings.environmentManager(folder);
    const machine = {
      ...machineFor(
        record.program.kind,
        folder,
        manager,
        Math.min(mostAtOnce, Math.max(1, record.parallelism)),
      ),
      ...where,
    };
    const hasFailed = parent.tags.some(({ key, value }) => key === stateTag && value === 'failed');
    this.removeRows(place);
    const options = { retryFailed: retryFailed || hasFailed };
    const attention = new Attention(undefined);
    await rememberBackend(where.backend, memory, place.runId);
    await this.start(session.session, record.fileName, folder, attention, (host, signal) =>
      this.engine.resume(place.runId, machine, agreed(host, record.program), options, signal),
    );
  }

  /** Ends a sweep on every machine that works on it. */
  async stop(place: RunPlace): Promise<void> {
    const going = this.goingOn(place);
    if (going?.sweep !== undefined) {
      await going.sweep.stop();
      return;
    }
    const options = {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Ending the runs of the sweep. That may take a minute.'),
    };
    const isStopped = await vscode.window.withProgress(options, () => this.stopElsewhere(place));
    if (!isStopped) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('The sweep had ended already, or was taken up again.'),
      );
    }
  }

  /**
   * Ends a sweep that this window does not work on, and what nobody works on any more; resolves to whether it was this that ended
   * it.
   */
  async stopElsewhere(place: RunPlace): Promise<boolean> {
    const { host } = this.place;
    const { session, storeNow } = await this.sessionOf(place.connection);
    const store = liveStore(host.sessions, session, storeNow);
    const { endLost, log, memory } = host;
    const name = await readSweepOf(store, place.runId, never).then(
      ({ record }) => record.backend,
      () => undefined,
    );
    const { isStopped, trouble } = await this.engine.stop(
      place.runId,
      { store, endLost, log },
      knownBackend(name, memory, place.runId),
      this.closing.signal,
    );
    await this.places.remove(place.runId);
    this.refresh(place);
    if (trouble !== undefined) {
      await host.tellFailure(said(trouble));
    }
    return isStopped;
  }

  /** Ends a sweep by its row, also where it is still being begun. */
  async stopLaunch(id: string): Promise<void> {
    const life = this.lives.get(id);
    if (life?.sweep === undefined) {
      life?.giveUp.abort();
    } else {
      await life.sweep.stop();
    }
  }

  process(id: string): Launched | undefined {
    return [...this.lives.values()]
      .map(({ rows }) => rows.process(id))
      .find((process) => process !== undefined);
  }

  /** Lets go of all sweeps: they can be resumed. */
  dispose(): void {
    this.closing.abort();
    this.lives.forEach(({ sweep, giveUp }) => {
      giveUp.abort();
      sweep?.dispose();
    });
  }

  private async start(
    session: Session,
    fileName: string,
    folder: string | undefined,
    attention: Attention,
    begin: Beginning,
  ): Promise<RunningSweep> {
    const { host } = this.place;
    const id = `sweep-${Date.now().toString(36)}-${(this.count += 1)}`;
    const rows = new LaunchRows(host, session.id, id, fileName);
    const giveUp = new AbortController();
    const life: Life = { rows, connection: session.id, giveUp, sweep: undefined };
    this.lives.set(id, life);
    const title = vscode.l10n.t('Beginning sweep {0}', fileName);
    const { Window } = vscode.ProgressLocation;
    try {
      const sweep = await vscode.window.withProgress({ location: Window, title }, async () => {
        const place = await sweepHostFor(this.place, session, folder, (start) =>
          rows.around(start),
        );
        giveUp.signal.throwIfAborted();
        return begin(place, giveUp.signal);
      });
      life.sweep = sweep;
      rows.follow(sweep);
      await this.remember(session.id, sweep);
      void this.follow(life, sweep, attention);
      this.reveal(session, sweep);
      return sweep;
    } catch (error) {
      rows.remove();
      throw said(error);
    }
  }

  private async follow(life: Life, sweep: RunningSweep, attention: Attention): Promise<void> {
    const { host } = this.place;
    const { connection, rows } = life;
    const progress = await sweep.ended;
    if (progress.state === 'running' || progress.state === 'stopping') {
      // The window let go of it.
      return;
    }
    rows.end(progress);
    life.sweep = undefined;
    const place = { connection, experimentId: sweep.experimentId, runId: sweep.parentRunId };
    await this.places.remove(place.runId);
    this.refresh(place);
    try {
      const told =
        progress.trouble === undefined
          ? progress
          : { ...progress, trouble: said(progress.trouble) };
      const retry = (): Promise<void> => this.takeUp(place, true);
      await tellEnd(host, connection, sweep, told, attention.hasGoneOn, retry);
    } catch (error) {
      if (!isAbortError(error)) {
        await host.tellFailure(error);
      }
    }
  }

  private refresh({ connection, experimentId }: RunPlace): void {
    const { sessions, log } = this.place.host;
    sessions
      .get(connection)
      ?.experiments?.refreshLive([experimentId], never)
      .catch((error: unknown) => log.warn(`reading runs of a sweep: ${String(error)}`));
  }

  private async remember(connection: string, sweep: RunningSweep): Promise<void> {
    const { experimentId, parentRunId, fileName } = sweep;
    await this.places.add({ connection, experimentId, parentRunId, fileName });
  }

  private reveal(session: Session, { experimentId, parentRunId }: RunningSweep): void {
    const { host } = this.place;
    host
      .reveal({ connection: session.id, experimentId, runId: parentRunId })
      .catch((error: unknown) => host.log.warn(`revealing a sweep: ${String(error)}`));
  }

  private goingOn({ connection, runId }: RunPlace): Life | undefined {
    return [...this.lives.values()].find(
      (life) =>
        life.connection === connection &&
        life.sweep?.parentRunId === runId &&
        (life.sweep.progress.state === 'running' || life.sweep.progress.state === 'stopping'),
    );
  }

  private async goOn({ sweep, rows }: Life, retryFailed: boolean): Promise<void> {
    if (!retryFailed) {
      throw worksOnIt();
    }
    rows.forgetFailed();
    await sweep?.retryFailed();
  }

  /** A sweep that is taken up has one row, not one for each time. */
  private removeRows({ connection, runId }: RunPlace): void {
    const { launches } = this.place.host;
    launches.all
      .filter(({ kind, run }) => kind === 'sweep' && run?.runId === runId)
      .filter(({ run }) => run?.connection === connection)
      .forEach(({ id }) => launches.remove(id));
  }

  private forgetRemoved(): void {
    for (const id of this.lives.keys()) {
      if (this.place.host.launches.get(id) === undefined) {
        this.lives.delete(id);
      }
    }
  }

  private async sessionOf(
    connection: string,
  ): Promise<{ readonly session: Session; readonly storeNow: SweepHost['store'] }> {
    const { sessions } = this.place.host;
    await sessions.ensure();
    const session = sessions.get(connection);
    const status = await session?.connection.ensure();
    if (status?.kind === 'failed') {
      throw status.error;
    }
    if (session?.store === undefined) {
      throw new SaidError(
        vscode.l10n.t(
          'This window is not connected to {0}. Switch to it, then try again.',
          connection,
        ),
      );
    }
    return { session, storeNow: session.store };
  }
}

const never = new AbortController().signal;

function worksOnIt(): SaidError {
  return new SaidError(vscode.l10n.t('This window works on the sweep already; see Launches.'));
}
