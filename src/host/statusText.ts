import * as vscode from 'vscode';

import type { Run } from '../mlflow/model';

/** A run's status in words; of a deleted run, that it is deleted. */
export function statusText(run: Run): string {
  if (run.lifecycleStage === 'deleted') {
    return vscode.l10n.t('Deleted');
  }
  switch (run.status) {
    case 'RUNNING':
      return vscode.l10n.t('Running');
    case 'SCHEDULED':
      return vscode.l10n.t('Scheduled');
    case 'FINISHED':
      return vscode.l10n.t('Finished');
    case 'FAILED':
      return vscode.l10n.t('Failed');
    case 'KILLED':
      return vscode.l10n.t('Killed');
  }
}
