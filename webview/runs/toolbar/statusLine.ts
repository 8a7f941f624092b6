import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { TableView } from '../table/tableView';
import type { ToolbarActions } from './toolbarActions';

/** How many runs of how many there are to see, and whether more are on their way. */
export function statusLine(view: TableView, actions: ToolbarActions): TemplateResult {
  const { state, rows } = view;
  const { progress, layout, isAsking } = state;
  const isReading = progress.standing === 'reading' || isAsking;
  return html`<div class="status-line">
    <span role="status" class="status-text">${countText(view)}</span>
    ${
      isReading
        ? button(l10n.t('Stop'), () => actions.link.notify('stop', undefined))
        : progress.standing === 'stopped'
          ? button(l10n.t('Read On'), actions.refresh)
          : nothing
    }
    ${
      rows.hidden === 0
        ? nothing
        : html`<button
            type="button"
            class="text-button"
            aria-pressed=${String(layout.showHidden)}
            @click=${() =>
              actions.dispatch({ type: 'layout', change: { showHidden: !layout.showHidden } })}
          >
            ${l10n.t('{0} hidden', rows.hidden)}
          </button>`
    }
    ${asOf(view)}
  </div>`;
}

function countText({ state }: TableView): string {
  const { data, progress, isAsking } = state;
  const { standing, found } = progress;
  const count = data.count.toLocaleString(state.locale);
  const all = Math.max(found, data.count).toLocaleString(state.locale);
  if (standing === 'reading' || isAsking) return l10n.t('{0} of {1} runs, reading…', count, all);
  if (standing === 'stopped') return l10n.t('{0} of at least {1} runs, stopped', count, all);
  return l10n.t('{0} of {1} runs', count, all);
}

function asOf({ state }: TableView): TemplateResult | typeof nothing {
  const { readAt } = state.progress;
  if (readAt === undefined) return nothing;
  const format = new Intl.DateTimeFormat(state.locale, { timeStyle: 'medium' });
  return html`<span class="faint">${l10n.t('as of {0}', format.format(readAt))}</span>`;
}

function button(label: string, press: () => void): TemplateResult {
  return html`<button type="button" class="text-button" @click=${press}>${label}</button>`;
}
