import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { icon } from '../../kit/icons';
import { columnParts } from '../model/columnId';
import type { ColumnId } from '../model/columnId';
import { columnTitle, kindTitle } from './columnTexts';
import type { TableView } from './tableView';

/** The head of a column: its name, how the table is sorted by it, and how far its extremes are read. */
export function headerCell({ state }: TableView, id: ColumnId): TemplateResult {
  const { kind, key } = columnParts(id);
  return html`<span class="wide-head"
      ><span class="wide-title"
        >${columnTitle(id)}${
          kind === 'attribute'
            ? nothing
            : html`<span class="visually-hidden">, ${kindTitle(kind)}</span>`
        }</span
      >${sortMark(state.layout.sort, id)}${
        id.startsWith('metric:') || kind !== 'metric' ? nothing : readingMark(state.extremes, key)
      }<span class="wide-more">${icon('chevronDown')}</span></span
    ><span class="wide-resize"></span>`;
}

function sortMark(
  sort: TableView['state']['layout']['sort'],
  id: ColumnId,
): TemplateResult | typeof nothing {
  const place = sort.findIndex(({ column }) => column === id);
  if (place < 0) return nothing;
  const arrow = sort[place]?.descending === true ? '↓' : '↑';
  return html`<span class="sort-mark" aria-hidden="true"
    >${arrow}${sort.length > 1 ? String(place + 1) : ''}</span
  >`;
}

function readingMark(
  extremes: TableView['state']['extremes'],
  metric: string,
): TemplateResult | typeof nothing {
  const progress = extremes.get(metric);
  if (progress === undefined) return nothing;
  const { known, wanted } = progress;
  const label = l10n.t('{0} of {1} read', known, wanted);
  return html`<span class="faint reading-mark" title=${label}
    >${Math.floor((known / Math.max(1, wanted)) * 100)} %</span
  >`;
}
