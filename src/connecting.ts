import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type * as vscode from 'vscode';

import { Late } from './base/late';
import type { Log } from './base/log';
import { Connector } from './connections/connector';
import { editorSources } from './connections/editorSources';
import { explained } from './connections/explainTransportProblem';
import { Connections } from './connections/connections';
import {
  connectionId,
  findConnections,
  localStoresIn,
  nothingChosen,
  type FoundUri,
} from './connections/findConnections';
import { offerToMovePassword } from './connections/movePassword';
import { checkPresence } from './connections/checkPresence';
import type { OwnedServers } from './connections/ownedServers';
import { RememberedConnections } from './connections/remembered';
import { Approvals } from './connections/approvals';
import { SignIns } from './connections/signIns';
import {
  answering,
  firstFolder,
  localFolders,
  registryFor,
  surroundings,
} from './connections/surroundings';
import { WindowChoice } from './connections/windowChoice';
import { Secrets } from './host/secrets';
import { currentSettings } from './host/settings';
import type { ClientVariables } from './mlflow/clientVariables';
import { displayUri } from './mlflow/trackingUri';
import { Sessions } from './state/sessions';
import { StoreWorker } from './stores/remoteStore';

/** What finds, opens and remembers connections. */
export interface Connecting {
  readonly worker: StoreWorker;
  readonly ownedServers: Late<OwnedServers>;
  readonly signIns: SignIns;
  readonly choice: WindowChoice;
  readonly sessions: Sessions;
  readonly connections: Connections;
  /** How MLflow's own client reaches a session, given by its id; undefined for one that is not there. */
  readonly clientVariables: (session: string) => Promise<ClientVariables | undefined>;
}

/** Constructs and wires it; nothing is asked of any server. */
export function connecting(context: vscode.ExtensionContext, log: Log): Connecting {
  const worker = new StoreWorker(join(context.extensionPath, 'dist', 'storeWorker.js'), log);
  const ownedServers = new Late(async () => {
    const { OwnedServers } = await import('./connections/ownedServers');
    return new OwnedServers(log);
  });
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
    ownedServer: async (store, signal) => (await ownedServers.get()).serverFor(store, signal),
    checkPresence,
    registryFor,
    log,
  });
  let known: readonly FoundUri[] = [];
  const choice = new WindowChoice(context.workspaceState);
  const sessions = new Sessions({
    findEndpoints: async (signal) => {
      const answers = answering((uri) => worker.open({ uri }), signal, log);
      const all = await findConnections(surroundings(choice, answers));
      known = all;
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
  const clientVariables: Connecting['clientVariables'] = async (session) => {
    const found = known.find((each) => connectionId(each) === session);
    return found && signIns.clientVariables(found, await registryFor(found));
  };
  return { worker, ownedServers, signIns, choice, sessions, connections, clientVariables };
}
