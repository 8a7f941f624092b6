import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { icon } from '../../kit/icons';
import { copyRuns } from '../table/copyRuns';
import { withMembers } from '../../kit/withMember';
import { selectedRuns } from '../table/selection';
import type { TableActions } from '../table/tableActions';
import type { TableView } from '../table/tableView';

/** What can be done with the runs that are selected, below the table. */
export function selectionBar(
  view: TableView,
  actions: TableActions,
): TemplateResult | typeof nothing {
  const runs = selectedRuns(view);
  if (runs.length === 0) return nothing;
  const { state } = view;
  const isDeleted = runs.every((key) => state.data.rows[state.data.placeOf(key) ?? -1]?.deleted);
  const { hidden } = state.layout;
  const button = (label: string, press: () => void, isDisabled = false): TemplateResult =>
    html`<button type="button" class="text-button" ?disabled=${isDisabled} @click=${press}>
      ${label}
    </button>`;
  return html`<div class="selection-bar" role="group" aria-label=${l10n.t('Selected runs')}>
    <span class="selection-count">${l10n.t('{0} selected', runs.length)}</span>
    ${button(l10n.t('Compare'), () => actions.act('compare', runs), runs.length < 2)}
    ${button(l10n.t('Set Tag…'), () => actions.act('tag', runs))}
    ${
      isDeleted
        ? button(l10n.t('Restore'), () => actions.act('restore', runs))
        : button(l10n.t('Delete'), () => actions.act('delete', runs))
    }
    ${button(l10n.t('Hide'), () =>
      actions.dispatch({ type: 'layout', change: { hidden: withMembers(hidden, runs, true) } }),
    )}
    ${button(l10n.t('Copy'), () => copyRuns(view, runs, 'text', actions))}
    <span class="toolbar-gap"></span>
    <button
      type="button"
      class="icon-button"
      title=${l10n.t('Select nothing')}
      aria-label=${l10n.t('Select nothing')}
      @click=${() =>
        actions.dispatch({ type: 'kept', change: { selected: new Set(), anchor: undefined } })}
    >
      ${icon('close')}
    </button>
  </div>`;
}
