import * as vscode from 'vscode';

import type { ConnectionStatus } from '../state/connection';
import type { Sessions } from '../state/sessions';

/** What MLflow makes first in a folder, by default. */
const stores = '**/{mlflow.db,mlruns/*/meta.yaml}';
/** A database is made in many steps, and cannot be read before the last. */
const settledAfter = 500;

/** Looks anew for what to connect to when a local store appears while nothing is connected. */
export function connectToArrivals(sessions: Sessions): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher(stores);
  let timer: NodeJS.Timeout | undefined;
  const look = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (
        sessions.areFound &&
        sessions.all.every(({ connection }) => isIdle(connection.status.kind))
      ) {
        sessions.reset();
      }
    }, settledAfter);
  };
  return vscode.Disposable.from(watcher, watcher.onDidCreate(look), watcher.onDidChange(look), {
    dispose: () => clearTimeout(timer),
  });
}

function isIdle(kind: ConnectionStatus['kind']): boolean {
  return kind === 'failed' || kind === 'none';
}
