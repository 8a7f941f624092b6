import * as vscode from 'vscode';

/** Lets a person choose how a list is sorted; the order that it has is marked. */
export async function pickOrder<T extends string>(
  title: string,
  labels: Readonly<Record<T, string>>,
  orders: readonly T[],
  current: T,
): Promise<T | undefined> {
  const items = orders.map((order) => ({
    label: labels[order],
    description: order === current ? vscode.l10n.t('current') : '',
    order,
  }));
  const picked = await vscode.window.showQuickPick(items, { title });
  return picked?.order;
}
