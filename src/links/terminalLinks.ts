import * as vscode from 'vscode';

import type { Disposable } from '../base/disposable';
import type { Reference } from '../mlflow/runReference';
import { namedIn } from './terminalLine';

interface Link extends vscode.TerminalLink {
  readonly reference: Reference;
}

/** Makes links of the lines by which MLflow's client says where a run or an experiment can be seen. */
export function registerTerminalLinks(open: (reference: Reference) => void): Disposable {
  const provider: vscode.TerminalLinkProvider<Link> = {
    // The tooltip is Markdown that VS Code trusts, so nothing of the line goes into it.
    provideTerminalLinks: ({ line }) =>
      namedIn(line).map(({ startIndex, length, reference }) => ({
        startIndex,
        length,
        reference,
        tooltip:
          reference.kind === 'run'
            ? vscode.l10n.t('Open run in the MLflow view')
            : vscode.l10n.t('Open experiment in the MLflow view'),
      })),
    handleTerminalLink: ({ reference }) => open(reference),
  };
  return vscode.window.registerTerminalLinkProvider(provider);
}
