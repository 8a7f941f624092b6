import * as vscode from 'vscode';

import { dateText } from '../../host/times';
import type { ModelAlias, ModelVersion } from '../../mlflow/model';
import { aliasesOf } from '../../mlflow/registry/registryState';

/** A version as a person chooses it from a list. */
export interface VersionItem extends vscode.QuickPickItem {
  readonly version: string;
}

/** Versions with where they stand. @param aliases of their model, since lists of versions have none */
export function versionItems(
  aliases: readonly ModelAlias[],
  versions: readonly ModelVersion[],
): readonly VersionItem[] {
  return versions.map(({ version, stage, creationTime }) => ({
    label: vscode.l10n.t('Version {0}', version),
    description: [
      stage === 'None' ? '' : stage,
      ...aliasesOf(aliases, version).map((alias) => `@${alias}`),
    ]
      .filter((part) => part !== '')
      .join(' '),
    detail: dateText(creationTime) ?? '',
    version,
  }));
}
