import { join } from 'node:path';

import * as vscode from 'vscode';

import { registerCommands } from './commands/registerCommands';
import { Connector } from './connections/connector';
import { connectionId, findConnections } from './connections/findConnections';
import { OwnedServers } from './connections/ownedServers';
import { answering, registryFor, surroundings } from './connections/surroundings';
import { OutputLog } from './host/outputLog';
import { currentSettings, onDidChangeSettings } from './host/settings';
import { settings } from './ids';
import { displayUri } from './mlflow/trackingUri';
import { Sessions } from './state/sessions';
import { StoreWorker } from './stores/remoteStore';
import { Sidebar } from './tree/sidebar';

/** What tests inside the editor look at; nobody else gets it. */
export interface TestAccess {
  readonly sessions: Sessions;
  readonly sidebar: Sidebar;
}

/** Constructs the parts and wires them; nothing is asked of any server before a view is seen. */
export function activate(context: vscode.ExtensionContext): TestAccess | undefined {
  const log = new OutputLog();
  const worker = new StoreWorker(join(context.extensionPath, 'dist', 'storeWorker.js'), log);
  const ownedServers = new OwnedServers(log);
  const connector = new Connector({
    openStore: (uri, transport) => worker.open({ uri, transport }),
    reach: () =>
      Promise.resolve({
        transport: {},
        access: { account: undefined, insecure: false, withheld: false },
      }),
    ownedServer: (store, signal) => ownedServers.serverFor(store, signal),
    registryFor,
    log,
  });
  const sessions = new Sessions({
    findEndpoints: async (signal) => {
      const answers = answering((uri) => worker.open({ uri }), signal, log);
      const chosen = { instead: undefined, beside: [] };
      const found = await findConnections(surroundings(chosen, answers));
      return found.map((resolved) => ({
        id: connectionId(resolved),
        name: displayUri(resolved.uri.uri),
        open: (opening) => connector.open(resolved, opening),
      }));
    },
    memory: context.workspaceState,
    pageSize: currentSettings.pageSize,
    refreshInterval: currentSettings.refreshInterval,
  });
  const sidebar = new Sidebar(sessions);
  const commands = registerCommands({ sessions, sidebar, showLog: () => log.show() }, log);

  const { trackingUri, registryUri, interpreter, pageSize, refreshInterval } = settings;
  context.subscriptions.push(
    onDidChangeSettings([trackingUri, registryUri, interpreter, pageSize], () => {
      sessions.reset();
    }),
    onDidChangeSettings([refreshInterval], () => sessions.restartRefreshing()),
    vscode.workspace.onDidGrantWorkspaceTrust(() => sessions.reset()),
    vscode.workspace.onDidChangeWorkspaceFolders(() => sessions.reset()),
    commands,
    sidebar,
    sessions,
    ownedServers,
    worker,
    log,
  );
  const underTest = context.extensionMode === vscode.ExtensionMode.Test;
  return underTest ? { sessions, sidebar } : undefined;
}
