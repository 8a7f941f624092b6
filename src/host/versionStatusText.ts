import * as vscode from 'vscode';

import type { ModelVersion } from '../mlflow/model';

/** How far the registration of a version is, with the registry's own reason. */
export function versionStatusText({ status, statusMessage }: ModelVersion): string {
  switch (status) {
    case 'READY':
      return vscode.l10n.t('Ready');
    case 'PENDING_REGISTRATION':
      return vscode.l10n.t('Being registered');
    case 'FAILED_REGISTRATION':
      return statusMessage === ''
        ? vscode.l10n.t('Registration failed')
        : vscode.l10n.t('Registration failed: {0}', statusMessage);
  }
}
