import { basename } from 'node:path';

import * as vscode from 'vscode';

import type { LaunchBackend } from '../projects/launchContracts';

/** What a row of a form says. */
export function backendLabel(backend: LaunchBackend | undefined): string {
  if (backend === undefined) {
    return 'local';
  }
  const { name, configFile } = backend;
  return configFile === undefined ? name : `${name} · ${basename(configFile)}`;
}

/** Asks where to run; resolves to what it was when that was left. */
export async function pickBackend(
  before: LaunchBackend | undefined,
  folder: string | undefined,
): Promise<LaunchBackend | undefined> {
  const items = [
    { label: 'local', description: vscode.l10n.t('this machine'), needs: 'nothing' },
    { label: 'ray', description: vscode.l10n.t('a job on a Ray cluster'), needs: 'perhaps' },
    { label: 'databricks', description: vscode.l10n.t('a new cluster'), needs: 'file' },
    { label: 'kubernetes', description: vscode.l10n.t('a job of an image'), needs: 'file' },
    { label: vscode.l10n.t('Other…'), description: vscode.l10n.t('a plugin'), needs: 'name' },
  ] as const;
  const title = vscode.l10n.t('Backend');
  const picked = await vscode.window.showQuickPick(items, { title, ignoreFocusOut: true });
  if (picked === undefined) {
    return before;
  }
  if (picked.needs === 'nothing') {
    return undefined;
  }
  const name =
    picked.needs === 'name'
      ? await vscode.window.showInputBox({ title: vscode.l10n.t('Name of the Backend') })
      : picked.label;
  if (name === undefined || name.trim() === '') {
    return before;
  }
  const config = await pickConfig(name, picked.needs !== 'file', folder);
  return config === undefined ? before : { name: name.trim(), configFile: config.file };
}

/** Asks for a JSON file; resolves to nothing when that was left. */
export async function pickConfig(
  name: string,
  mayLack: boolean,
  folder: string | undefined,
): Promise<{ readonly file: string | undefined } | undefined> {
  const found = await vscode.workspace.findFiles(
    '**/*.json',
    '**/{node_modules,.venv,venv,mlruns,.vscode,package.json,package-lock.json,tsconfig.json}/**',
    100,
  );
  const usual = name === 'ray' ? vscode.l10n.t('RAY_ADDRESS, or this machine’s cluster') : '';
  const items = [
    ...(mayLack ? [{ label: vscode.l10n.t('No Configuration'), description: usual }] : []),
    ...found.map((uri) => ({ label: vscode.workspace.asRelativePath(uri), file: uri.fsPath })),
    { label: vscode.l10n.t('Choose File…'), isDialog: true },
  ];
  const title = vscode.l10n.t('Configuration of {0}', name);
  const picked: (typeof items)[number] | undefined = await vscode.window.showQuickPick(items, {
    ...{ title, ignoreFocusOut: true },
  });
  if (picked === undefined) {
    return undefined;
  }
  if (!('isDialog' in picked)) {
    return { file: 'file' in picked ? picked.file : undefined };
  }
  const [chosen] =
    (await vscode.window.showOpenDialog({
      ...(folder !== undefined && { defaultUri: vscode.Uri.file(folder) }),
      filters: { JSON: ['json'] },
    })) ?? [];
  return chosen && { file: chosen.fsPath };
}
