import { join } from 'node:path';

import * as vscode from 'vscode';

import { registerCommands } from './commands/registerCommands';
import { Connector } from './connections/connector';
import { OutputLog } from './host/outputLog';
import { currentSettings, onDidChangeSettings } from './host/settings';
import { settings } from './ids';
import { Session } from './state/session';
import { StoreWorker } from './stores/remoteStore';
import { Sidebar } from './tree/sidebar';

/** What tests inside the editor look at; nobody else gets it. */
export interface TestAccess {
  readonly session: Session;
  readonly sidebar: Sidebar;
}

/** Constructs the parts and wires them; nothing is asked of any server before a view is seen. */
export function activate(context: vscode.ExtensionContext): TestAccess | undefined {
  const log = new OutputLog();
  const worker = new StoreWorker(join(context.extensionPath, 'dist', 'storeWorker.js'), log);
  const connector = new Connector((uri) => worker.open({ uri }), log);
  const session = new Session({
    open: (signal) => connector.open(signal),
    memory: context.workspaceState,
    pageSize: currentSettings.pageSize,
    refreshInterval: currentSettings.refreshInterval,
  });
  const sidebar = new Sidebar(session);
  const commands = registerCommands({ session, sidebar, showLog: () => log.show() }, log);

  const { trackingUri, registryUri, interpreter, pageSize, refreshInterval } = settings;
  context.subscriptions.push(
    onDidChangeSettings([trackingUri, registryUri, interpreter, pageSize], () => {
      session.reconnect();
    }),
    onDidChangeSettings([refreshInterval], () => session.restartRefreshing()),
    vscode.workspace.onDidGrantWorkspaceTrust(() => session.reconnect()),
    vscode.workspace.onDidChangeWorkspaceFolders(() => session.reconnect()),
    commands,
    sidebar,
    session,
    connector,
    worker,
    log,
  );
  const underTest = context.extensionMode === vscode.ExtensionMode.Test;
  return underTest ? { session, sidebar } : undefined;
}
