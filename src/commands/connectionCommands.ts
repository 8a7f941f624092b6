import * as vscode from 'vscode';

import { currentSettings, writeSetting } from '../host/settings';
import { settings } from '../ids';
import { MlflowError } from '../mlflow/errors';
import { originOf, userInfoOf, withoutUserInfo } from '../mlflow/signIn';
import type { Target } from '../mlflow/target';
import { webPages } from '../mlflow/webPages';
import { whyNotUri } from './askUri';
import { askFolder } from './askFolder';
import type { CommandHandler } from './commandContext';
import { opened, sessionOf } from './sessionOf';

/** What is set by hand counts for more than what was chosen for the window. */
export const setTrackingUri: CommandHandler = async ({ signIns, connections }) => {
  const folder = await askFolder();
  const before = withoutUserInfo(currentSettings.trackingUri(folder).value);
  const typed = await vscode.window.showInputBox({
    title: vscode.l10n.t('Set Tracking URI'),
    prompt: vscode.l10n.t(
      'Address of a tracking server, a folder, or a database URI; empty looks for one by itself.',
    ),
    placeHolder: 'http://127.0.0.1:5000',
    value: before,
    ignoreFocusOut: true,
    validateInput: whyNotUri,
  });
  const uri = typed?.trim() ?? before;
  if (uri === before) {
    await (typed !== undefined && connections.instead && connections.useNamed());
    return;
  }
  const origin = originOf(uri);
  if (origin !== undefined) {
    // Typed by hand, the address is the person's own word, wherever the setting is kept.
    await signIns.keep(origin, userInfoOf(uri));
  }
  await writeSetting(settings.trackingUri, withoutUserInfo(uri), folder);
};

export const showLog: CommandHandler = (context) => context.showLog();

/** Opens the row's page in MLflow's own web pages, through VS Code's port forwarding where it is remote. */
export const openInMlflowUi: CommandHandler = async ({ sessions }, targets) => {
  const session = await sessionOf(sessions, targets[0]);
  const { info, pages } = await opened(session);
  const uiUrl = (session.info ?? info).uiUrl ?? (await pages?.(new AbortController().signal));
  if (uiUrl === undefined) {
    throw new MlflowError('unsupported', 'feature', {
      origin: session.name,
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
