import * as vscode from 'vscode';

import { artifactAddress, artifactUri } from '../host/artifactUri';
import { commands, customEditors } from '../ids';
import type { ArtifactPart } from '../mlflow/artifactAddress';
import { documentInFront } from './chosenArtifacts';
import type { CommandHandler } from './commandContext';

/** VS Code asks for all bytes of a text, so larger ones open by their ends. */
const largestText = 25 * 2 ** 20;

/** Opens an artifact that one of our editors shows as the text that it is. */
export const openAsText: CommandHandler = async (_context, _targets, resources = []) => {
  const uri = resources[0] ?? documentInFront();
  const address = uri && artifactAddress(uri);
  if (uri === undefined || address === undefined) {
    return;
  }
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size <= largestText) {
    await vscode.commands.executeCommand('vscode.openWith', uri, 'default');
    return;
  }
  const [head, tail] = [vscode.l10n.t('Open Beginning'), vscode.l10n.t('Open End')];
  const download = vscode.l10n.t('Download…');
  const chosen = await vscode.window.showInformationMessage(
    vscode.l10n.t(
      'The file is too large to be opened as text at once: it has {0} MB.',
      megabytes(size),
    ),
    ...[head, tail, download],
  );
  if (chosen === download) {
    await vscode.commands.executeCommand(commands.downloadArtifacts, uri);
  } else if (chosen !== undefined) {
    const part: ArtifactPart = chosen === head ? 'head' : 'tail';
    const piece = artifactUri({ ...address, part });
    await vscode.commands.executeCommand('vscode.openWith', piece, 'default');
  }
};

/** Opens an artifact that is a table in some form, whatever its name, in our editor for tables. */
export const openAsTable: CommandHandler = async (_context, _targets, resources = []) => {
  const uri = resources[0] ?? documentInFront();
  const address = uri && artifactAddress(uri);
  if (address !== undefined) {
    const whole = artifactUri({ ...address, part: undefined });
    await vscode.commands.executeCommand('vscode.openWith', whole, customEditors.table);
  }
};

function megabytes(size: number): string {
  return Math.round(size / 2 ** 20).toLocaleString(vscode.env.language);
}
