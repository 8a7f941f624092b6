import * as vscode from 'vscode';

import { lengthOf, tagKeyProblem, tagLimits } from '../mlflow/tagRules';

/** Why MLflow would refuse the key of a tag, as a sentence; `undefined` where it would not. */
export function whyNotTagKey(key: string): string | undefined {
  switch (tagKeyProblem(key)) {
    case 'empty':
      return vscode.l10n.t('Enter a key.');
    case 'long':
      return vscode.l10n.t(
        'A key has at most {0} characters; this has {1}.',
        tagLimits.key,
        lengthOf(key),
      );
    case 'characters':
      return vscode.l10n.t('A key holds letters, digits, blanks and _ - . : / only.');
    case 'path':
      return vscode.l10n.t('A key cannot start or end with a slash, or have empty parts or dots.');
    case undefined:
      return undefined;
  }
}

/** Why a value is no value of a tag of a run, as a sentence; `undefined` where it is one. */
export function whyNotTagValue(value: string): string | undefined {
  const length = lengthOf(value);
  return length > tagLimits.value
    ? vscode.l10n.t(
        'A tag holds at most {0} characters; this has {1}. The server would cut it without a word.',
        tagLimits.value,
        length,
      )
    : undefined;
}
