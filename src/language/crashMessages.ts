import * as vscode from 'vscode';

/** What a person can do about a server that ended. */
interface CrashActions {
  readonly showLog: () => void;
  readonly start: () => void;
}

export async function tellItRestarted({ showLog }: CrashActions): Promise<void> {
  const log = vscode.l10n.t('Show Log');
  const text = vscode.l10n.t(
    'The MLflow language server ended unexpectedly and was started again.',
  );
  if ((await vscode.window.showWarningMessage(text, log)) === log) {
    showLog();
  }
}

export async function tellItIsDown({ showLog, start }: CrashActions): Promise<void> {
  const restart = vscode.l10n.t('Restart');
  const log = vscode.l10n.t('Show Log');
  const text = vscode.l10n.t(
    'The MLflow language server keeps ending unexpectedly and is off now.',
  );
  const chosen = await vscode.window.showErrorMessage(text, restart, log);
  if (chosen === restart) {
    start();
  } else if (chosen === log) {
    showLog();
  }
}
