import * as vscode from 'vscode';

import type { Disposable } from '../base/disposable';
import { connectionTooltip, standingText } from '../host/describeConnection';
import { commands, statusItems } from '../ids';
import {
  shortName,
  standingOf,
  type ConnectionFacts,
  type Standing,
} from '../mlflow/connectionFacts';
import { toOneLine } from '../mlflow/format';
import { plainLabel } from '../mlflow/plainLabel';
import { factsOf } from '../state/sessionFacts';
import type { Sessions } from '../state/sessions';

/** What the item shows. */
export interface StatusBarText {
  readonly text: string;
  /** For screen readers. */
  readonly label: string;
  readonly tooltip: vscode.MarkdownString;
  /** Name of a theme color. */
  readonly background: string | undefined;
}

/** The tooltip has both in full. */
const longestName = 60;
const longestVersion = 24;

const icons: Record<Standing, string> = {
  idle: '$(beaker)',
  connecting: '$(sync~spin)',
  ready: '$(beaker)',
  insecure: '$(unlock)',
  ailing: '$(warning)',
  signIn: '$(key)',
  failed: '$(error)',
};

/**
 * Shows the active connection and its health in the status bar; a click switches connections. It
 * appears when something first wants to know what to connect to, and asks nobody itself.
 */
export class StatusBar implements Disposable {
  private readonly following: Disposable;
  private item: vscode.StatusBarItem | undefined;
  private current: StatusBarText | undefined;

  constructor(private readonly sessions: Sessions) {
    this.following = sessions.onDidChange(() => this.draw());
  }

  /** `undefined` as long as the item is not there. */
  get shown(): StatusBarText | undefined {
    return this.current;
  }

  dispose(): void {
    this.following.dispose();
    this.item?.dispose();
  }

  private draw(): void {
    const { active, all, areSought } = this.sessions;
    this.item ??= createItem();
    this.current =
      active === undefined
        ? withoutConnection(areSought)
        : ofConnection(factsOf(active), all.length - 1);
    const { text, label, tooltip, background } = this.current;
    this.item.text = text;
    this.item.accessibilityInformation = { label };
    this.item.tooltip = tooltip;
    this.item.backgroundColor =
      background === undefined ? undefined : new vscode.ThemeColor(background);
  }
}

function createItem(): vscode.StatusBarItem {
  const { Left } = vscode.StatusBarAlignment;
  const item = vscode.window.createStatusBarItem(statusItems.connection, Left, 0);
  item.name = vscode.l10n.t('MLflow Connection');
  item.command = commands.switchConnection;
  item.show();
  return item;
}

function withoutConnection(areSought: boolean): StatusBarText {
  const sentence = areSought
    ? vscode.l10n.t('Looking for a tracking server…')
    : vscode.l10n.t('No tracking server is connected. Choose one.');
  return {
    text: `${areSought ? icons.connecting : icons.idle} MLflow`,
    label: `MLflow: ${sentence}`,
    tooltip: new vscode.MarkdownString(sentence),
    background: undefined,
  };
}

function ofConnection(facts: ConnectionFacts, others: number): StatusBarText {
  const standing = standingOf(facts);
  const parts = [
    toOneLine(shortName(facts.name), longestName),
    toOneLine(facts.version ?? '', longestVersion),
  ].filter((part) => part !== '');
  const more = others > 0 ? ` +${others}` : '';
  const tooltip = connectionTooltip(facts);
  if (others > 0) {
    tooltip.appendMarkdown(`\n\n${vscode.l10n.t('{0} more in this window', others)}`);
  }
  return {
    text: `${icons[standing]} ${plainLabel(parts.join(' · '))}${more}`,
    label: ['MLflow', ...parts, standingText(facts)].join(', '),
    tooltip,
    background: backgroundOf(standing),
  };
}

function backgroundOf(standing: Standing): string | undefined {
  switch (standing) {
    case 'failed':
      return 'statusBarItem.errorBackground';
    case 'ailing':
    case 'signIn':
    case 'insecure':
      return 'statusBarItem.warningBackground';
    default:
      return undefined;
  }
}
