import * as vscode from 'vscode';

import type { Target } from '../mlflow/target';

/** Copies one line for each target that has a text; without one the clipboard stays as it is. */
export async function copyLines(
  targets: readonly Target[],
  textOf: (target: Target) => string | undefined,
): Promise<void> {
  await copyTexts(targets.map(textOf).filter((text) => text !== undefined));
}

/** Copies one line for each text; without one the clipboard stays as it is. */
export async function copyTexts(lines: readonly string[]): Promise<void> {
  if (lines.length > 0) {
    await vscode.env.clipboard.writeText(lines.join('\n'));
  }
}
