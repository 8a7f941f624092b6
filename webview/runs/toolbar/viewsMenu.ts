import * as l10n from '@vscode/l10n';
import { announceOutcome } from '../../kit/announce';
import { openMenu } from '../../kit/menu';
import type { MenuItem } from '../../kit/menu';
import { openPicker } from '../../kit/picker';
import { writeLayout } from '../model/layoutJson';
import { defaultLayout } from '../model/tableLayout';
import type { TableView } from '../table/tableView';
import type { ToolbarActions } from './toolbarActions';

/** Set-ups of the table that were saved by name. */
export function openViewsMenu(
  anchor: HTMLElement,
  { state }: TableView,
  actions: ToolbarActions,
): void {
  const { views } = state;
  openMenu(anchor, l10n.t('Views'), [
    ...views.map(({ name }): MenuItem => ({
      label: name,
      run: () => actions.dispatch({ type: 'applyView', name }),
    })),
    ...(views.length > 0 ? (['separator'] as const) : []),
    { label: l10n.t('Save View…'), run: () => void announceOutcome(save(actions)) },
    {
      label: l10n.t('Delete View…'),
      isDisabled: views.length === 0,
      run: () =>
        openPicker(
          anchor,
          l10n.t('Delete View'),
          views.map(({ name }) => name),
          (name) => void announceOutcome(remove(name, actions)),
        ),
    },
    'separator',
    {
      label: l10n.t('Back to the Usual'),
      run: () => {
        const { filterHistory, directions } = state.layout;
        actions.dispatch({
          type: 'layout',
          change: { ...defaultLayout, filterHistory, directions },
        });
      },
    },
  ]);
}

async function save({ link, dispatch, now }: ToolbarActions): Promise<string | undefined> {
  const name = await link.call('askViewName', undefined);
  if (name === undefined) return undefined;
  const views = await link.call('saveView', { name, layout: writeLayout(now().state.layout) });
  dispatch({ type: 'views', views });
  return l10n.t('The view was saved as {0}.', name);
}

async function remove(name: string, { link, dispatch }: ToolbarActions): Promise<string> {
  const views = await link.call('saveView', { name, layout: undefined });
  dispatch({ type: 'views', views });
  return l10n.t('The view {0} was deleted.', name);
}
