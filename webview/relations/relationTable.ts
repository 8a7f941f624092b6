import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { formatFull, formatShort, toOneLine } from '../../src/mlflow/format';
import { numberCell, textCell } from '../../src/mlflow/series/historyCsv';
import { markdownTable } from '../kit/markdownTable';
import type { Column } from './column';
import { textOf } from './column';
import type { PointScene } from './pointScene';
import type { RelationScene } from './relationTexts';
import { columnsOf, nameOf } from './relationTexts';
import type { RelatedRun } from './source';

/** Rows that a table of a chart shows at most. */
const mostRows = 500;

/** What a chart shows, as tables: a row a run, and the figures of boxes. */
export function relationTable(
  scene: RelationScene,
  title: string,
  runs: readonly RelatedRun[],
  highlighted: string | undefined,
): TemplateResult {
  const columns = columnsOf(scene);
  const cells = (at: number): TemplateResult[] =>
    columns.map(({ column }) => {
      const full = textOf(column, at, true);
      return html`<td title=${full}>${textOf(column, at)}</td>`;
    });
  // Keyboards scroll what has the focus.
  return html`<div
    class="relation-table"
    tabindex="0"
    role="region"
    aria-label=${l10n.t('Table of {0}', title)}
  >
    ${scene.kind === 'points' && scene.boxes.length > 0 ? boxTable(scene) : nothing}
    <table>
      <thead>
        <tr>
          <th scope="col">${l10n.t('Run')}</th>
          ${columns.map(({ column }) => html`<th scope="col">${nameOf(column.field)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${runs.slice(0, mostRows).map(
          (run, at) =>
            html`<tr class=${run.key === highlighted ? 'highlighted' : ''}>
              <th scope="row">${toOneLine(run.name)}</th>
              ${cells(at)}
            </tr>`,
        )}
      </tbody>
    </table>
    ${
      runs.length > mostRows
        ? html`<p class="faint">
            ${l10n.t('The first {0} of {1} runs; the file holds all of them.', mostRows, runs.length)}
          </p>`
        : nothing
    }
  </div>`;
}

function boxTable({ boxes, x }: PointScene): TemplateResult {
  const number = (value: number): TemplateResult =>
    html`<td title=${formatFull(value)}>${formatShort(value)}</td>`;
  return html`<table>
    <thead>
      <tr>
        <th scope="col">${nameOf(x.column.field)}</th>
        <th scope="col">${l10n.t('Runs')}</th>
        <th scope="col">${l10n.t('Lower whisker')}</th>
        <th scope="col">${l10n.t('Lower quartile')}</th>
        <th scope="col">${l10n.t('Median')}</th>
        <th scope="col">${l10n.t('Upper quartile')}</th>
        <th scope="col">${l10n.t('Upper whisker')}</th>
      </tr>
    </thead>
    <tbody>
      ${boxes.map(
        ({ label, figures }) =>
          html`<tr>
            <th scope="row">${toOneLine(label, 60)}</th>
            <td>${figures.count}</td>
            ${number(figures.lowWhisker)} ${number(figures.lower)} ${number(figures.median)}
            ${number(figures.upper)} ${number(figures.highWhisker)}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

/** The runs of a chart as CSV: name, id, and each field in full. */
export function relationCsv(scene: RelationScene, runs: readonly RelatedRun[]): string {
  const columns = columnsOf(scene);
  const head = ['Run', 'Run ID', ...columns.map(({ column }) => column.field.key)];
  const rows = runs.map((run, at) => [
    textCell(run.name),
    textCell(run.runId),
    ...columns.map(({ column }) => cellOf(column, at)),
  ]);
  return [head.map(textCell), ...rows].map((cells) => `${cells.join(',')}\n`).join('');
}

/** The same as a table in Markdown. */
export function relationMarkdown(scene: RelationScene, runs: readonly RelatedRun[]): string {
  const columns = columnsOf(scene).map(({ column }) => column);
  const head = [l10n.t('Run'), ...columns.map(({ field }) => field.key)];
  const rows = runs.map(({ name }, at) => [
    name,
    ...columns.map((column) => textOf(column, at, true)),
  ]);
  return markdownTable(
    head,
    rows,
    columns.every(({ labels }) => !labels),
  );
}

function cellOf(column: Column, at: number): string {
  if (column.field.of === 'metric') {
    const value = column.odd.get(at) ?? column.values[at] ?? NaN;
    return Number.isNaN(value) && !column.odd.has(at) ? '' : numberCell(value);
  }
  const text = textOf(column, at, true);
  return column.labels ? textCell(text) : text.trim();
}
