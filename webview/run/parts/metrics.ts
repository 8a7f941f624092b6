import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { lastResult } from '../../kit/lastResult';
import { runOf } from '../state';
import type { Extremes } from '../tables/extremes';
import { metricCells, metricModel } from '../tables/metricModel';
import { metricRows } from '../tables/metricRows';
import type { MetricRow } from '../tables/metricRows';
import '../../kit/fittedGrid';
import { searchedKeys } from '../tables/searchedKeys';
import { copyText } from './copyText';
import type { PageParts } from './pageParts';
import { nothingText } from './parameters';
import { section } from './section';
import { tableControls } from './tableControls';

type ExtremesOf = (row: MetricRow) => Extremes | undefined;

const rowsOf = lastResult(metricRows);
const searched = (rows: readonly MetricRow[], search: string): readonly number[] =>
  searchedKeys(
    rows.map(({ key }) => key),
    search,
  );
const shownOf = { metrics: lastResult(searched), systemMetrics: lastResult(searched) };

/** What the run measured, with the measurements of the machine apart. */
export function metricsSections(parts: PageParts, extremes: ExtremesOf): TemplateResult {
  const { state } = parts;
  const run = runOf(state);
  if (run === undefined) return html``;
  const { own, system } = rowsOf(run.metrics, state.metricKeys);
  return html`${metricSection(parts, 'metrics', l10n.t('Metrics'), own, extremes)}
  ${
    system.length === 0
      ? nothing
      : metricSection(parts, 'systemMetrics', l10n.t('System metrics'), system, extremes)
  }`;
}

function metricSection(
  parts: PageParts,
  name: 'metrics' | 'systemMetrics',
  title: string,
  rows: readonly MetricRow[],
  extremes: ExtremesOf,
): TemplateResult {
  const shown = shownOf[name](rows, parts.state.kept.filters[name] ?? '');
  const copy = (text: string): void => copyText(parts, text);
  const table = (width: number) => ({ label: title, rows, shown, width, extremes, copy });
  const controls = tableControls(parts, {
    ...{ name, title, all: rows.length, shown: shown.length },
    header: [title, l10n.t('Last'), l10n.t('Step')],
    cells: () => metricCells(table(0)),
    areNumbers: true,
  });
  const content = (): TemplateResult =>
    shown.length === 0
      ? html`<p class="nothing">${nothingText(parts, rows.length)}</p>`
      : html`<fitted-grid .make=${(width: number) => metricModel(table(width))}></fitted-grid>`;
  return section(parts, name, title, content, controls);
}
