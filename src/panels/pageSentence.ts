import * as vscode from 'vscode';

import { ConnectionGone } from '../state/sessionStore';
import type { PanelsHost } from './panelsHost';

/** Why something failed, as one sentence for the person who looks at a page. */
export function pageSentence({ explain }: Pick<PanelsHost, 'explain'>, error: unknown): string {
  return error instanceof ConnectionGone
    ? vscode.l10n.t(
        'This window is not connected to {0}. Switch to it, then try again.',
        error.connection,
      )
    : explain(error);
}
