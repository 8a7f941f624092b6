import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { icon } from '../../kit/icons';
import { markdownTable } from '../../kit/markdownTable';
import type { SearchedTable } from '../kept';
import { copyText } from './copyText';
import type { PageParts } from './pageParts';

/** A table that is searched and copied. */
export interface ControlledTable {
  readonly name: SearchedTable;
  readonly title: string;
  readonly all: number;
  readonly shown: number;
  /** For copying as Markdown. */
  readonly header: readonly string[];
  readonly cells: () => readonly (readonly string[])[];
  readonly areNumbers: boolean;
}

/** Below so many rows nobody needs to search. */
const fewest = 8;

/** How many of how many, a search, and a way to copy what is shown. */
export function tableControls(parts: PageParts, table: ControlledTable): TemplateResult {
  const { name, title, all, shown, header, cells, areNumbers } = table;
  const { kept } = parts.state;
  const search = (event: Event): void => {
    const { value } = event.target as HTMLInputElement;
    parts.dispatch({ type: 'kept', change: { filters: { ...kept.filters, [name]: value } } });
  };
  const label = l10n.t('Copy {0} as Markdown', title);
  return html`${
      all < fewest && !kept.filters[name]
        ? nothing
        : html`<input
            type="search"
            class="filter"
            placeholder=${l10n.t('Filter')}
            aria-label=${l10n.t('Filter {0}', title)}
            .value=${kept.filters[name] ?? ''}
            @input=${search}
          />`
    }
    <span class="count" role="status"
      >${shown === all ? all : l10n.t('{0} of {1}', shown, all)}</span
    >
    ${
      shown === 0
        ? nothing
        : html`<button
            type="button"
            class="icon-button"
            title=${label}
            aria-label=${label}
            @click=${() => copyText(parts, markdownTable(header, cells(), areNumbers))}
          >
            ${icon('copy')}
          </button>`
    }`;
}
