import * as l10n from '@vscode/l10n';
import type { MenuItem } from '../../kit/menu';
import type { WidePlace } from '../../kit/wideGrid/wideGridModel';
import { withMembers } from '../../kit/withMember';
import { copiedCell, copyRuns } from './copyRuns';
import type { TableActions } from './tableActions';
import type { TableView } from './tableView';

/** What can be done with runs, from one of their rows. */
export function rowMenu(
  view: TableView,
  runs: readonly string[],
  place: WidePlace,
  actions: TableActions,
): readonly MenuItem[] {
  const { data } = view.state;
  const found = runs.flatMap((key) => data.rows[data.placeOf(key) ?? -1] ?? []);
  const isOne = runs.length === 1;
  const act = (action: Parameters<TableActions['act']>[0]) => () => actions.act(action, runs);
  return [
    { label: l10n.t('Open'), isDisabled: !isOne, run: act('open') },
    { label: l10n.t('Compare'), isDisabled: isOne, run: act('compare') },
    { label: l10n.t('Reveal in Experiments'), isDisabled: !isOne, run: act('reveal') },
    'separator',
    ...placing(view, runs, actions),
    'separator',
    { label: l10n.t('Set Tag…'), run: act('tag') },
    { label: l10n.t('Rename…'), isDisabled: !isOne, run: act('rename') },
    found.some(({ deleted }) => !deleted)
      ? { label: l10n.t('Delete'), run: act('delete') }
      : { label: l10n.t('Restore'), run: act('restore') },
    'separator',
    {
      label: l10n.t('Copy Cell'),
      run: () => actions.copy(copiedCell(view, place), l10n.t('The cell was copied.')),
    },
    {
      label: isOne ? l10n.t('Copy Run ID') : l10n.t('Copy Run IDs'),
      run: () =>
        actions.copy(
          found.map(({ runId }) => runId).join('\n'),
          l10n.t('{0} runs were copied.', found.length),
        ),
    },
    { label: l10n.t('Copy as Text'), run: () => copyRuns(view, runs, 'text', actions) },
    { label: l10n.t('Copy as Markdown'), run: () => copyRuns(view, runs, 'markdown', actions) },
    {
      label: l10n.t('Copy as Python for pandas'),
      run: () => copyRuns(view, runs, 'pandas', actions),
    },
  ];
}

/** Where runs stand in the table, and what others are measured from. */
function placing(
  { state }: TableView,
  runs: readonly string[],
  { dispatch }: TableActions,
): readonly MenuItem[] {
  const { pinnedRuns, hidden, baseline } = state.layout;
  const [first] = runs;
  const isPinned = runs.every((key) => pinnedRuns.has(key));
  const isHidden = runs.every((key) => hidden.has(key));
  const lay = (change: Partial<typeof state.layout>) => () => dispatch({ type: 'layout', change });
  return [
    {
      label: isPinned ? l10n.t('Unpin') : l10n.t('Pin on Top'),
      run: lay({ pinnedRuns: withMembers(pinnedRuns, runs, !isPinned) }),
    },
    baseline !== undefined && baseline === first
      ? { label: l10n.t('Measure from No Baseline'), run: lay({ baseline: undefined }) }
      : {
          label: l10n.t('Make Baseline'),
          isDisabled: runs.length !== 1,
          run: lay({ baseline: first }),
        },
    {
      label: isHidden ? l10n.t('Show') : l10n.t('Hide'),
      run: lay({ hidden: withMembers(hidden, runs, !isHidden) }),
    },
  ];
}
