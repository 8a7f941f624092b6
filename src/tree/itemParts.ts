import * as vscode from 'vscode';

import type { CommandId } from '../ids';
import type { Targeted } from '../mlflow/target';
import { targetOf, type TreeNode } from './node';

/** A click on the row, or Enter, runs the command on the row itself. */
export function onSelf(
  command: CommandId,
  title: string,
  node: TreeNode,
  connection: string | undefined,
): vscode.Command {
  const subject = targetOf(node);
  const self: Targeted = { target: subject && { ...subject, connection } };
  return { command, title, arguments: [self] };
}

const icons = new Map<string, vscode.ThemeIcon>();

export function icon(id: string, color?: string): vscode.ThemeIcon {
  const key = `${id} ${color ?? ''}`;
  let found = icons.get(key);
  if (found === undefined) {
    found = new vscode.ThemeIcon(
      id,
      color === undefined ? undefined : new vscode.ThemeColor(color),
    );
    icons.set(key, found);
  }
  return found;
}

/** What menus know a row by: its kind, then what holds of it. */
export function contextValue(kind: string, facets: Readonly<Record<string, boolean>>): string {
  const present = Object.entries(facets).filter(([, holds]) => holds);
  return [kind, ...present.map(([facet]) => facet)].join(';');
}
