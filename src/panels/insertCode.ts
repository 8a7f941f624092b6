import * as vscode from 'vscode';

import { SaidError } from '../host/explainError';

/**
 * Puts code where the cursor is in the text editor, or the notebook, that is seen and was used last. Resolves to its name.
 */
export async function insertCode(code: string): Promise<string> {
  const editor = lastSeen() ?? (await lastOpened());
  if (editor === undefined) {
    throw new SaidError(
      vscode.l10n.t('No editor with code is open beside this. Open one, or copy the code.'),
    );
  }
  const { document, viewColumn } = editor;
  const isDone = await editor.edit((edit) => edit.insert(editor.selection.active, code));
  if (!isDone) {
    throw new SaidError(vscode.l10n.t('{0} takes no changes. Copy the code.', nameOf(document)));
  }
  if (document.uri.scheme !== 'vscode-notebook-cell') {
    await vscode.window.showTextDocument(document, viewColumn);
  }
  return nameOf(document);
}

/** Python before anything else that is seen; never what cannot be written. */
function lastSeen(): vscode.TextEditor | undefined {
  const editors = vscode.window.visibleTextEditors.filter(({ document }) =>
    takesCode(document.uri),
  );
  const isPython = ({ document }: vscode.TextEditor): boolean => document.languageId === 'python';
  return editors.find(isPython) ?? editors[0];
}

/** A text behind other tabs, which is shown again. */
async function lastOpened(): Promise<vscode.TextEditor | undefined> {
  const tabs = vscode.window.tabGroups.all.flatMap(({ tabs: some }) => some);
  const texts = tabs.flatMap(({ input, group }) =>
    input instanceof vscode.TabInputText && takesCode(input.uri)
      ? [{ uri: input.uri, column: group.viewColumn }]
      : [],
  );
  const found = texts.find(({ uri }) => uri.path.endsWith('.py'));
  return found && vscode.window.showTextDocument(found.uri, { viewColumn: found.column });
}

function takesCode({ scheme }: vscode.Uri): boolean {
  const isWritable = vscode.workspace.fs.isWritableFileSystem(scheme);
  return ['file', 'untitled', 'vscode-notebook-cell'].includes(scheme) || isWritable === true;
}

function nameOf({ uri }: vscode.TextDocument): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}
