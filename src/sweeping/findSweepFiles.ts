import * as vscode from 'vscode';

import { SaidError } from '../host/explainError';
import { plainLabel } from '../mlflow/plainLabel';
import { isSweep } from './sweepFile';

const pattern = '**/*.{yaml,yml}';
const skipped =
  '**/{node_modules,.venv,venv,mlruns,mlartifacts,site-packages,.git,.github,dist,build}/**';
/** Files that are looked into. */
const mostFiles = 1000;
const atOnce = 20;

/** The sweep file that is being edited, else one that a person picks; nothing when that was left. */
export async function pickSweepFile(): Promise<vscode.Uri | undefined> {
  const open = vscode.window.activeTextEditor?.document.uri;
  if (open !== undefined && /\.ya?ml$/i.test(open.path) && (await isSweep(open))) {
    return open;
  }
  const title = vscode.l10n.t('Sweep to Launch');
  const { Window } = vscode.ProgressLocation;
  const files = await vscode.window.withProgress({ location: Window, title }, findSweepFiles);
  if (files.length === 0) {
    throw new SaidError(
      vscode.l10n.t(
        'No sweep file was found in this workspace. Write a config.yaml that lists values for parameters, such as "learning_rate: [0.1, 0.01]".',
      ),
    );
  }
  const items = files.map((uri) => ({
    label: plainLabel(vscode.workspace.asRelativePath(uri)),
    iconPath: new vscode.ThemeIcon('run-all'),
    uri,
  }));
  return (await vscode.window.showQuickPick(items, { title }))?.uri;
}

async function findSweepFiles(): Promise<readonly vscode.Uri[]> {
  const found = await vscode.workspace.findFiles(pattern, skipped, mostFiles);
  const sweeps: vscode.Uri[] = [];
  for (let from = 0; from < found.length; from += atOnce) {
    const some = found.slice(from, from + atOnce);
    const are = await Promise.all(some.map(isSweep));
    sweeps.push(...some.filter((_, place) => are[place]));
  }
  return sweeps.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}
