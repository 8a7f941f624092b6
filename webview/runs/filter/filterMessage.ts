import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { toOneLine } from '../../../src/mlflow/format';
import type { Mistake } from './typedFilter';
import { readTyped } from './typedFilter';

export const messageId = 'filter-message';

/**
 * What stands below the box: what is wrong, or a way to ask for what MLflow's language cannot say.
 *
 * @param searched the filters that the runs were found with, as JSON
 */
export function filterMessage(
  text: string,
  mistake: Mistake | undefined,
  searched: string,
  search: () => void,
): TemplateResult | typeof nothing {
  if (mistake) {
    const piece = text.slice(mistake.start ?? 0, mistake.end ?? 0);
    return html`<p id=${messageId} class="filter-message">
      ${mistake.sentence} ${piece === '' ? nothing : html`<code>${toOneLine(piece, 80)}</code>`}
    </p>`;
  }
  const { alternatives, filters } = readTyped(text);
  if (!alternatives || JSON.stringify(filters) === searched) return nothing;
  const count = filters.length;
  return html`<p class="filter-message is-hint">
    ${
      count > 1
        ? l10n.t("MLflow's filters have no OR.")
        : l10n.t("MLflow's filters have no parentheses.")
    }
    <button type="button" class="text-button" @click=${search}>
      ${
        count > 1
          ? l10n.t('Search for either ({0} queries merged)', count)
          : l10n.t('Search without them')
      }
    </button>
  </p>`;
}
