import * as vscode from 'vscode';

import { explainError, SaidError } from '../host/explainError';
import { currentSettings, writeSetting } from '../host/settings';
import { settings } from '../ids';
import { MlflowError } from '../mlflow/errors';
import type { Target } from '../mlflow/target';
import { parseTrackingUri } from '../mlflow/trackingUri';
import { webPages } from '../mlflow/webPages';
import type { CommandHandler } from './commandContext';

export const setTrackingUri: CommandHandler = async () => {
  const uri = await vscode.window.showInputBox({
    title: vscode.l10n.t('Set Tracking URI'),
    prompt: vscode.l10n.t(
      'Address of a tracking server, a folder, or a database URI; empty looks for one by itself.',
    ),
    placeHolder: 'http://127.0.0.1:5000',
    value: currentSettings.trackingUri(),
    ignoreFocusOut: true,
    validateInput: whyNotUri,
  });
  if (uri !== undefined) {
    await writeSetting(settings.trackingUri, uri.trim());
  }
};

function whyNotUri(text: string): string | undefined {
  const uri = parseTrackingUri(text);
  return uri.kind === 'unsupported'
    ? explainError(new MlflowError('unsupported', 'scheme', { origin: uri.uri }))
    : undefined;
}

export const showLog: CommandHandler = (context) => context.showLog();

/** Opens the row's page in MLflow's own web pages, through VS Code's port forwarding where it is remote. */
export const openInMlflowUi: CommandHandler = async ({ session }, targets) => {
  const status = await session.connection.ensure();
  if (status.kind === 'failed') {
    throw status.error;
  }
  if (status.kind !== 'ready') {
    throw new SaidError(
      vscode.l10n.t('No tracking server is connected. Set a tracking URI first.'),
    );
  }
  const { uiUrl } = status.opened.info;
  if (uiUrl === undefined) {
    throw new MlflowError('unsupported', 'feature', {
      origin: status.opened.name,
      serverMessage: vscode.l10n.t('it has no web pages'),
    });
  }
  const page = targets.map(pageOf).find((path) => path !== undefined);
  const base = await vscode.env.asExternalUri(vscode.Uri.parse(`${uiUrl}/`, true));
  await vscode.env.openExternal(page === undefined ? base : base.with({ fragment: page }));
};

function pageOf(target: Target): string | undefined {
  switch (target.kind) {
    case 'experiment':
      return webPages.experiment(target.experimentId);
    case 'run':
      return webPages.run(target.experimentId, target.runId);
    case 'model':
      return webPages.model(target.name);
    case 'version':
      return webPages.modelVersion(target.name, target.version);
    default:
      return undefined;
  }
}
