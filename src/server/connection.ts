import * as l10n from '@vscode/l10n';
import type { Connection } from 'vscode-languageserver';

import {
  languageNotices,
  type LanguageInitialization,
  type LanguageSettings,
  usualLanguageSettings,
} from '../protocol/language';
import { answerRequests } from './answers';
import { capabilities } from './capabilities';
import { ClientFiles } from './clientFiles';
import { DiskFiles } from './diskFiles';
import { LanguageServer } from './languageServer';

/** Serves one client until it goes. */
export function serve(connection: Connection): void {
  const server = new LanguageServer(connection);
  const change = (settings: Partial<LanguageSettings> | undefined): void => {
    server.settings = { ...usualLanguageSettings, ...settings };
  };
  connection.onInitialize((params) => {
    const options = (params.initializationOptions ?? {}) as LanguageInitialization;
    if (options.texts !== undefined) {
      l10n.config({ contents: { ...options.texts } });
    }
    change(options.settings);
    server.files =
      options.answersAboutFiles === true ? new ClientFiles(connection) : new DiskFiles();
    return { capabilities, serverInfo: { name: 'MLflow Workbench' } };
  });
  connection.onNotification(languageNotices.settingsChanged, (settings: LanguageSettings) => {
    change(settings);
    server.lookAgain();
  });
  connection.onNotification(languageNotices.filesChanged, ({ uris }: { uris: string[] }) => {
    server.filesChanged(uris);
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    server.filesChanged(changes.map(({ uri }) => uri));
  });
  connection.onShutdown(() => server.dispose());
  answerRequests(connection, server);
  server.documents.listen(connection);
  connection.listen();
}
