import * as l10n from '@vscode/l10n';
import type { MenuItem } from '../../kit/menu';
import { summaryLines } from './summaryLines';
import type { TableActions } from './tableActions';
import { filterStart } from './filterTexts';

/** What can be said of a column and done with it, from its head. */
export function columnMenu(column: number, actions: TableActions): readonly MenuItem[] {
  const { state } = actions;
  const { sort, widths } = state.kept;
  const known = sort.find((key) => key.column === column);
  const summary = state.summaries.get(column);
  const entry = (label: string, descending: boolean): MenuItem => ({
    label,
    isChecked: known?.descending === descending,
    run: () => actions.sort([{ column, descending }]),
  });
  return [
    ...(summary === undefined
      ? []
      : [
          ...summaryLines(state, column, summary).map((label) => ({
            ...{ label, isDisabled: true, run: () => undefined },
          })),
          'separator' as const,
        ]),
    entry(l10n.t('Sort Ascending'), false),
    entry(l10n.t('Sort Descending'), true),
    {
      label: l10n.t('Do Not Sort by This'),
      isDisabled: known === undefined,
      run: () => actions.sort(sort.filter((key) => key !== known)),
    },
    'separator',
    {
      label: l10n.t('Filter by This Column'),
      run: () => filterStart(state.columns[column]?.name ?? ''),
    },
    {
      label: l10n.t('Usual Width'),
      isDisabled: !widths.has(column + 1),
      run: () =>
        actions.dispatch({
          type: 'kept',
          change: { widths: new Map([...widths].filter(([each]) => each !== column + 1)) },
        }),
    },
  ];
}
