import * as vscode from 'vscode';

import type { ModelVersion } from '../mlflow/model';
import type { EmptyReason, ValueGroup } from './node';

/** What the registry says of a version that is not ready, with its own reason. */
export function versionStatusText(version: ModelVersion): string {
  switch (version.status) {
    case 'READY':
      return vscode.l10n.t('Ready');
    case 'PENDING_REGISTRATION':
      return vscode.l10n.t('Being registered');
    case 'FAILED_REGISTRATION':
      return version.statusMessage === ''
        ? vscode.l10n.t('Registration failed')
        : vscode.l10n.t('Registration failed: {0}', version.statusMessage);
  }
}

/** The stage, where the version is in one; `None` is no stage. */
export function stageOf(version: ModelVersion): string {
  return version.stage === 'None' ? '' : version.stage;
}

export function groupLabel(group: ValueGroup): string {
  switch (group) {
    case 'params':
      return vscode.l10n.t('Parameters');
    case 'metrics':
      return vscode.l10n.t('Metrics');
    case 'tags':
      return vscode.l10n.t('Tags');
  }
}

export function emptyText(why: EmptyReason): string {
  switch (why) {
    case 'noRuns':
      return vscode.l10n.t('No runs yet');
    case 'noDeletedRuns':
      return vscode.l10n.t('No deleted runs');
    case 'noMatch':
      return vscode.l10n.t('No run matches the filter');
    case 'noVersions':
      return vscode.l10n.t('No versions');
    case 'noArtifacts':
      return vscode.l10n.t('No artifacts');
    case 'noValues':
      return vscode.l10n.t('None');
  }
}
