import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { TableColumnKind, TableSortKey } from '../../../src/protocol/tablePage';
import { icon } from '../../kit/icons';
import { kindText } from './kindText';

/** The head of a column: its name, what it holds, and how the table is sorted by it. */
export function headCell(
  title: string,
  kind: TableColumnKind,
  sort: readonly TableSortKey[],
  column: number,
): TemplateResult {
  const place = sort.findIndex((key) => key.column === column);
  const arrow = sort[place]?.descending === true ? '↓' : '↑';
  const mark = html`<span class="sort-mark" aria-hidden="true"
    >${arrow}${sort.length > 1 ? String(place + 1) : ''}</span
  >`;
  return html`<span class="wide-head"
      ><span class="wide-title"
        >${title}<span class="visually-hidden">, ${kindText(kind)}</span></span
      >${place < 0 ? nothing : mark}<span class="wide-more">${icon('chevronDown')}</span></span
    ><span class="wide-resize"></span>`;
}
