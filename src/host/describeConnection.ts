import { basename } from 'node:path';

import * as vscode from 'vscode';

import { standingOf, type ConnectionFacts, type Standing } from '../mlflow/connectionFacts';
import type { Found, UriOrigin } from '../mlflow/found';
import { toOneLine } from '../mlflow/format';
import { escapeMarkdown, markdownTable } from '../mlflow/markdown';
import { explainError } from './explainError';
import { dateText } from './times';

const longestFolder = 40;

/** How a connection stands, in the sentence of its failure or in a few words. */
export function standingText(facts: ConnectionFacts): string {
  return facts.error === undefined ? standingWords(standingOf(facts)) : explainError(facts.error);
}

/** How a connection stands, in a few words. */
export function standingWords(standing: Standing): string {
  switch (standing) {
    case 'idle':
      return vscode.l10n.t('not connected yet');
    case 'connecting':
      return vscode.l10n.t('connecting');
    case 'ready':
      return vscode.l10n.t('connected');
    case 'insecure':
      return vscode.l10n.t('connected, but anybody in between can listen');
    case 'ailing':
      return vscode.l10n.t('does not answer');
    case 'signIn':
      return vscode.l10n.t('wants a sign-in');
    case 'failed':
      return vscode.l10n.t('cannot connect');
  }
}

/** Who named the address of a connection. */
export function originText(origin: UriOrigin): string {
  switch (origin) {
    case 'userSetting':
      return vscode.l10n.t('from the user settings');
    case 'workspaceSetting':
      return vscode.l10n.t('from the workspace settings');
    case 'environment':
      return vscode.l10n.t('from MLFLOW_TRACKING_URI');
    case 'envFile':
      return vscode.l10n.t('from .env');
    case 'localStore':
      return vscode.l10n.t('found in the folder');
    case 'defaultServer':
      return vscode.l10n.t('found by itself');
    case 'chosen':
    case 'chosenOfOthers':
      return vscode.l10n.t('chosen for this window');
  }
}

/** The folders that a connection belongs to, where not all of the window's do. */
export function folderText({ folders }: Pick<Found, 'folders'>): string {
  const all = vscode.workspace.workspaceFolders ?? [];
  if (folders.length >= all.length) {
    return '';
  }
  const nameOf = (path: string): string =>
    toOneLine(all.find(({ uri }) => uri.fsPath === path)?.name ?? basename(path), longestFolder);
  return folders.map(nameOf).join(', ');
}

/** What hovering over a connection shows: how it stands, and a small table. */
export function connectionTooltip(facts: ConnectionFacts): vscode.MarkdownString {
  const { name, error, version, storeType, account, insecure, answeredAt, found, servedBecause } =
    facts;
  const table = markdownTable(name, [
    [vscode.l10n.t('State'), error === undefined ? standingText(facts) : undefined],
    ['MLflow', version],
    [vscode.l10n.t('Store'), storeType],
    [
      vscode.l10n.t('Read through'),
      servedBecause && vscode.l10n.t('a server of its own, as {0}', servedBecause),
    ],
    [vscode.l10n.t('Signed in'), account === '' ? vscode.l10n.t('with a token') : account],
    [vscode.l10n.t('Certificate'), insecure ? vscode.l10n.t('not checked') : undefined],
    [vscode.l10n.t('Address'), found && originText(found.origin)],
    [vscode.l10n.t('Folders'), found && folderText(found)],
    [vscode.l10n.t('Last answer'), error === undefined ? undefined : dateText(answeredAt)],
  ]);
  const [title = '', ...rows] = table.split('\n');
  const failure = error === undefined ? [] : ['', escapeMarkdown(standingText(facts), 600)];
  const markdown = new vscode.MarkdownString([title, ...failure, ...rows].join('\n'));
  markdown.isTrusted = false;
  markdown.supportHtml = false;
  return markdown;
}
