import * as vscode from 'vscode';

import { withoutLinks } from '../mlflow/format';
import type { SweepFileBroken } from './sweepFile';

/** Says what keeps a sweep file from being carried out, and shows the place. */
export async function tellBroken({ uri, problem }: SweepFileBroken): Promise<void> {
  const { message, range } = problem;
  const show = vscode.l10n.t('Show in File');
  const text = vscode.l10n.t(
    '{0}, line {1}: {2}',
    ...[vscode.workspace.asRelativePath(uri), range.start.line + 1, withoutLinks(message)],
  );
  if ((await vscode.window.showErrorMessage(text, show)) === show) {
    await vscode.window.showTextDocument(uri, { selection: range });
  }
}
