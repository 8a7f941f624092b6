import * as l10n from '@vscode/l10n';
import { openMenu } from '../../kit/menu';
import { openPicker } from '../../kit/picker';
import type { ColumnId } from '../model/columnId';
import type { SortKey } from '../model/tableLayout';
import { columnTitle } from '../table/columnTexts';
import type { TableView } from '../table/tableView';
import { distinctTitles } from './columnList';
import type { ToolbarActions } from './toolbarActions';

/** What the table is sorted by, key for key: each can be turned round, and others added. */
export function openSortMenu(
  anchor: HTMLElement,
  { state, columns }: TableView,
  actions: ToolbarActions,
): void {
  const { sort, nested } = state.layout;
  const by = (keys: readonly SortKey[]): void =>
    actions.dispatch({ type: 'layout', change: { sort: keys } });
  openMenu(anchor, l10n.t('Sort'), [
    ...sort.map((key) => ({
      label: key.descending
        ? l10n.t('{0}: descending', columnTitle(key.column))
        : l10n.t('{0}: ascending', columnTitle(key.column)),
      run: () =>
        by(sort.map((each) => (each === key ? { ...key, descending: !key.descending } : each))),
    })),
    ...(sort.length > 0 ? (['separator'] as const) : []),
    {
      label: sort.length === 0 ? l10n.t('Sort by…') : l10n.t('Then by…'),
      run: () =>
        pickColumn(anchor, columns, (column) => by([...sort, { column, descending: false }])),
    },
    { label: l10n.t('Newest First'), isChecked: sort.length === 0, run: () => by([]) },
    'separator',
    {
      label: l10n.t('Keep Nested Runs Together'),
      isChecked: nested,
      run: () => actions.dispatch({ type: 'layout', change: { nested: !nested } }),
    },
  ]);
}

function pickColumn(
  anchor: HTMLElement,
  columns: readonly ColumnId[],
  choose: (column: ColumnId) => void,
): void {
  const titles = distinctTitles(columns);
  openPicker(anchor, l10n.t('Sort by'), [...titles.keys()], (title) => {
    const id = titles.get(title);
    if (id !== undefined) choose(id);
  });
}
