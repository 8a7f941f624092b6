import { access } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';

import * as vscode from 'vscode';

import type { Disposable } from '../base/disposable';
import type { Log } from '../base/log';
import { findPythonWithMlflow } from '../host/pythonEnvironment';
import { currentSettings } from '../host/settings';
import { isAbortError, MlflowError } from '../mlflow/errors';
import { displayUri, parseTrackingUri, type TrackingUri } from '../mlflow/trackingUri';
import type { TrackingStore } from '../mlflow/trackingStore';
import type { OpenedConnection } from '../state/connection';
import { OwnedServer, ServerStartError } from './ownedServer';
import { anchored, resolveTrackingUri, type ResolvedUri } from './resolveTrackingUri';

const answerLimit = 1500;

/** Where a store answers, and the server of our own behind it if there is one. */
interface Address {
  readonly url: string;
  readonly server?: OwnedServer;
}

/** Opens what the settings, the environment and the workspace point to. */
export class Connector implements Disposable {
  private readonly servers = new Map<string, OwnedServer>();

  constructor(
    private readonly openStore: (uri: string) => TrackingStore,
    private readonly log: Log,
  ) {}

  /** `undefined` when there is nothing to connect to. */
  async open(signal: AbortSignal): Promise<OpenedConnection | undefined> {
    const resolved = await this.resolve(signal);
    signal.throwIfAborted();
    if (resolved === undefined) {
      return undefined;
    }
    const name = displayUri(resolved.uri.uri);
    this.log.info(`connecting to ${name} (${resolved.origin})`);
    const tracking = await this.address(resolved.uri, signal);
    const store = this.openStore(tracking.url);
    try {
      const info = await store.serverInfo(signal);
      const { registry, server } = await this.openRegistry(store, signal);
      const dispose = (): void => {
        store.dispose();
        registry.dispose();
      };
      const isLost = (): boolean =>
        [tracking.server, server].some((owned) => owned?.hasEnded === true);
      return { name, store, registry, info, isLost, dispose };
    } catch (error) {
      store.dispose();
      throw error;
    }
  }

  dispose(): void {
    for (const server of this.servers.values()) {
      server.dispose();
    }
    this.servers.clear();
  }

  private resolve(signal: AbortSignal): Promise<ResolvedUri | undefined> {
    return resolveTrackingUri({
      setting: currentSettings.trackingUri(),
      environment: process.env,
      folders: folders(),
      trusted: vscode.workspace.isTrusted,
      answers: (url) => this.answers(url, signal),
    });
  }

  /** Where registered models live; `undefined` when that is the tracking server. */
  /** A registry that cannot be opened says so in its own view; the experiments do not suffer. */
  private async openRegistry(
    store: TrackingStore,
    signal: AbortSignal,
  ): Promise<{ registry: TrackingStore; server?: OwnedServer | undefined }> {
    try {
      const address = await this.registryAddress(signal);
      return address === undefined
        ? { registry: store }
        : { registry: this.openStore(address.url), server: address.server };
    } catch (error) {
      signal.throwIfAborted();
      return { registry: failingStore(error) };
    }
  }

  private async registryAddress(signal: AbortSignal): Promise<Address | undefined> {
    const setting = currentSettings.registryUri() || process.env['MLFLOW_REGISTRY_URI'] || '';
    return setting === ''
      ? undefined
      : this.address(anchored(parseTrackingUri(setting), folders()[0]), signal);
  }

  /** The http(s) address behind a tracking URI; a store without a server gets one of our own. */
  private async address(uri: TrackingUri, signal: AbortSignal): Promise<Address> {
    switch (uri.kind) {
      case 'http':
        return { url: uri.uri };
      case 'unsupported':
        throw new MlflowError('unsupported', 'scheme', { origin: displayUri(uri.uri) });
      case 'sqlite':
        return this.ownedServer(uri.uri, uri.path, signal);
      case 'files':
        return this.ownedServer(uri.path, uri.path, signal);
      case 'database':
        return this.ownedServer(uri.uri, undefined, signal);
    }
  }

  /** The server of our own for `backend`: the one that runs already, or a new one. */
  private async ownedServer(
    backend: string,
    path: string | undefined,
    signal: AbortSignal,
  ): Promise<Address> {
    const running = this.servers.get(backend);
    if (running?.hasEnded === false) {
      return { url: running.url, server: running };
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
    const directory = path === undefined ? (folders()[0] ?? tmpdir()) : dirname(path);
    this.servers.delete(backend);
    const python = await findPythonWithMlflow();
    const server = await this.start(python, backend, directory, signal);
    this.servers.set(backend, server);
    return { url: server.url, server };
  }

  /** Starts a server with progress that can be cancelled. */
  private async start(
    python: string,
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
      return await vscode.window.withProgress(options, (_progress, token) => {
        const cancelled = new AbortController();
        token.onCancellationRequested(() => cancelled.abort());
        const either = AbortSignal.any([signal, cancelled.signal]);
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

  private async answers(url: string, signal: AbortSignal): Promise<boolean> {
    const store = this.openStore(url);
    try {
      await store.serverInfo(AbortSignal.any([signal, AbortSignal.timeout(answerLimit)]));
      return true;
    } catch (error) {
      this.log.debug(`no server at ${url}: ${String(error)}`);
      return false;
    } finally {
      store.dispose();
    }
  }
}

/** A store whose every request rejects with `error`. */
function failingStore(error: unknown): TrackingStore {
  const reject = (): Promise<never> =>
    Promise.reject(error instanceof Error ? error : new Error(String(error)));
  return new Proxy({} as TrackingStore, {
    get: (_target, method) => (method === 'dispose' ? () => undefined : reject),
  });
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

function folders(): readonly string[] {
  return (vscode.workspace.workspaceFolders ?? [])
    .filter(({ uri }) => uri.scheme === 'file')
    .map(({ uri }) => uri.fsPath);
}
