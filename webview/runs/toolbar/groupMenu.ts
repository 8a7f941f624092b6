import * as l10n from '@vscode/l10n';
import { openMenu } from '../../kit/menu';
import type { MenuItem } from '../../kit/menu';
import { openPicker } from '../../kit/picker';
import { groupKeyText, aggregateText } from '../group/groupTexts';
import { keysOfGroups } from '../group/groupedRows';
import { aggregates } from '../model/tableLayout';
import type { GroupKey } from '../model/tableLayout';
import { columnTitle } from '../table/columnTexts';
import type { TableView } from '../table/tableView';
import type { ToolbarActions } from './toolbarActions';

const attributes = ['status', 'user', 'datasets', 'experiment', 'source'] as const;

const isSame = (one: GroupKey, other: GroupKey): boolean =>
  one.kind === other.kind && one.key === other.key;

/** What runs are put together by, and what stands for the numbers of a group. */
export function openGroupMenu(anchor: HTMLElement, view: TableView, actions: ToolbarActions): void {
  const { groupBy, aggregate } = view.state.layout;
  const toggle = (key: GroupKey): void => {
    const others = groupBy.filter((each) => !isSame(each, key));
    const next = others.length < groupBy.length ? others : [...groupBy, key];
    actions.dispatch({ type: 'layout', change: { groupBy: next, collapsed: new Set() } });
  };
  const entry = (key: GroupKey, label: string): MenuItem => ({
    label,
    isChecked: groupBy.some((each) => isSame(each, key)),
    run: () => toggle(key),
  });
  openMenu(anchor, l10n.t('Group'), [
    ...attributes.map((key) => entry({ kind: 'attribute', key }, columnTitle(`attribute:${key}`))),
    ...groupBy
      .filter(({ kind }) => kind !== 'attribute')
      .map((key) => entry(key, groupKeyText(key))),
    { label: l10n.t('Parameter or Tag…'), run: () => pickKey(anchor, view, toggle) },
    'separator',
    ...aggregates.map((each): MenuItem => ({
      label: l10n.t('Show {0}', aggregateText(each)),
      isChecked: aggregate === each,
      run: () => actions.dispatch({ type: 'layout', change: { aggregate: each } }),
    })),
    'separator',
    ...folding(view, actions),
    {
      label: l10n.t('Do Not Group'),
      isDisabled: groupBy.length === 0,
      run: () => actions.dispatch({ type: 'layout', change: { groupBy: [] } }),
    },
  ]);
}

function folding({ rows, state }: TableView, actions: ToolbarActions): readonly MenuItem[] {
  const isDisabled = state.layout.groupBy.length === 0;
  const fold = (collapsed: readonly string[]) => () =>
    actions.dispatch({ type: 'layout', change: { collapsed: new Set(collapsed) } });
  const outermost = rows.groups.filter(({ depth }) => depth === 0);
  return [
    { label: l10n.t('Fold All'), isDisabled, run: fold(keysOfGroups(outermost)) },
    { label: l10n.t('Unfold All'), isDisabled, run: fold([]) },
  ];
}

function pickKey(
  anchor: HTMLElement,
  { state: { data } }: TableView,
  choose: (key: GroupKey) => void,
): void {
  const keys = (['param', 'tag'] as const).flatMap((kind) =>
    [...data.columnsOf(kind).keys()].map((key): GroupKey => ({ kind, key })),
  );
  const byName = new Map(keys.map((key) => [groupKeyText(key), key]));
  openPicker(anchor, l10n.t('Group by'), [...byName.keys()], (name) => {
    const key = byName.get(name);
    if (key !== undefined) choose(key);
  });
}
