import { tmpdir } from 'node:os';
import { join } from 'node:path';

import * as vscode from 'vscode';

import { guarded } from './commands/guard';
import { openReference } from './commands/openReference';
import { registerCommands } from './commands/registerCommands';
import { showRuns } from './commands/showRuns';
import { Approvals } from './connections/approvals';
import { Connector } from './connections/connector';
import { editorSources, onDidChangeSources } from './connections/editorSources';
import { explained } from './connections/explainTransportProblem';
import { Connections } from './connections/connections';
import {
  connectionId,
  findConnections,
  localStoresIn,
  nothingChosen,
} from './connections/findConnections';
import { offerToMovePassword } from './connections/movePassword';
import { checkPresence, OwnedServers } from './connections/ownedServers';
import { RememberedConnections } from './connections/remembered';
import { SignIns } from './connections/signIns';
import {
  answering,
  firstFolder,
  localFolders,
  registryFor,
  surroundings,
} from './connections/surroundings';
import { connectToArrivals } from './connections/storeArrival';
import { WindowChoice } from './connections/windowChoice';
import { OutputLog } from './host/outputLog';
import { Secrets } from './host/secrets';
import { currentSettings, onDidChangeSettings } from './host/settings';
import { settings } from './ids';
import { LanguageWhenNeeded } from './language/languageWhenNeeded';
import { registerTerminalLinks } from './links/terminalLinks';
import { registerUriHandler } from './links/uriHandler';
import type { Reference } from './mlflow/runReference';
import { originOf } from './mlflow/signIn';
import { displayUri } from './mlflow/trackingUri';
import type { AddressProblem } from './mlflow/workbenchAddress';
import { NoteFiles } from './notes/noteFiles';
import { Sessions } from './state/sessions';
import { StatusBar } from './status/statusBar';
import { StoreWorker } from './stores/remoteStore';
import { Sidebar } from './tree/sidebar';
import { RunEndNotices } from './watching/runEndNotices';

/** What tests inside the editor look at; nobody else gets it. */
export interface TestAccess {
  readonly sessions: Sessions;
  readonly sidebar: Sidebar;
  readonly signIns: SignIns;
  readonly connections: Connections;
  readonly statusBar: StatusBar;
  readonly language: LanguageWhenNeeded;
}

/** Constructs the parts and wires them; nothing is asked of any server before a view is seen. */
export function activate(context: vscode.ExtensionContext): TestAccess | undefined {
  const log = new OutputLog();
  const worker = new StoreWorker(join(context.extensionPath, 'dist', 'storeWorker.js'), log);
  const ownedServers = new OwnedServers(log);
  const signIns = new SignIns({
    secrets: new Secrets(context.secrets, log),
    approvals: new Approvals(context.globalState),
    sources: editorSources,
    openStore: (uri, transport) => worker.open({ uri, transport }),
    explained,
    log,
  });
  const connector = new Connector({
    openStore: (uri, transport) => worker.open({ uri, transport }),
    reach: (server) => {
      offerToMovePassword(server, context.globalState, (origin, signIn) =>
        signIns.keep(origin, signIn),
      ).catch((error: unknown) => log.warn(`moving a password: ${String(error)}`));
      return signIns.reach(server);
    },
    ownedServer: (store, signal) => ownedServers.serverFor(store, signal),
    checkPresence,
    registryFor,
    log,
  });
  const choice = new WindowChoice(context.workspaceState);
  const sessions = new Sessions({
    findEndpoints: async (signal) => {
      const answers = answering((uri) => worker.open({ uri }), signal, log);
      const all = await findConnections(surroundings(choice, answers));
      return all.map((found) => ({
        id: connectionId(found),
        name: displayUri(found.uri.uri),
        found,
        open: (opening) => connector.open(found, opening),
      }));
    },
    memory: context.workspaceState,
    pageSize: currentSettings.pageSize,
    refreshInterval: currentSettings.refreshInterval,
  });
  const connections = new Connections({
    sessions,
    choice,
    remembered: new RememberedConnections(context.globalState),
    alsoThere: () => localStoresIn(localFolders()),
    named: () => findConnections(surroundings(nothingChosen, () => Promise.resolve(false))),
    folder: firstFolder,
    temporaryFolder: tmpdir(),
  });
  const sidebar = new Sidebar(sessions);
  const notes = new NoteFiles(sessions);
  const statusBar = new StatusBar(sessions);
  const forCommands = {
    ...{ sessions, sidebar, signIns, connections, notes },
    filterMistake: worker.filterMistake.bind(worker),
    showLog: () => log.show(),
  };
  const commands = registerCommands(forCommands, log);
  const open = (reference: Reference | AddressProblem): void =>
    void guarded('opening a link', forCommands, log, () => openReference(forCommands, reference));
  const runEndNotices = new RunEndNotices(sessions, (runs) =>
    guarded('showing a run', forCommands, log, () => showRuns(forCommands, runs)),
  );

  const language = new LanguageWhenNeeded(async () => {
    const { startLanguageClient } = await import('./language/client');
    return startLanguageClient(join(context.extensionPath, 'dist', 'server.js'));
  }, log);

  const { trackingUri, registryUri, interpreter, pageSize, refreshInterval } = settings;
  context.subscriptions.push(
    // What is written by hand now counts for more than what was chosen before.
    onDidChangeSettings([trackingUri], () => void choice.takeInstead(undefined)),
    onDidChangeSettings([trackingUri, registryUri, interpreter, pageSize], () => {
      sessions.reset();
    }),
    onDidChangeSources(() => sessions.reset()),
    signIns.onDidChange((origin) => reconnect(sessions, origin)),
    onDidChangeSettings([refreshInterval], () => sessions.restartRefreshing()),
    vscode.workspace.onDidGrantWorkspaceTrust(() => sessions.reset()),
    vscode.workspace.onDidChangeWorkspaceFolders(() => sessions.reset()),
    commands,
    connectToArrivals(sessions),
    registerTerminalLinks(open),
    registerUriHandler(open),
    runEndNotices,
    language,
    connections,
    sidebar,
    notes,
    statusBar,
    sessions,
    signIns,
    ownedServers,
    worker,
    log,
  );
  const underTest = context.extensionMode === vscode.ExtensionMode.Test;
  return underTest ? { sessions, sidebar, signIns, connections, statusBar, language } : undefined;
}

/** Opens anew what goes to this server; a registry's server is behind a session of another name. */
function reconnect(sessions: Sessions, origin: string): void {
  const own = sessions.all.filter(({ id }) => originOf(id) === origin);
  (own.length === 0 ? sessions.all : own).forEach((session) => session.reconnect());
}
