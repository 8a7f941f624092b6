import * as vscode from 'vscode';

import { plainLabel } from '../mlflow/plainLabel';

/** Lets a person choose any number of things; none when the pick was left. */
export async function pickSome<T>(
  title: string,
  things: readonly T[],
  nameOf: (thing: T) => string,
): Promise<readonly T[]> {
  const items = things.map((thing) => ({ label: plainLabel(nameOf(thing)), thing }));
  const picked = await vscode.window.showQuickPick(items, { title, canPickMany: true });
  return (picked ?? []).map(({ thing }) => thing);
}
