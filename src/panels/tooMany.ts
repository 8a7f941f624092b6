import * as vscode from 'vscode';

import { SaidError } from '../host/explainError';
import { mostCompared } from '../state/comparedRuns';

/** Why so many runs are not compared. */
export function tooMany(count: number): SaidError {
  return new SaidError(
    vscode.l10n.t(
      '{0} runs are selected; up to {1} can be compared at a time. Select fewer.',
      count,
      mostCompared,
    ),
  );
}
