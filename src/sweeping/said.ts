import * as vscode from 'vscode';

import { SaidError } from '../host/explainError';
import { OptunaMissing } from '../projects/guidedSearch';
import { SweepRefused } from '../projects/sweeps';

/** Failures of the engine in the user's language. */
export function said(error: unknown): unknown {
  if (error instanceof OptunaMissing) {
    return new SaidError(
      vscode.l10n.t(
        '"method: bayes" needs Optuna, which {0} does not have. Run "pip install optuna" in it, then resume the sweep.',
        error.python,
      ),
    );
  }
  return error instanceof SweepRefused
    ? new SaidError(vscode.l10n.t('The sweep cannot be carried out: {0}.', error.message))
    : error;
}
