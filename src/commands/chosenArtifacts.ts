import * as vscode from 'vscode';

import { artifactAddress } from '../host/artifactUri';
import { tabUri } from '../host/tabUri';
import { connectionKey } from '../mlflow/artifactAddress';
import { ConnectionGone } from '../mlflow/connectionGone';
import type { Target } from '../mlflow/target';
import type { WantedArtifact } from '../mlflow/wantedArtifact';
import type { Session } from '../state/session';
import type { CommandContext } from './commandContext';
import { opened, sessionOf } from './sessionOf';

/** Which kinds of rows are meant. */
interface Meant {
  /** A run or version stands for all that it left behind. */
  readonly owners: boolean;
}

/**
 * The artifacts that a command is about: the rows or documents that it was called on, else the document in front, else
 * what is selected in the view.
 */
export async function chosenArtifacts(
  context: CommandContext,
  targets: readonly Target[],
  resources: readonly vscode.Uri[],
  meant: Meant,
): Promise<readonly WantedArtifact[]> {
  const front = targets.length + resources.length === 0 ? documentInFront() : undefined;
  const documents = front === undefined ? resources : [front];
  const fromDocuments = await Promise.all(documents.map((uri) => ofDocument(context, uri)));
  const found = fromDocuments.filter((each) => each !== undefined);
  if (found.length > 0) {
    return found;
  }
  const rows = targets.length > 0 ? targets : context.sidebar.selection();
  const fromRows = await Promise.all(rows.map((target) => ofRow(context, target, meant)));
  return fromRows.filter((each) => each !== undefined);
}

async function ofDocument(
  { sessions }: CommandContext,
  uri: vscode.Uri,
): Promise<WantedArtifact | undefined> {
  const address = artifactAddress(uri);
  if (address === undefined) {
    return undefined;
  }
  await sessions.ensure();
  const session = sessions.all.find(({ id }) => connectionKey(id) === address.key);
  if (session === undefined) {
    // Whatever is selected elsewhere is not what was meant.
    throw new ConnectionGone(undefined);
  }
  return {
    connection: session.id,
    place: address.place,
    ownerName: address.ownerName,
    isDirectory: false,
    size: undefined,
  };
}

async function ofRow(
  { sessions }: CommandContext,
  target: Target,
  { owners }: Meant,
): Promise<WantedArtifact | undefined> {
  const session = await sessionOf(sessions, target);
  const connection = session.id;
  if (target.kind === 'artifact') {
    const { place, ownerName, isDirectory, size } = target;
    return { connection, place, ownerName, isDirectory, size };
  }
  const all = { connection, isDirectory: true, size: undefined };
  if (owners && target.kind === 'run') {
    const { runId } = target;
    const ownerName = await nameOfRun(session, target);
    return { ...all, ownerName, place: { owner: { kind: 'run', runId }, path: '' } };
  }
  if (owners && target.kind === 'version') {
    const { name, version } = target;
    const place = { owner: { kind: 'version' as const, name, version }, path: '' };
    return { ...all, ownerName: `${name} v${version}`, place };
  }
  return undefined;
}

/** What the lists know, else what the server says; a name is not worth a failure. */
async function nameOfRun(
  session: Session,
  { experimentId, runId, known }: Extract<Target, { kind: 'run' }>,
): Promise<string> {
  const listed = session.experiments?.runs(experimentId).run(runId)?.name ?? known?.name;
  if (listed !== undefined) {
    return listed;
  }
  const { store } = await opened(session);
  const { signal } = new AbortController();
  return store.getRun(runId, signal).then(
    ({ name }) => name,
    () => runId,
  );
}

/** The document of the tab in front, whichever editor shows it. */
export function documentInFront(): vscode.Uri | undefined {
  const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
  return tab && tabUri(tab);
}
