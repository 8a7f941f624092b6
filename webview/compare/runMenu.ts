import * as l10n from '@vscode/l10n';
import type { ComparedRun, ComparePage } from '../../src/protocol/comparePage';
import type { Link } from '../kit/link';
import { openMenu } from '../kit/menu';
import type { Dispatch, PageState } from './state';

/** What can be done with one of the runs, in a menu below `anchor`. */
export function openRunMenu(
  run: ComparedRun,
  anchor: HTMLElement,
  state: PageState,
  dispatch: Dispatch,
  link: Link<ComparePage>,
): void {
  const isHidden = state.kept.hidden.has(run.key);
  openMenu(anchor, l10n.t('Actions for {0}', run.name), [
    { label: l10n.t('Make Baseline'), run: () => dispatch({ type: 'baseline', run: run.key }) },
    'separator',
    {
      label: isHidden ? l10n.t('Show') : l10n.t('Hide'),
      run: () => dispatch({ type: 'toggleHidden', run: run.key }),
    },
    { label: l10n.t('Hide Others'), run: () => dispatch({ type: 'hideOthers', run: run.key }) },
    {
      label: l10n.t('Show All'),
      isDisabled: state.kept.hidden.size === 0,
      run: () => dispatch({ type: 'showAll' }),
    },
    'separator',
    {
      label: l10n.t('Reveal in Experiments'),
      isDisabled: run.standing === 'gone',
      run: () => link.notify('reveal', run.key),
    },
    { label: l10n.t('Copy Run ID'), run: () => void link.call('copy', run.runId) },
    {
      label: l10n.t('Remove from Comparison'),
      run: () => {
        dispatch({ type: 'removed', runs: [run.key] });
        link.notify('removeRuns', [run.key]);
      },
    },
  ]);
}
