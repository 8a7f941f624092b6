import * as vscode from 'vscode';

import type { Run } from '../mlflow/model';
import { plainLabel } from '../mlflow/plainLabel';
import { isSystemTag } from '../mlflow/runFacts';
import { sortableAttributes, type RunOrder, type SortableAttribute } from '../mlflow/runOrder';
import { keysOf } from './keysOf';

interface KeyItem extends vscode.QuickPickItem {
  readonly column?: Pick<RunOrder, 'by' | 'key'>;
}

/** Asks what to sort by, among the attributes and what the runs have, and in which direction. */
export async function askOrder(
  experimentName: string,
  runs: readonly Run[],
  current: RunOrder,
): Promise<RunOrder | undefined> {
  const title = vscode.l10n.t('Sort Runs of {0}', experimentName);
  const column = (
    await vscode.window.showQuickPick(keyItems(runs, current), {
      title,
      placeHolder: vscode.l10n.t('Attribute, metric, parameter or tag'),
    })
  )?.column;
  if (column === undefined) {
    return undefined;
  }
  const directions = [
    { label: vscode.l10n.t('Descending'), ascending: false },
    { label: vscode.l10n.t('Ascending'), ascending: true },
  ];
  const direction = await vscode.window.showQuickPick(directions, {
    title,
    placeHolder: column.key,
  });
  return direction && ({ ...column, ascending: direction.ascending } as RunOrder);
}

function keyItems(runs: readonly Run[], current: RunOrder): readonly KeyItem[] {
  const names: Record<SortableAttribute, string> = {
    start_time: vscode.l10n.t('Start time'),
    end_time: vscode.l10n.t('End time'),
    run_name: vscode.l10n.t('Run name'),
    status: vscode.l10n.t('Status'),
    user_id: vscode.l10n.t('User'),
  };
  const group = (
    label: string,
    by: RunOrder['by'],
    keys: readonly string[],
    labelOf: (key: string) => string = plainLabel,
  ): readonly KeyItem[] =>
    keys.length === 0
      ? []
      : [
          { label, kind: vscode.QuickPickItemKind.Separator },
          ...keys.map((key) => ({
            label: labelOf(key),
            description: current.by === by && current.key === key ? vscode.l10n.t('current') : '',
            column: { by, key },
          })),
        ];
  return [
    ...group(vscode.l10n.t('Attributes'), 'attribute', sortableAttributes, (key) => {
      return names[key as SortableAttribute];
    }),
    ...group(
      vscode.l10n.t('Metrics'),
      'metric',
      keysOf(runs, (run) => run.metrics),
    ),
    ...group(
      vscode.l10n.t('Parameters'),
      'param',
      keysOf(runs, (run) => run.params),
    ),
    ...group(
      vscode.l10n.t('Tags'),
      'tag',
      keysOf(runs, (run) => run.tags.filter(({ key }) => !isSystemTag(key))),
    ),
  ];
}
