import * as vscode from 'vscode';

import { explainError } from '../host/explainError';
import { MlflowError } from '../mlflow/errors';
import { displayUri, parseTrackingUri } from '../mlflow/trackingUri';

/** Why a text cannot be a tracking URI, in one sentence; `undefined` when it can. */
export function whyNotUri(text: string): string | undefined {
  const uri = parseTrackingUri(text);
  return uri.kind === 'unsupported'
    ? explainError(new MlflowError('unsupported', 'scheme', { origin: uri.uri }))
    : undefined;
}

/** Asks for a tracking URI to connect the window to; resolves to `undefined` when it was left. */
export async function askUri(title: string, value: string): Promise<string | undefined> {
  const typed = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('Address of a tracking server, a folder, or a database URI.'),
    placeHolder: 'http://127.0.0.1:5000',
    value,
    ignoreFocusOut: true,
    validateInput: whyNotThis,
  });
  return typed?.trim() || undefined;
}

/** A choice is kept without secrets, and what needs one that is kept nowhere would not open again. */
function whyNotThis(text: string): string | undefined {
  const { kind, uri } = parseTrackingUri(text);
  const keepsSecret = kind !== 'http' && displayUri(uri) !== uri;
  return keepsSecret
    ? vscode.l10n.t(
        'A password in a database URI cannot be kept here. Leave it out, or put the URI into MLFLOW_TRACKING_URI.',
      )
    : whyNotUri(text);
}
