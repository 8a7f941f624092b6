import * as l10n from '@vscode/l10n';
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { toOneLine } from '../../../src/mlflow/format';
import { styled } from '../../kit/styled';
import type { Completion } from './completion';

/** What the list below the box offers. */
export interface Offered extends Completion {
  readonly kind: 'completion' | 'history';
}

/** The list's id; its entries have it with their places behind it. */
export const listId = 'filter-suggestions';

/** The list that completes what is typed; a press leaves the focus in the box. */
export function filterList(
  { kind, suggestions }: Offered,
  active: number,
  left: number,
  accept: (at: number) => void,
): TemplateResult {
  const label = kind === 'history' ? l10n.t('Recent filters') : l10n.t('What can be written here');
  return html`<div
    id=${listId}
    class="menu filter-list"
    role="listbox"
    aria-label=${label}
    ${styled({ left: `${left}px` })}
    @mousedown=${(event: Event) => event.preventDefault()}
  >
    ${suggestions.map(
      ({ text, detail }, at) =>
        html`<div
          id="${listId}-${at}"
          class="menu-item"
          role="option"
          aria-selected=${at === active ? 'true' : 'false'}
          @click=${() => accept(at)}
        >
          <span class="filter-text">${toOneLine(text.trimStart(), 120)}</span
          ><span class="faint">${detail}</span>
        </div>`,
    )}
  </div>`;
}
