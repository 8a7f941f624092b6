import * as vscode from 'vscode';

import { artifactUri } from '../host/artifactUri';
import { SaidError } from '../host/explainError';
import { connectionKey } from '../mlflow/artifactAddress';
import { registryOf } from '../state/registryOf';
import { SessionStore } from '../state/sessionStore';
import type { Sessions } from '../state/sessions';
import type { VersionPlace } from '../state/versionEntry';

/** Shows how a file of two versions differs in VS Code's own editor; rejects with a sentence where one has no such file. */
export async function compareFiles(
  sessions: Sessions,
  file: string,
  left: VersionPlace,
  right: VersionPlace,
  signal: AbortSignal,
): Promise<void> {
  const lacking = await Promise.all(
    [left, right].map(async (place) =>
      (await hasFile(sessions, place, file, signal)) ? [] : [nameOf(place)],
    ),
  );
  const [missing] = lacking.flat();
  if (missing !== undefined) {
    throw new SaidError(vscode.l10n.t('{0} has no file {1}.', missing, file));
  }
  const title = `${file}: ${nameOf(left)} ↔ ${nameOf(right)}`;
  await vscode.commands.executeCommand('vscode.diff', uriOf(left, file), uriOf(right, file), title);
}

async function hasFile(
  sessions: Sessions,
  { connection, name, version }: VersionPlace,
  file: string,
  signal: AbortSignal,
): Promise<boolean> {
  const store = new SessionStore(sessions, connection);
  const owner = { kind: 'version', name, version } as const;
  const { files } = await store.ask(
    (asked) => (registryOf(store.session) ?? asked).listArtifacts(owner, '', signal),
    signal,
  );
  return files.some(({ path, isDirectory }) => path === file && !isDirectory);
}

function uriOf({ connection, name, version }: VersionPlace, path: string): vscode.Uri {
  const place = { owner: { kind: 'version', name, version }, path } as const;
  return artifactUri({ key: connectionKey(connection), place, ownerName: name });
}

function nameOf({ name, version }: VersionPlace): string {
  return `${name} v${version}`;
}
