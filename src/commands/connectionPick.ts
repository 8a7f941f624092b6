import * as vscode from 'vscode';

import { folderText, originText, standingWords } from '../host/describeConnection';
import { age } from '../host/times';
import { standingOf } from '../mlflow/connectionFacts';
import { namedBy, type NamedConnection, type NamedUri } from '../mlflow/found';
import { plainLabel } from '../mlflow/plainLabel';
import type { Session } from '../state/session';
import { factsOf } from '../state/sessionFacts';
import type { CommandContext } from './commandContext';

/** What an entry of the pick is for. */
export type ConnectionChoice =
  | { readonly kind: 'back' | 'enter' | 'showLog' }
  | { readonly kind: 'session'; readonly session: Session }
  | { readonly kind: 'uri'; readonly named: NamedUri; readonly remembered: boolean };

/** What a button of an entry does. */
export interface ConnectionButton extends vscode.QuickInputButton {
  readonly does: 'beside' | 'forget' | 'close';
}

export interface ConnectionItem extends vscode.QuickPickItem {
  readonly choice?: ConnectionChoice;
  readonly buttons?: readonly ConnectionButton[];
}

/** Whether what is chosen takes the place of the connection, or is shown as well. */
export type Way = 'instead' | 'beside';

/** The entries of the pick: where the window is now, what is named, what was used before, and the rest. */
export function connectionItems(
  way: Way,
  { sessions, connections }: Pick<CommandContext, 'sessions' | 'connections'>,
  named: readonly NamedConnection[],
): readonly ConnectionItem[] {
  const here = sessions.all;
  const isHere = (uri: string): boolean => here.some(({ id }) => id === bare(uri));
  const elsewhere = named.filter(({ uri }) => !isHere(uri));
  const isNamed = (uri: string): boolean => named.some((each) => bare(each.uri) === bare(uri));
  const before = connections.remembered.filter(({ uri }) => !isHere(uri) && !isNamed(uri));
  const canGoBack = way === 'instead' && connections.instead !== undefined;
  const current = here.map((session) => sessionItem(session, sessions.active));
  return [
    ...(canGoBack ? [backItem(named)] : []),
    ...group(vscode.l10n.t('in this window'), way === 'instead' ? current : []),
    ...group(
      vscode.l10n.t('named for this window'),
      canGoBack && named.length === 1 ? [] : elsewhere.map(namedItem),
    ),
    ...group(
      vscode.l10n.t('used before'),
      before.map(({ uri, usedAt, version, namedBy: who }) =>
        uriItem({ uri, namedBy: who }, [versionText(version), age(usedAt)], true),
      ),
    ),
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    {
      label: vscode.l10n.t('Enter a Tracking URI…'),
      iconPath: new vscode.ThemeIcon('edit'),
      alwaysShow: true,
      choice: { kind: 'enter' },
    },
    {
      label: vscode.l10n.t('Show Log'),
      iconPath: new vscode.ThemeIcon('output'),
      choice: { kind: 'showLog' },
    },
  ];
}

function group(label: string, items: readonly ConnectionItem[]): readonly ConnectionItem[] {
  const { Separator } = vscode.QuickPickItemKind;
  return items.length === 0 ? [] : [{ label, kind: Separator }, ...items];
}

function backItem(named: readonly NamedConnection[]): ConnectionItem {
  const [first] = named;
  const label =
    first !== undefined && named.length === 1
      ? vscode.l10n.t('Back to {0}', shown(first.uri))
      : vscode.l10n.t('Back to What the Settings Say');
  return {
    label: plainLabel(label),
    description:
      first === undefined ? '' : plainLabel(joined([folderText(first), originText(first.origin)])),
    iconPath: new vscode.ThemeIcon('discard'),
    choice: { kind: 'back' },
  };
}

function sessionItem(session: Session, active: Session | undefined): ConnectionItem {
  const facts = factsOf(session);
  const { found, version, account } = facts;
  const standing = standingOf(facts);
  return {
    label: plainLabel(shown(facts.name)),
    description: plainLabel(
      joined([
        session === active ? vscode.l10n.t('current') : '',
        standing === 'ready' ? '' : standingWords(standing),
        versionText(version),
        account === undefined || account === '' ? '' : account,
        found === undefined ? '' : folderText(found),
        found === undefined ? '' : originText(found.origin),
      ]),
    ),
    iconPath: new vscode.ThemeIcon('server'),
    choice: { kind: 'session', session },
    buttons: found?.beside === true ? [closeButton()] : [],
  };
}

function namedItem({ uri, origin, folders }: NamedConnection): ConnectionItem {
  const named = { uri, namedBy: namedBy(origin) };
  return uriItem(named, [folderText({ folders }), originText(origin)], false);
}

function uriItem(named: NamedUri, details: readonly string[], remembered: boolean): ConnectionItem {
  const others = named.namedBy === 'others' && remembered;
  return {
    label: plainLabel(shown(named.uri)),
    description: plainLabel(
      joined([...details, others ? vscode.l10n.t('named by a workspace or a link') : '']),
    ),
    iconPath: new vscode.ThemeIcon(remembered ? 'history' : 'server'),
    choice: { kind: 'uri', named, remembered },
    buttons: remembered ? [besideButton(), forgetButton()] : [besideButton()],
  };
}

function besideButton(): ConnectionButton {
  const tooltip = vscode.l10n.t('Open Beside');
  return { iconPath: new vscode.ThemeIcon('split-horizontal'), tooltip, does: 'beside' };
}

function forgetButton(): ConnectionButton {
  const tooltip = vscode.l10n.t('Forget Connection');
  return { iconPath: new vscode.ThemeIcon('trash'), tooltip, does: 'forget' };
}

function closeButton(): ConnectionButton {
  const tooltip = vscode.l10n.t('Close Connection');
  return { iconPath: new vscode.ThemeIcon('close'), tooltip, does: 'close' };
}

function versionText(version: string | undefined): string {
  return version === undefined ? '' : `MLflow ${version}`;
}

function shown(uri: string): string {
  return bare(uri).replace(/^https?:\/\//, '');
}

function bare(uri: string): string {
  return uri.replace(/\/+$/, '');
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' · ');
}
