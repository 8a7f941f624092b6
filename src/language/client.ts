import * as vscode from 'vscode';
import {
  CloseAction,
  type CloseHandlerResult,
  type DocumentSelector,
  ErrorAction,
  LanguageClient,
  RevealOutputChannelOn,
  TransportKind,
} from 'vscode-languageclient/node';

import { DisposableStore, type Disposable } from '../base/disposable';
import { projectLanguage } from '../ids';
import { languageNotices, type LanguageInitialization } from '../protocol/language';
import { answerAboutFiles } from './fileAnswers';
import { languageSettings, onDidChangeLanguageSettings } from './languageSettings';
import { tellItIsDown, tellItRestarted } from './crashMessages';
import { Restarts } from './restarts';
import { SweepEditors } from './sweepEditors';

/** What tests look at. */
export interface RunningClient extends Disposable {
  /** Resolves when the server has answered for the first time, or could not be started. */
  readonly started: Promise<void>;
  /** Process id of the server that runs now. */
  readonly serverProcess: () => number | undefined;
}

/** Starts the language server, given by the path of its bundle, in a process of its own. */
export function startLanguageClient(serverModule: string): RunningClient {
  const name = vscode.l10n.t('MLflow Language Server');
  const store = new DisposableStore();
  const { provideCodeLenses } = store.add(new SweepEditors());
  const restarts = new Restarts();
  const closed = (): CloseHandlerResult => {
    const next = restarts.afterCrash();
    if (next === 'restartAndTell') {
      void tellItRestarted(actions);
    } else if (next === 'stayDown') {
      void tellItIsDown(actions);
    }
    const { DoNotRestart, Restart } = CloseAction;
    return { action: next === 'stayDown' ? DoNotRestart : Restart, handled: true };
  };
  const { bundle } = vscode.l10n;
  const initializationOptions = (): LanguageInitialization => ({
    settings: languageSettings(),
    ...(bundle === undefined ? {} : { texts: bundle }),
    answersAboutFiles: true,
  });
  const client = new LanguageClient(
    'mlflow.language',
    name,
    { module: serverModule, transport: TransportKind.ipc },
    {
      documentSelector: selector(),
      initializationOptions,
      diagnosticCollectionName: 'MLflow',
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      textSynchronization: { delayOpenNotifications: true },
      middleware: { provideCodeLenses },
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed,
      },
    },
  );
  const start = (): Promise<void> =>
    client.start().catch((error: unknown) => client.error('starting the language server', error));
  const actions = {
    showLog: () => client.outputChannel.show(true),
    start: () => {
      restarts.forget();
      void start();
    },
  };
  store.add(answerAboutFiles(client));
  store.add(
    onDidChangeLanguageSettings((settings) => {
      if (client.isRunning()) {
        void client.sendNotification(languageNotices.settingsChanged, settings);
      }
    }),
  );
  return {
    started: start(),
    serverProcess: () => client.serverProcess?.pid,
    dispose: () => {
      store.dispose();
      void client.dispose().catch(() => undefined);
    },
  };
}

/** Whatever is on a disk, in a virtual workspace or not saved yet; not the older side of a comparison. */
function selector(): DocumentSelector {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const schemes = new Set(['file', 'untitled', ...folders.map(({ uri }) => uri.scheme)]);
  return [...schemes].flatMap((scheme) => [
    { scheme, language: projectLanguage },
    { scheme, language: 'yaml' },
    { scheme, pattern: '**/{MLproject,MLmodel}' },
  ]);
}
