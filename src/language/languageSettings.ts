import * as vscode from 'vscode';

import { DisposableStore, type Disposable } from '../base/disposable';
import { commands, settings } from '../ids';
import { type LanguageSettings, usualLanguageSettings } from '../protocol/language';

/** Stands in addresses of our own where web addresses have the host. */
const extensionId = 'mlflow-workbench.mlflow-workbench';

/** Reports syntax errors in YAML files by itself. */
const redHatYaml = 'redhat.vscode-yaml';

/** What the language server is to know of the editor's settings. */
export function languageSettings(): LanguageSettings {
  const configuration = vscode.workspace.getConfiguration();
  const files = configuration.get<unknown>(settings.sweepFiles);
  const most = configuration.get<unknown>(settings.sweepWarnAbove);
  return {
    sweepFiles: typeof files === 'string' ? files : usualLanguageSettings.sweepFiles,
    sweepRuns: typeof most === 'number' && most >= 1 ? most : usualLanguageSettings.sweepRuns,
    lensCommands: vscode.workspace.isTrusted ? [commands.runEntryPoint, commands.launchSweep] : [],
    yamlIsChecked:
      vscode.extensions.getExtension(redHatYaml) !== undefined &&
      configuration.get<unknown>('yaml.validate') !== false,
    runLinks: `${vscode.env.uriScheme}://${extensionId}/run/`,
  };
}

/** Calls back when one of them may have become another one. */
export function onDidChangeLanguageSettings(
  listener: (settings: LanguageSettings) => void,
): Disposable {
  const store = new DisposableStore();
  const tell = (): void => listener(languageSettings());
  store.add(
    vscode.workspace.onDidChangeConfiguration((event) => {
      const ids = [settings.sweepFiles, settings.sweepWarnAbove, 'yaml.validate'];
      if (ids.some((id) => event.affectsConfiguration(id))) {
        tell();
      }
    }),
  );
  store.add(vscode.extensions.onDidChange(tell));
  store.add(vscode.workspace.onDidGrantWorkspaceTrust(tell));
  return store;
}
