import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

import * as vscode from 'vscode';

import { SaidError } from '../host/explainError';
import { toOneLine } from '../mlflow/format';
import type { Memory } from '../state/memory';
import type { Answer } from './plan';

const folderKey = 'mlflow.downloads.folder';

/** Asks where downloads go, beginning with where they went last. */
export class TargetQuestions {
  constructor(private readonly memory: Memory) {}

  /** The folder for things, absolute; `undefined` when the question was left. */
  async askFolder(): Promise<string | undefined> {
    const [chosen] =
      (await vscode.window.showOpenDialog({
        canSelectFiles: false,
        canSelectFolders: true,
        defaultUri: this.lastFolder,
        openLabel: vscode.l10n.t('Download Here'),
        title: vscode.l10n.t('Choose a Folder for the Download'),
      })) ?? [];
    const path = chosen && onDisk(chosen);
    return path === undefined ? undefined : this.remembered(path, path);
  }

  /** The file for one artifact, absolute; the dialog itself asks before it names one that exists. */
  async askFile(name: string): Promise<string | undefined> {
    const chosen = await vscode.window.showSaveDialog({
      defaultUri: vscode.Uri.joinPath(this.lastFolder, name),
      saveLabel: vscode.l10n.t('Download'),
      title: vscode.l10n.t('Download {0}', toOneLine(name)),
    });
    const path = chosen && onDisk(chosen);
    return path === undefined ? undefined : this.remembered(dirname(path), path);
  }

  private get lastFolder(): vscode.Uri {
    const last = this.memory.get(folderKey);
    const [workspace] = vscode.workspace.workspaceFolders ?? [];
    if (typeof last === 'string' && last !== '') {
      return vscode.Uri.file(last);
    }
    return workspace?.uri.scheme === 'file' ? workspace.uri : vscode.Uri.file(join(homedir()));
  }

  private async remembered(folder: string, path: string): Promise<string> {
    await this.memory.update(folderKey, folder);
    return path;
  }
}

/** Files are written by this extension where it runs; no other place is known to it. */
function onDisk(uri: vscode.Uri): string {
  if (uri.scheme !== 'file') {
    throw new SaidError(
      vscode.l10n.t(
        'Downloads go to a disk of the computer that VS Code works on, and {0} is not on one. Choose another folder.',
        toOneLine(uri.toString(true)),
      ),
    );
  }
  return uri.fsPath;
}

interface AnswerItem extends vscode.QuickPickItem {
  readonly answer: Answer;
}

/** Asks what becomes of what is there already; `undefined` when the question was left. */
export async function askAboutTaken(
  names: readonly string[],
  isAnyFolder: boolean,
): Promise<Answer | undefined> {
  const items: readonly AnswerItem[] = [
    ...(isAnyFolder
      ? [
          {
            answer: 'complete' as const,
            label: vscode.l10n.t('Complete'),
            description: vscode.l10n.t('download only files that are missing or of another size'),
          },
        ]
      : []),
    {
      answer: 'replace',
      label: vscode.l10n.t('Replace'),
      description: isAnyFolder
        ? vscode.l10n.t('files of the same names; others in the folder stay')
        : '',
    },
    {
      answer: 'both',
      label: vscode.l10n.t('Keep Both'),
      description: vscode.l10n.t('the download gets another name'),
    },
    { answer: 'skip', label: vscode.l10n.t('Skip') },
  ];
  const [first = ''] = names;
  const picked = await vscode.window.showQuickPick(items, {
    title:
      names.length === 1
        ? vscode.l10n.t('{0} Is There Already', toOneLine(first))
        : vscode.l10n.t('{0} Things Are There Already', names.length),
    placeHolder: names.map((name) => toOneLine(name, 40)).join(', '),
    ignoreFocusOut: true,
  });
  return picked?.answer;
}
