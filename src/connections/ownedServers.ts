import { access } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';

import * as vscode from 'vscode';

import type { Disposable } from '../base/disposable';
import type { Log } from '../base/log';
import { findPythonWithMlflow } from '../host/pythonEnvironment';
import { isAbortError, MlflowError } from '../mlflow/errors';
import { displayUri } from '../mlflow/trackingUri';
import { OwnedServer, ServerStartError } from './ownedServer';

/** A store that is read through a server of our own. */
export interface OwnedStore {
  /** The store, as MLflow names it: a database URI or an absolute folder. */
  readonly backend: string;
  /** Where it lies on disk; absent for databases elsewhere. */
  readonly path: string | undefined;
  /** Where the server runs when the store has no path. */
  readonly folder: string | undefined;
}

/** The servers of our own, one for each store that needs one. */
export class OwnedServers implements Disposable {
  private readonly servers = new Map<string, OwnedServer>();

  constructor(private readonly log: Log) {}

  /** The server for `store`: the one that runs already, or a new one. */
  async serverFor(store: OwnedStore, signal: AbortSignal): Promise<OwnedServer> {
    const { backend, path, folder } = store;
    const running = this.servers.get(backend);
    if (running?.hasEnded === false) {
      return running;
    }
    await checkPresence(path);
    if (!vscode.workspace.isTrusted) {
      throw new MlflowError('unsupported', 'ownedServer', {
        serverMessage: vscode.l10n.t(
          '{0} is read through an MLflow server, and none is started in Restricted Mode. Trust this workspace to open it.',
          displayUri(backend),
        ),
      });
    }
    const directory = path === undefined ? (folder ?? tmpdir()) : dirname(path);
    this.servers.delete(backend);
    const server = await this.start(backend, directory, signal);
    this.servers.set(backend, server);
    return server;
  }

  dispose(): void {
    for (const server of this.servers.values()) {
      server.dispose();
    }
    this.servers.clear();
  }

  /** Starts a server, which begins with looking for a Python, with progress that can be cancelled. */
  private async start(
    backend: string,
    directory: string,
    signal: AbortSignal,
  ): Promise<OwnedServer> {
    const store = displayUri(backend);
    const options = {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Starting an MLflow server for {0}', store),
      cancellable: true,
    };
    try {
      return await vscode.window.withProgress(options, async (_progress, token) => {
        const cancelled = new AbortController();
        token.onCancellationRequested(() => cancelled.abort());
        const either = AbortSignal.any([signal, cancelled.signal]);
        const python = await findPythonWithMlflow(either);
        return OwnedServer.start({ python, backend, directory, log: this.log }, either);
      });
    } catch (error) {
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

/** MLflow would make a store that is not there; looking at one must not. */
async function checkPresence(path: string | undefined): Promise<void> {
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
