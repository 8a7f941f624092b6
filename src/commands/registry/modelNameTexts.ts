import * as vscode from 'vscode';

import { longestModelName, modelNameProblem } from '../../mlflow/registry/modelNames';
import { lengthOf } from '../../mlflow/tagRules';

/** Why MLflow would refuse the name of a registered model, as a sentence; `undefined` where it would not. */
export function whyNotModelName(name: string, version: string | undefined): string | undefined {
  switch (modelNameProblem(name, version)) {
    case 'empty':
      return vscode.l10n.t('Enter a name.');
    case 'long':
      return vscode.l10n.t(
        'A name has at most {0} characters; this has {1}.',
        longestModelName,
        lengthOf(name),
      );
    case 'characters':
      return vscode.l10n.t('A name cannot hold / or : on this server.');
    case 'path':
      return vscode.l10n.t('A name cannot start with two dots, or be a dot.');
    case undefined:
      return undefined;
  }
}
