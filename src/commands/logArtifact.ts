import * as vscode from 'vscode';

import { SaidError } from '../host/explainError';
import { baseName, connectionKey, isPlainPath } from '../mlflow/artifactAddress';
import { toOneLine } from '../mlflow/format';
import { plainLabel } from '../mlflow/plainLabel';
import type { Target } from '../mlflow/target';
import type { WantedArtifact } from '../mlflow/wantedArtifact';
import { ArtifactSource } from '../state/artifactSource';
import { chosenArtifacts, documentInFront } from './chosenArtifacts';
import type { CommandContext, CommandHandler } from './commandContext';
import { withLateProgress } from './lateProgress';
import { pickRun } from './pickRun';
import { sessionOf } from './sessionOf';

/** Uploads files and folders of this machine to a run. */
export const logArtifact: CommandHandler = async (context, targets, resources = []) => {
  const chosen = await chosenFiles(targets, resources);
  if (chosen.length === 0) {
    return;
  }
  const run = (await runOfRows(context, targets)) ?? (await askRun(context));
  if (run === undefined || run.place.owner.kind !== 'run') {
    return;
  }
  const folder = run.place.path === '' ? await askFolder(context, run) : run.place.path;
  if (folder === undefined) {
    return;
  }
  const { connection, ownerName: runName } = run;
  const { runId } = run.place.owner;
  await (await context.downloads()).upload({ connection, runId, runName, folder, chosen });
};

/** What the command was called on, else the document in front, else what a dialog asks for; absolute. */
async function chosenFiles(
  targets: readonly Target[],
  resources: readonly vscode.Uri[],
): Promise<readonly string[]> {
  const front = targets.length + resources.length === 0 ? documentInFront() : undefined;
  const uris = front?.scheme === 'file' ? [front] : resources;
  const files = uris.length > 0 ? uris : await askFiles();
  const elsewhere = files.find(({ scheme }) => scheme !== 'file');
  if (elsewhere !== undefined) {
    throw new SaidError(
      vscode.l10n.t(
        '{0} is not a file on a disk, so it cannot be uploaded. Save it first.',
        toOneLine(baseName(elsewhere.path)),
      ),
    );
  }
  await saveOpen(files);
  return files.map(({ fsPath }) => fsPath);
}

async function askFiles(): Promise<readonly vscode.Uri[]> {
  const chosen = await vscode.window.showOpenDialog({
    canSelectMany: true,
    openLabel: vscode.l10n.t('Upload'),
    title: vscode.l10n.t('Choose Files to Log as Artifacts'),
  });
  return chosen ?? [];
}

/** What is uploaded is what is seen. */
async function saveOpen(files: readonly vscode.Uri[]): Promise<void> {
  const names = new Set(files.map(({ fsPath }) => fsPath));
  for (const document of vscode.workspace.textDocuments) {
    if (document.isDirty && names.has(document.uri.fsPath) && !(await document.save())) {
      throw new SaidError(
        vscode.l10n.t('{0} could not be saved.', toOneLine(baseName(document.uri.path))),
      );
    }
  }
}

/** The run, or folder of a run's artifacts, whose row the command was called on. */
async function runOfRows(
  context: CommandContext,
  targets: readonly Target[],
): Promise<WantedArtifact | undefined> {
  const rows =
    targets.length === 0 ? [] : await chosenArtifacts(context, targets, [], { owners: true });
  return rows.find(({ place, isDirectory }) => isDirectory && place.owner.kind === 'run');
}

async function askRun({ sessions }: CommandContext): Promise<WantedArtifact | undefined> {
  const session = await sessionOf(sessions);
  const run = await pickRun({ session, title: vscode.l10n.t('Log as Artifact of Which Run?') });
  return (
    run && {
      connection: session.id,
      place: { owner: { kind: 'run', runId: run.id }, path: '' },
      ownerName: run.name,
      isDirectory: true,
      size: undefined,
    }
  );
}

interface FolderItem extends vscode.QuickPickItem {
  /** `undefined` for the one that has to be typed. */
  readonly folder: string | undefined;
}

/** Asks where below the run; `undefined` when the question was left. */
async function askFolder(
  { sessions }: CommandContext,
  { connection, place, ownerName }: WantedArtifact,
): Promise<string | undefined> {
  const source = new ArtifactSource(sessions);
  const title = vscode.l10n.t('Reading the artifacts of {0}', toOneLine(ownerName));
  const { files } = await withLateProgress(title, (_, signal) =>
    source.list({ key: connectionKey(connection), place }, signal),
  );
  const folders = files.filter(({ isDirectory }) => isDirectory).map(({ path }) => path);
  const items: readonly FolderItem[] = [
    {
      label: vscode.l10n.t('Top Folder'),
      description: vscode.l10n.t('of the artifacts of {0}', plainLabel(ownerName)),
      folder: '',
    },
    ...folders.map((folder) => ({ label: `$(folder) ${plainLabel(folder)}`, folder })),
    { label: vscode.l10n.t('Other Folder…'), folder: undefined, alwaysShow: true },
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Log as Artifact: Folder in the Run'),
  });
  return picked === undefined ? undefined : (picked.folder ?? (await typeFolder()));
}

async function typeFolder(): Promise<string | undefined> {
  const typed = await vscode.window.showInputBox({
    title: vscode.l10n.t('Log as Artifact: Folder in the Run'),
    prompt: vscode.l10n.t('Such as plots/validation; folders that do not exist are made.'),
    validateInput: (value) =>
      isPlainPath(trimmed(value)) && !value.includes('\\')
        ? undefined
        : vscode.l10n.t('This is not the path of a folder. Use names and / between them.'),
  });
  return typed === undefined ? undefined : trimmed(typed);
}

function trimmed(path: string): string {
  return path.trim().replace(/^\/+|\/+$/g, '');
}
