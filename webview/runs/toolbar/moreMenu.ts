import * as l10n from '@vscode/l10n';
import { announceOutcome } from '../../kit/announce';
import { openMenu } from '../../kit/menu';
import { queryOf } from '../asking';
import { copyRuns } from '../table/copyRuns';
import type { TableView } from '../table/tableView';
import type { ToolbarActions } from './toolbarActions';

/** Ways out of the table, and what cells show beside their value. */
export function openMoreMenu(anchor: HTMLElement, view: TableView, actions: ToolbarActions): void {
  const { state } = view;
  const shown = Array.from(view.rows.order, (_, row) => row).flatMap((row) =>
    (view.rows.order[row] ?? -1) < 0 ? [] : view.runsOf(row),
  );
  const write = async (): Promise<string | undefined> => {
    const outcome = await actions.link.call('exportRuns', queryOf(state, Date.now()));
    return outcome === 'saved' ? l10n.t('The runs were written.') : undefined;
  };
  openMenu(anchor, l10n.t('Export'), [
    { label: l10n.t('All Runs Found as CSV…'), run: () => void announceOutcome(write()) },
    {
      label: l10n.t('Copy the Table as Text'),
      isDisabled: shown.length === 0,
      run: () => copyRuns(view, shown, 'text', actions.table),
    },
    {
      label: l10n.t('Copy the Table as Markdown'),
      isDisabled: shown.length === 0,
      run: () => copyRuns(view, shown, 'markdown', actions.table),
    },
    {
      label: l10n.t('Copy as Python for pandas'),
      run: () => copyRuns(view, [], 'pandas', actions.table),
    },
    'separator',
    {
      label: l10n.t('Bars in Cells of Metrics'),
      isChecked: state.layout.bars,
      run: () => actions.dispatch({ type: 'layout', change: { bars: !state.layout.bars } }),
    },
  ]);
}
