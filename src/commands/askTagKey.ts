import * as vscode from 'vscode';

import { whyNotTagKey } from '../host/tagTexts';
import { plainLabel } from '../mlflow/plainLabel';
import { isSystemTag } from '../mlflow/runFacts';

interface KeyItem extends vscode.QuickPickItem {
  readonly key?: string;
}

/**
 * Asks for the key of a tag: one of `known`, or a new one that MLflow will take. Resolves to
 * `undefined` when it was left.
 */
export function askTagKey(title: string, known: readonly string[]): Promise<string | undefined> {
  const pick = vscode.window.createQuickPick<KeyItem>();
  pick.title = title;
  pick.placeholder = vscode.l10n.t('Key of the tag: choose one, or type a new one');
  pick.items = itemsFor(known, '');
  return new Promise((resolve) => {
    pick.onDidChangeValue((text) => {
      pick.items = itemsFor(known, text.trim());
    });
    pick.onDidAccept(() => {
      const key = pick.selectedItems[0]?.key;
      if (key !== undefined) {
        resolve(key);
        pick.hide();
      }
    });
    pick.onDidHide(() => {
      pick.dispose();
      resolve(undefined);
    });
    pick.show();
  });
}

function itemsFor(known: readonly string[], typed: string): readonly KeyItem[] {
  const group = (label: string, keys: readonly string[]): readonly KeyItem[] =>
    keys.length === 0
      ? []
      : [
          { label, kind: vscode.QuickPickItemKind.Separator },
          ...keys.map((key) => ({ label: plainLabel(key), key })),
        ];
  return [
    ...(typed === '' || known.includes(typed) ? [] : [typedItem(typed)]),
    ...group(
      vscode.l10n.t('Tags'),
      known.filter((key) => !isSystemTag(key)),
    ),
    ...group(vscode.l10n.t('Tags of MLflow’s own'), known.filter(isSystemTag)),
  ];
}

function typedItem(typed: string): KeyItem {
  const problem = whyNotTagKey(typed);
  return problem === undefined
    ? { label: plainLabel(typed), description: vscode.l10n.t('new tag'), key: typed }
    : { label: plainLabel(typed), description: problem, alwaysShow: true };
}
