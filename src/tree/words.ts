import * as vscode from 'vscode';

import type { ModelVersion } from '../mlflow/model';
import type { EmptyReason, ValueGroup } from './node';

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
