import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import * as vscode from 'vscode';

import type { Disposable } from '../base/disposable';
import type { Log } from '../base/log';
import { Shared } from '../base/shared';
import { otherSchemaText } from '../host/otherSchemaText';
import { findPythonWithMlflow } from '../host/pythonEnvironment';
import { isAbortError, MlflowError } from '../mlflow/errors';
import { displayUri, parseTrackingUri } from '../mlflow/trackingUri';
import { checkPresence } from './checkPresence';
import { OtherSchemaError, OwnedServer, ServerStartError } from './ownedServer';

/** A store for which there is a server of our own. */
export interface OwnedStore {
  /** The store, as MLflow names it: a database URI or an absolute folder. */
  readonly backend: string;
  /** Where it lies on disk; absent for databases elsewhere. */
  readonly path: string | undefined;
  /** Where the server runs when the store has no path. */
  readonly folder: string | undefined;
  /** What the server is for: to read the store, to change it, to show MLflow's own pages, or to reach artifacts that lie elsewhere. */
  readonly purpose: 'read' | 'change' | 'pages' | 'artifacts';
  /** Why it cannot be read without one, where that is to be said. */
  readonly because?: string | undefined;
}

/** A server of our own, as far as a connection needs it. */
export interface RunningServer {
  readonly url: string;
  readonly hasEnded: boolean;
}

/** The servers of our own, one for each store that needs one. */
export class OwnedServers implements Disposable {
  private readonly starts = new Map<string, Shared<OwnedServer>>();
  private readonly started = new Set<OwnedServer>();
  private readonly closing = new AbortController();

  constructor(private readonly log: Log) {}

  /** The server for `store`: the one that runs already or is being started, or a new one. */
  async serverFor(store: OwnedStore, signal: AbortSignal): Promise<RunningServer> {
    const { backend } = store;
    const known = this.starts.get(backend);
    const running = await known?.get(signal);
    if (running?.hasEnded === false) {
      return running;
    }
    await checkPresence(store.path);
    if (!vscode.workspace.isTrusted) {
      throw untrusted(store);
    }
    // Somebody else may have begun meanwhile.
    if (this.starts.get(backend) === known) {
      this.begin(store);
    }
    return this.serverFor(store, signal);
  }

  dispose(): void {
    this.closing.abort();
    for (const server of this.started) {
      server.dispose();
    }
    this.started.clear();
    this.starts.clear();
  }

  /** What fails is begun anew by the next one who asks, who may want it for something else. */
  private begin(store: OwnedStore): void {
    const { backend } = store;
    const starting: Shared<OwnedServer> = new Shared(async (signal) => {
      try {
        return await this.start(store, signal);
      } catch (error) {
        // What nobody waited for any more may have been begun anew by now.
        if (!signal.aborted && this.starts.get(backend) === starting) {
          this.starts.delete(backend);
        }
        throw error;
      }
    });
    this.starts.set(backend, starting);
  }

  /** Starts a server, which begins with looking for a Python, with progress that can be cancelled. */
  private async start(wanted: OwnedStore, signal: AbortSignal): Promise<OwnedServer> {
    const { backend, path, folder } = wanted;
    const directory = path === undefined ? (folder ?? tmpdir()) : dirname(path);
    const isDatabase = parseTrackingUri(backend).kind === 'sqlite';
    const options = {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Starting an MLflow server for {0}', displayUri(backend)),
      cancellable: true,
    };
    const ended = AbortSignal.any([signal, this.closing.signal]);
    try {
      return await vscode.window.withProgress(options, async (progress, token) => {
        progress.report({ message: reasonFor(wanted) });
        const cancelled = new AbortController();
        token.onCancellationRequested(() => cancelled.abort());
        const either = AbortSignal.any([ended, cancelled.signal]);
        const server = await OwnedServer.start(
          {
            python: await findPythonWithMlflow(either),
            backend,
            directory,
            artifactRoot: path === undefined || isDatabase ? join(directory, 'mlruns') : path,
            database: isDatabase ? path : undefined,
            log: this.log,
          },
          either,
        );
        this.started.add(server);
        return server;
      });
    } catch (error) {
      throw ended.aborted ? error : explained(error, displayUri(backend));
    }
  }
}

/** Why no server was started, in a sentence. */
function explained(error: unknown, store: string): unknown {
  const saying = (serverMessage: string): MlflowError =>
    new MlflowError('unsupported', 'ownedServer', { serverMessage });
  if (isAbortError(error)) {
    return saying(
      vscode.l10n.t('Starting the MLflow server for {0} was cancelled. Retry to start it.', store),
    );
  }
  if (error instanceof OtherSchemaError) {
    return saying(otherSchemaText(store, error));
  }
  return error instanceof ServerStartError
    ? saying(
        vscode.l10n.t(
          'The MLflow server for {0} did not start: {1}. The MLflow log has all it said.',
          store,
          error.message,
        ),
      )
    : error;
}

/** Why a server is started. */
function reasonFor({ purpose, because }: OwnedStore): string {
  if (purpose === 'change') {
    return vscode.l10n.t('changes are left to MLflow itself');
  }
  if (purpose === 'artifacts') {
    return vscode.l10n.t('the artifacts are not on this computer');
  }
  return because ?? '';
}

function untrusted({ backend, purpose }: OwnedStore): MlflowError {
  const store = displayUri(backend);
  return new MlflowError('unsupported', 'ownedServer', {
    serverMessage:
      purpose === 'change'
        ? vscode.l10n.t(
            '{0} is changed through an MLflow server, and none is started in Restricted Mode. Trust this workspace to change it.',
            store,
          )
        : vscode.l10n.t(
            '{0} is read through an MLflow server, and none is started in Restricted Mode. Trust this workspace to open it.',
            store,
          ),
  });
}
