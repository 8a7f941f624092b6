import * as vscode from 'vscode';

import { SaidError } from '../host/explainError';

/** VS Code keeps tasks from running in Restricted Mode, but says it late and asks for trust; this says why. */
export function checkTrust(): void {
  if (!vscode.workspace.isTrusted) {
    throw new SaidError(
      vscode.l10n.t(
        'Nothing is launched in Restricted Mode: projects are code. Trust this workspace to run them.',
      ),
    );
  }
}
