import * as vscode from 'vscode';

import { artifactUri } from '../host/artifactUri';
import { SaidError } from '../host/explainError';
import { customEditors } from '../ids';
import {
  baseName,
  connectionKey,
  isPlainPath,
  type ArtifactAddress,
} from '../mlflow/artifactAddress';
import { artifactKind } from '../mlflow/artifactKind';
import { isAbortError } from '../mlflow/errors';
import { toOneLine } from '../mlflow/format';
import type { WantedArtifact } from '../mlflow/wantedArtifact';
import { chosenArtifacts } from './chosenArtifacts';
import type { ArtifactActions, CommandContext, CommandHandler } from './commandContext';
import { findArtifact, findIn } from './findArtifact';
import { isLoggedAsTable } from './isLoggedAsTable';
import { reportBytes, withLateProgress } from './lateProgress';
import { installedEditor, offerElsewhere } from './openArtifactElsewhere';

/** So many editors at once are a slip of the hand. */
const mostEditors = 10;

/** Opens artifacts in the editors that VS Code has for them; without any it asks which is meant. */
export const openArtifact: CommandHandler = async (context, targets, resources = []) => {
  const chosen = await chosenArtifacts(context, targets, resources, { owners: false });
  const files = chosen.filter(({ isDirectory, place }) => !isDirectory || !isPlainPath(place.path));
  if (files.length > mostEditors) {
    throw new SaidError(
      vscode.l10n.t(
        '{0} artifacts are selected; up to {1} are opened at a time. Select fewer.',
        files.length,
        mostEditors,
      ),
    );
  }
  const [folder] = chosen;
  if (files.length === 0) {
    await (folder === undefined ? findArtifact(context, targets) : findIn(context, folder));
  }
  for (const file of files) {
    await openFile(context, file);
  }
};

/** Opens one file in VS Code's own editor for it, in ours, or wherever it can be opened. */
export async function openFile(context: CommandContext, file: WantedArtifact): Promise<void> {
  const { connection, place, ownerName } = file;
  if (!isPlainPath(place.path) || place.path === '') {
    throw new SaidError(
      vscode.l10n.t(
        'The server lists "{0}", which is no path that a file can have. It is not opened.',
        toOneLine(place.path),
      ),
    );
  }
  const address = { key: connectionKey(connection), place, ownerName };
  const kind = artifactKind(place.path);
  if (kind === 'table' || kind === 'page' || kind === 'map') {
    // Our own views read as much as they show.
    await show(address);
    return;
  }
  const editor = kind === 'pdf' || kind === 'binary' ? installedEditor(place.path) : undefined;
  if ((kind === 'pdf' || kind === 'binary') && editor === undefined) {
    await offerElsewhere(context, file, { why: 'noEditor' });
    return;
  }
  if (await isShownAsTable(context, file)) {
    await show(address, customEditors.table);
    return;
  }
  await openWhole(context, file, address, editor);
}

/** Where the run cannot be asked, the file opens as what its name says. */
async function isShownAsTable(context: CommandContext, file: WantedArtifact): Promise<boolean> {
  try {
    return await withLateProgress(openingTitle(file.place.path), (_, signal) =>
      isLoggedAsTable(context, file, signal),
    );
  } catch (error) {
    if (isAbortError(error)) {
      throw error;
    }
    return false;
  }
}

function openingTitle(path: string): string {
  return vscode.l10n.t('Opening {0}', toOneLine(baseName(path), 60));
}

async function openWhole(
  context: CommandContext,
  file: WantedArtifact,
  address: ArtifactAddress,
  editor: string | undefined,
): Promise<void> {
  const found = await prepared(context.artifacts, address);
  if (found.kind === 'ready') {
    await show(address, editor);
    return;
  }
  const part = await offerElsewhere(context, file, {
    why: 'tooLarge',
    size: found.size ?? file.size,
  });
  if (part !== undefined) {
    const address = {
      key: connectionKey(file.connection),
      place: file.place,
      ownerName: file.ownerName,
      part,
    };
    await prepared(context.artifacts, address);
    await show(address);
  }
}

/** Reads it before it is opened, so that waiting can be ended, and what fails is said in one sentence. */
function prepared(
  artifacts: ArtifactActions,
  address: ArtifactAddress,
): ReturnType<ArtifactActions['prepare']> {
  return withLateProgress(openingTitle(address.place.path), (report, signal) =>
    artifacts.prepare(address, reportBytes(report), signal),
  );
}

async function show(address: ArtifactAddress, editor?: string): Promise<void> {
  const uri = artifactUri(address);
  await (editor === undefined
    ? vscode.commands.executeCommand('vscode.open', uri)
    : vscode.commands.executeCommand('vscode.openWith', uri, editor));
}
