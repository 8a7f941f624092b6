import * as vscode from 'vscode';

import { artifactUri } from '../host/artifactUri';
import { SaidError } from '../host/explainError';
import { connectionKey, type ArtifactAddress } from '../mlflow/artifactAddress';
import { ArtifactSource } from '../state/artifactSource';
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
  await vscode.commands.executeCommand(
    'vscode.diff',
    artifactUri(addressOf(left, file)),
    artifactUri(addressOf(right, file)),
    title,
  );
}

async function hasFile(
  sessions: Sessions,
  place: VersionPlace,
  file: string,
  signal: AbortSignal,
): Promise<boolean> {
  const { files } = await new ArtifactSource(sessions).list(addressOf(place, ''), signal);
  return files.some(({ path, isDirectory }) => path === file && !isDirectory);
}

function addressOf({ connection, name, version }: VersionPlace, path: string): ArtifactAddress {
  const place = { owner: { kind: 'version', name, version }, path } as const;
  return { key: connectionKey(connection), place, ownerName: name };
}

function nameOf({ name, version }: VersionPlace): string {
  return `${name} v${version}`;
}
