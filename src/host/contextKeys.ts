import * as vscode from 'vscode';

import type { ContextKey } from '../ids';

/** Sets a key for `when` clauses. */
export function setContextKey(key: ContextKey, value: string | boolean | readonly string[]): void {
  void vscode.commands.executeCommand('setContext', key, value);
}
