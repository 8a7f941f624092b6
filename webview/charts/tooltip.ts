import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';

import { formatFull, formatShort } from '../../src/mlflow/format';
import { styled } from '../kit/styled';
import type { Bar } from './chart';
import { byValue, type PointAt } from './chartScene';

/** More rows than this would cover the page. */
const mostRows = 12;

/** The rows of a tooltip: all points in the order of their values, or as many as fit, the marked one among them. */
export function tooltipRows(
  points: readonly PointAt[],
  marked: string | undefined,
): { rows: readonly PointAt[]; more: number } {
  const sorted = [...points].sort(byValue);
  if (sorted.length <= mostRows) return { rows: sorted, more: 0 };
  const rows = sorted.slice(0, mostRows);
  const found = sorted.find(({ line }) => line.id === marked);
  if (found !== undefined && !rows.includes(found)) rows[mostRows - 1] = found;
  return { rows: rows.sort(byValue), more: sorted.length - mostRows };
}

/** The values at a place of the horizontal axis, as one table; `place` is that place in words. */
export function tooltipTable(
  place: string,
  points: readonly PointAt[],
  marked: string | undefined,
): TemplateResult {
  const { rows, more } = tooltipRows(points, marked);
  return html`<div class="tooltip-place">${place}</div>
    <table>
      ${rows.map((point) => row(point, point.line.id === marked))}
    </table>
    ${more > 0 ? html`<div class="tooltip-more">${l10n.t('and {0} more', more)}</div>` : nothing}`;
}

function row({ line, shown, logged }: PointAt, isMarked: boolean): TemplateResult {
  // What a logarithmic axis has no place for is not shown, but was not smoothed either.
  const isSmoothed = Number.isFinite(shown) && !Object.is(shown, logged);
  return html`<tr
    class=${isMarked ? 'marked' : ''}
    data-run=${line.id}
    data-value=${formatFull(logged)}
  >
    <td class="tooltip-mark">${isMarked ? '▸' : ''}</td>
    <td><span class="tooltip-color" ${styled({ 'background-color': line.style.color })}></span></td>
    <td class="tooltip-name">${line.name}</td>
    <td class="tooltip-value">${formatShort(logged)}</td>
    ${isSmoothed ? html`<td class="tooltip-value muted">~ ${formatShort(shown)}</td>` : nothing}
  </tr>`;
}

/** The value of one bar. */
export function barTooltip({ name, value, color, run }: Bar): TemplateResult {
  return html`<table>
    <tr class="marked" data-run=${run} data-value=${formatFull(value)}>
      <td><span class="tooltip-color" ${styled({ 'background-color': color })}></span></td>
      <td class="tooltip-name">${name}</td>
      <td class="tooltip-value">${formatFull(value)}</td>
    </tr>
  </table>`;
}

/** Where a tooltip goes: beside the crosshair, on the side that has room, so that it never covers the point. */
export function tooltipPlace(
  point: { readonly left: number; readonly top: number },
  size: { readonly width: number; readonly height: number },
  page: { readonly width: number; readonly height: number },
): { left: number; top: number } {
  const gap = 14;
  const toRight = point.left + gap;
  const fitsRight = toRight + size.width <= page.width;
  const left = fitsRight ? toRight : point.left - gap - size.width;
  const top = Math.max(0, Math.min(point.top - size.height / 2, page.height - size.height));
  return { left: Math.round(fitsRight ? left : Math.max(0, left)), top: Math.round(top) };
}
