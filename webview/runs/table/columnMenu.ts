import * as l10n from '@vscode/l10n';
import type { MenuItem } from '../../kit/menu';
import { directionText } from '../../kit/directionText';
import { withMember } from '../../kit/withMember';
import { columnParts, metricColumn, nameColumn } from '../model/columnId';
import type { ColumnId, Pick } from '../model/columnId';
import { shownColumns } from '../state';
import { pickText } from './columnTexts';
import { movedBefore, withPick } from './layoutChanges';
import type { TableActions } from './tableActions';
import type { TableView } from './tableView';

const picks: readonly Pick[] = ['last', 'min', 'max', 'best'];

/** What can be done with a column, from its head. */
export function columnMenu(
  view: TableView,
  id: ColumnId,
  actions: TableActions,
): readonly MenuItem[] {
  return [
    ...sorting(view, id, actions),
    ...(id === nameColumn ? [] : placing(view, id, actions)),
    ...(columnParts(id).kind === 'metric' ? metric(view, id, actions) : []),
  ];
}

function sorting({ state }: TableView, id: ColumnId, actions: TableActions): readonly MenuItem[] {
  const { sort } = state.layout;
  const known = sort.find(({ column }) => column === id);
  const others = sort.filter(({ column }) => column !== id);
  const by = (keys: typeof sort) => () =>
    actions.dispatch({ type: 'layout', change: { sort: keys } });
  const entry = (label: string, descending: boolean): MenuItem => ({
    label,
    isChecked: known?.descending === descending,
    run: by([{ column: id, descending }]),
  });
  return [
    entry(l10n.t('Sort Ascending'), false),
    entry(l10n.t('Sort Descending'), true),
    ...(others.length === 0
      ? []
      : [
          {
            label: l10n.t('Then Sort Ascending by This'),
            run: by([...others, { column: id, descending: false }]),
          },
          {
            label: l10n.t('Then Sort Descending by This'),
            run: by([...others, { column: id, descending: true }]),
          },
        ]),
    { label: l10n.t('Do Not Sort by This'), isDisabled: known === undefined, run: by(others) },
  ];
}

function placing(view: TableView, id: ColumnId, actions: TableActions): readonly MenuItem[] {
  const { columns: inOrder, state } = view;
  const { pinned, widths } = state.layout;
  const columns = shownColumns(state);
  const at = inOrder.indexOf(id);
  const lay = (change: Partial<typeof state.layout>) => () =>
    actions.dispatch({ type: 'layout', change });
  const isPinned = pinned.has(id);
  const [left, right, beyond] = [inOrder[at - 1], inOrder[at + 1], inOrder[at + 2]];
  return [
    'separator',
    {
      label: isPinned ? l10n.t('Unpin Column') : l10n.t('Pin Column'),
      run: lay({ pinned: withMember(pinned, id, !isPinned) }),
    },
    {
      label: l10n.t('Move Left'),
      isDisabled: left === undefined || left === nameColumn || pinned.has(left) !== isPinned,
      run: lay({ columns: movedBefore(columns, id, left) }),
    },
    {
      label: l10n.t('Move Right'),
      isDisabled: right === undefined || pinned.has(right) !== isPinned,
      run: lay({ columns: movedBefore(columns, id, beyond) }),
    },
    {
      label: l10n.t('Usual Width'),
      isDisabled: !widths.has(id),
      run: lay({ widths: new Map([...widths].filter(([each]) => each !== id)) }),
    },
    {
      label: l10n.t('Hide Column'),
      run: lay({ columns: columns.filter((each) => each !== id) }),
    },
  ];
}

function metric(view: TableView, id: ColumnId, actions: TableActions): readonly MenuItem[] {
  const parts = columnParts(id);
  if (parts.kind !== 'metric') return [];
  const { state, directionOf } = view;
  const columns = shownColumns(state);
  const direction = directionOf(parts.key);
  const { directions } = state.layout;
  const lay = (change: Partial<typeof state.layout>) => () =>
    actions.dispatch({ type: 'layout', change });
  const missing = picks.filter((pick) => !columns.includes(metricColumn(parts.key, pick)));
  return [
    'separator',
    ...picks.map((pick): MenuItem => ({
      label: l10n.t('Show {0}', pickText(pick)),
      isChecked: parts.pick === pick,
      isDisabled: pick === 'best' && direction === 'none',
      run: lay(withPick(state.layout, columns, id, pick)),
    })),
    ...missing
      .filter((pick) => pick !== 'best' || direction !== 'none')
      .map((pick): MenuItem => ({
        label: l10n.t('Add a Column of {0}', pickText(pick)),
        run: lay({
          columns: columns.toSpliced(columns.indexOf(id) + 1, 0, metricColumn(parts.key, pick)),
        }),
      })),
    ...reading(state.extremes.has(parts.key), parts.key, actions),
    'separator',
    ...(['lower', 'higher', 'none'] as const).map((each): MenuItem => ({
      label: directionText(each),
      isChecked: direction === each,
      run: lay({ directions: new Map(directions).set(parts.key, each) }),
    })),
  ];
}

function reading(isReading: boolean, metric: string, actions: TableActions): readonly MenuItem[] {
  const { histories } = actions;
  if (isReading)
    return [{ label: l10n.t('Stop Reading Histories'), run: () => histories.stop(metric) }];
  return histories.isStopped(metric)
    ? [{ label: l10n.t('Read Histories'), run: () => histories.resume(metric) }]
    : [];
}
