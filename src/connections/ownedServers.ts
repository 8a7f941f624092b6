import { access } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';

import * as vscode from 'vscode';

import type { Disposable } from '../base/disposable';
import type { Log } from '../base/log';
import { Shared } from '../base/shared';
import { findPythonWithMlflow } from '../host/pythonEnvironment';
import { isAbortError, MlflowError } from '../mlflow/errors';
import { displayUri } from '../mlflow/trackingUri';
import { OwnedServer, ServerStartError } from './ownedServer';

/** A store for which there is a server of our own. */
export interface OwnedStore {
  /** The store, as MLflow names it: a database URI or an absolute folder. */
  readonly backend: string;
  /** Where it lies on disk; absent for databases elsewhere. */
  readonly path: string | undefined;
  /** Where the server runs when the store has no path. */
  readonly folder: string | undefined;
  /** What the server is for: to read the store, to change it, or to show MLflow's own pages. */
  readonly purpose: 'read' | 'change' | 'pages';
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
      this.starts.set(backend, new Shared((starting) => this.start(store, starting)));
    }
    return this.serverFor(store, signal);
  }

  dispose(): void {
    for (const server of this.started) {
      server.dispose();
    }
    this.started.clear();
    this.starts.clear();
  }

  /** Starts a server, which begins with looking for a Python, with progress that can be cancelled. */
  private async start(wanted: OwnedStore, signal: AbortSignal): Promise<OwnedServer> {
    const { backend, path, folder } = wanted;
    const directory = path === undefined ? (folder ?? tmpdir()) : dirname(path);
    const store = displayUri(backend);
    const options = {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Starting an MLflow server for {0}', store),
      cancellable: true,
    };
    try {
      return await vscode.window.withProgress(options, async (progress, token) => {
        progress.report({ message: reasonFor(wanted) });
        const cancelled = new AbortController();
        token.onCancellationRequested(() => cancelled.abort());
        const either = AbortSignal.any([signal, cancelled.signal]);
        const python = await findPythonWithMlflow(either);
        const server = await OwnedServer.start(
          { python, backend, directory, log: this.log },
          either,
        );
        this.started.add(server);
        return server;
      });
    } catch (error) {
      this.starts.delete(backend);
      if (isAbortError(error) && !signal.aborted) {
        throw new MlflowError('unsupported', 'ownedServer', {
          serverMessage: vscode.l10n.t(
            'Starting the MLflow server for {0} was cancelled. Retry to start it.',
            store,
          ),
        });
      }
      if (!(error instanceof ServerStartError)) {
        throw error;
      }
      throw new MlflowError('unsupported', 'ownedServer', {
        serverMessage: vscode.l10n.t(
          'The MLflow server for {0} did not start: {1}. The MLflow log has all it said.',
          store,
          error.message,
        ),
      });
    }
  }
}

/** Why a server is started. */
function reasonFor({ purpose, because }: OwnedStore): string {
  if (purpose === 'change') {
    return vscode.l10n.t('changes are left to MLflow itself');
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

/** MLflow would make a store that is not there; looking at one must not. Rejects with `notFound`. */
export async function checkPresence(path: string | undefined): Promise<void> {
  try {
    await (path === undefined ? undefined : access(path));
  } catch {
    throw new MlflowError('notFound', 'ownedServer', {
      serverMessage: vscode.l10n.t(
        'There is no store at {0}. Check the tracking URI, or log a run there first.',
        path ?? '',
      ),
    });
  }
}
