import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';

import { formatFull, formatShort } from '../../src/mlflow/format';
import type { SeriesData } from '../../src/protocol/comparePage';
import type { ChartModel, ChartRun } from './chartModel';
import { summaryOfValues } from './chartTexts';

/** Which part of a chart's table is seen: a row for each run, or the points of one of them. */
export interface TableView {
  readonly run: string | undefined;
  /** Which page of points, from 0. */
  readonly page: number;
}

export const rowsOfPage = 100;

/** A chart as a table: what there is of each run, or the points of one run page by page. */
export function chartTable(
  metric: string,
  model: ChartModel,
  view: TableView,
  locale: string,
  onView: (view: TableView) => void,
): TemplateResult {
  const one = model.runs.find(({ run }) => run.key === view.run);
  return html`<div class="chart-table">
    <label>
      ${l10n.t('Points of')}
      <select @change=${(event: Event) => onView(chosen(event))}>
        <option value="" ?selected=${one === undefined}>${l10n.t('All runs, summed up')}</option>
        ${model.runs.map(
          ({ run }) =>
            html`<option value=${run.key} ?selected=${run.key === view.run}>${run.name}</option>`,
        )}
      </select>
    </label>
    <div
      class="chart-table-rows"
      tabindex="0"
      role="region"
      aria-label=${l10n.t('Table of {0}', metric)}
    >
      ${one === undefined ? summaryRows(model.runs) : pointRows(one, view.page, locale)}
    </div>
    ${one?.status.data ? pager(one.status.data.values.length, view, onView) : nothing}
  </div>`;
}

function chosen(event: Event): TableView {
  const { value } = event.target as HTMLSelectElement;
  return { run: value === '' ? undefined : value, page: 0 };
}

function head(...names: string[]): TemplateResult {
  return html`<thead>
    <tr>
      ${names.map((name) => html`<th scope="col">${name}</th>`)}
    </tr>
  </thead>`;
}

function number(value: number | undefined): TemplateResult {
  return value === undefined
    ? html`<td class="number"></td>`
    : html`<td class="number" title=${formatFull(value)}>${formatShort(value)}</td>`;
}

function summaryRows(runs: readonly ChartRun[]): TemplateResult {
  return html`<table>
    ${head(l10n.t('Run'), l10n.t('Points'), l10n.t('Lowest'), l10n.t('Highest'), l10n.t('Last'))}
    <tbody>
      ${runs.map(({ run, status, latest }) => {
        const { data } = status;
        const found = data && summaryOfValues(data.values);
        return html`<tr>
          <th scope="row">${run.name}</th>
          ${number(data?.values.length)} ${number(found?.min?.value)} ${number(found?.max?.value)}
          ${number(latest.value)}
        </tr>`;
      })}
    </tbody>
  </table>`;
}

function pointRows({ run, status }: ChartRun, page: number, locale: string): TemplateResult {
  const { data } = status;
  if (data === undefined) return html`<p>${l10n.t('The points are not read yet.')}</p>`;
  const time = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' });
  const start = page * rowsOfPage;
  const count = Math.min(rowsOfPage, data.values.length - start);
  return html`<table aria-label=${run.name}>
    ${head(l10n.t('Step'), l10n.t('Time'), l10n.t('Value'))}
    <tbody>
      ${Array.from({ length: Math.max(0, count) }, (_, offset) => pointRow(data, start + offset, time))}
    </tbody>
  </table>`;
}

function pointRow(data: SeriesData, at: number, time: Intl.DateTimeFormat): TemplateResult {
  const step = data.exactSteps?.[at] ?? data.steps[at]!;
  const timestamp = data.timestamps[at]!;
  return html`<tr>
    <th scope="row" class="number">${formatFull(step)}</th>
    <td>${Number.isFinite(new Date(timestamp).getTime()) ? time.format(timestamp) : timestamp}</td>
    <td class="number">${formatFull(data.values[at]!)}</td>
  </tr>`;
}

function pager(
  count: number,
  view: TableView,
  onView: (view: TableView) => void,
): TemplateResult | typeof nothing {
  const pages = Math.ceil(count / rowsOfPage);
  if (pages <= 1) return nothing;
  const first = view.page * rowsOfPage + 1;
  const last = Math.min(count, first + rowsOfPage - 1);
  const turn = (page: number, label: string): TemplateResult =>
    html`<button
      type="button"
      class="text-button"
      ?disabled=${page < 0 || page >= pages}
      @click=${() => onView({ ...view, page })}
    >
      ${label}
    </button>`;
  return html`<div class="chart-pager">
    ${turn(0, l10n.t('First'))} ${turn(view.page - 1, l10n.t('Previous'))}
    <span>${l10n.t('{0} to {1} of {2}', first, last, count)}</span>
    ${turn(view.page + 1, l10n.t('Next'))} ${turn(pages - 1, l10n.t('Last page'))}
  </div>`;
}
