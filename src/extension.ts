import { join } from 'node:path';

import * as vscode from 'vscode';

import { ArtifactFiles } from './artifacts/artifactFiles';
import { Late } from './base/late';
import { guarded, tellFailure } from './commands/guard';
import { lateHandlers } from './commands/lateHandlers';
import { registerCommands } from './commands/registerCommands';
import type { ShownRun } from './commands/showRuns';
import { connecting } from './connecting';
import type { Connections } from './connections/connections';
import { onDidChangeSources } from './connections/editorSources';
import type { SignIns } from './connections/signIns';
import { connectToArrivals } from './connections/storeArrival';
import { explainError } from './host/explainError';
import { OutputLog } from './host/outputLog';
import { onDidChangeSettings } from './host/settings';
import { runColorCount, settings, sweepsKey } from './ids';
import { LanguageWhenNeeded } from './language/languageWhenNeeded';
import { LatePages } from './latePages';
import type { DownloadsHost } from './downloads/downloadsHost';
import type { Launching } from './launching/launching';
import type { LaunchingHost, RunPlace } from './launching/launchingHost';
import { registerTerminalLinks } from './links/terminalLinks';
import { registerUriHandler } from './links/uriHandler';
import type { Reference } from './mlflow/runReference';
import { originOf } from './mlflow/signIn';
import type { AddressProblem } from './mlflow/workbenchAddress';
import { NoteFiles } from './notes/noteFiles';
import { isGoingOn, Launches } from './state/launches';
import { RunColors } from './state/runColors';
import type { Sessions } from './state/sessions';
import { StatusBar } from './status/statusBar';
import type { Sweeping } from './sweeping/sweeping';
import { Sidebar } from './tree/sidebar';
import { RunEndNotices } from './watching/runEndNotices';

/** What tests inside the editor look at; nobody else gets it. */
export interface TestAccess {
  readonly sessions: Sessions;
  readonly sidebar: Sidebar;
  readonly signIns: SignIns;
  readonly connections: Connections;
  readonly statusBar: StatusBar;
  readonly pages: LatePages;
  readonly colors: RunColors;
  readonly language: LanguageWhenNeeded;
  readonly launches: Launches;
  readonly launching: Late<Launching>;
  readonly sweeping: Late<Sweeping>;
}

/** Constructs the parts and wires them; nothing is asked of any server before a view is seen. */
export function activate(context: vscode.ExtensionContext): TestAccess | undefined {
  const log = new OutputLog();
  const { clientVariables, ...connected } = connecting(context, log);
  const { worker, ownedServers, signIns, choice, sessions, connections } = connected;
  const colors = new RunColors(context.workspaceState, runColorCount);
  const launches = new Launches(context.workspaceState);
  const sidebar = new Sidebar(sessions, colors, launches);
  const notes = new NoteFiles(sessions);
  const artifacts = new ArtifactFiles(sessions);
  const statusBar = new StatusBar(sessions);
  const forDownloads: DownloadsHost = {
    ...{ sessions, log, memory: context.globalState },
    showLog: () => log.show(),
    tellFailure: (error) => tellFailure(error, { showLog: () => log.show() }),
  };
  const downloads = new Late(async () => {
    const { Downloads } = await import('./downloads/downloads');
    return new Downloads(forDownloads);
  });
  const forLaunching: LaunchingHost = {
    ...{ sessions, launches, log, clientVariables, memory: context.workspaceState },
    userMemory: context.globalState,
    reveal: (run) => revealNewRun(sessions, sidebar, run),
    compare: async (runs) => (await pages.get()).compared.compare(runs),
    tellFailure: (error) => tellFailure(error, { showLog: () => log.show() }),
  };
  const launching = new Late(async () => {
    const { Launching } = await import('./launching/launching');
    return new Launching(forLaunching);
  });
  // Of a window that was reloaded: what it launched goes on.
  if (launches.all.some(isGoingOn)) {
    void launching.get();
  }
  const sweeping = new Late(async () => {
    const { Sweeping } = await import('./sweeping/sweeping');
    return new Sweeping({
      ...forLaunching,
      start: async (...run) => (await launching.get()).start(...run),
      endLost: async (...run) => (await launching.get()).endLost(...run),
    });
  });
  const forCommands = {
    ...{ launches, sessions, sidebar, signIns, connections, notes, artifacts },
    filterMistake: worker.filterMistake.bind(worker),
    showLog: () => log.show(),
    downloads: () => downloads.get(),
    launching: () => launching.get(),
    sweeping: () => sweeping.get(),
    pages: () => pages.get(),
  };
  const commands = registerCommands(forCommands, log);
  const open = (reference: Reference | AddressProblem): void =>
    void guarded('opening a link', forCommands, log, async () =>
      (await lateHandlers()).openReference(forCommands, reference),
    );
  const show = (runs: readonly ShownRun[]): Promise<void> =>
    guarded('showing a run', forCommands, log, async () =>
      (await lateHandlers()).showRuns(forCommands, runs),
    );
  const runEndNotices = new RunEndNotices(sessions, show);
  const pages: LatePages = new LatePages({
    ...{ sessions, colors, log, memory: context.workspaceState },
    extensionUri: context.extensionUri,
    explain: explainError,
    filterMistake: forCommands.filterMistake,
    reveal: (connection, runId) => void show([{ connection, runId, name: runId, description: '' }]),
  });

  const language = new LanguageWhenNeeded(async () => {
    const { startLanguageClient } = await import('./language/client');
    return startLanguageClient(join(context.extensionPath, 'dist', 'server.js'));
  }, log);

  const { trackingUri, registryUri, interpreter, pageSize, refreshInterval, promoteAlias } =
    settings;
  context.subscriptions.push(
    // What is written by hand now counts for more than what was chosen before.
    onDidChangeSettings([trackingUri], () => void choice.takeInstead(undefined)),
    onDidChangeSettings([trackingUri, registryUri, interpreter, pageSize], () => {
      sessions.reset();
    }),
    onDidChangeSources(() => sessions.reset()),
    signIns.onDidChange((origin) => reconnect(sessions, origin)),
    onDidChangeSettings([refreshInterval], () => sessions.restartRefreshing()),
    onDidChangeSettings([promoteAlias], () => sidebar.modelsTree.refresh()),
    vscode.workspace.onDidGrantWorkspaceTrust(() => sessions.reset()),
    vscode.workspace.onDidChangeWorkspaceFolders(() => sessions.reset()),
    commands,
    connectToArrivals(sessions),
    registerTerminalLinks(open),
    registerUriHandler(open),
    runEndNotices,
    language,
    pages,
    downloads,
    launching,
    sweeping,
    launches,
    colors,
    connections,
    sidebar,
    notes,
    artifacts,
    statusBar,
    sessions,
    signIns,
    ownedServers,
    worker,
    log,
  );
  // The window closed in the middle of a sweep.
  if (context.workspaceState.get(sweepsKey) !== undefined && vscode.workspace.isTrusted) {
    void guarded('offering sweeps', forCommands, log, async () =>
      (await sweeping.get()).offerInterrupted(),
    );
  }
  const underTest = context.extensionMode === vscode.ExtensionMode.Test;
  return underTest
    ? {
        ...{ sessions, sidebar, signIns, connections, statusBar, pages, colors, language },
        ...{ launches, launching, sweeping },
      }
    : undefined;
}

/** Reads a run that was just made, and selects it where runs are being looked at. */
async function revealNewRun(
  sessions: Sessions,
  sidebar: Sidebar,
  { connection, experimentId, runId }: RunPlace,
): Promise<void> {
  const session = sessions.get(connection);
  await session?.experiments?.show(runId, new AbortController().signal);
  if (session !== undefined) {
    await sidebar.showNewRun(session, experimentId, runId);
  }
}

/** Opens anew what goes to this server; a registry's server is behind a session of another name. */
function reconnect(sessions: Sessions, origin: string): void {
  const own = sessions.all.filter(({ id }) => originOf(id) === origin);
  (own.length === 0 ? sessions.all : own).forEach((session) => session.reconnect());
}
