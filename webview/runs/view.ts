import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { icon } from '../kit/icons';
import './charts/runsCharts';
import type { RunsChartsInput } from './charts/runsCharts';
import type { PageState } from './state';
import { RunsGrid } from './table/gridModel';
import { tableView } from './table/tableView';
import type { TableView } from './table/tableView';
import { selectionBar } from './toolbar/selectionBar';
import { toolbar } from './toolbar/toolbar';
import type { ToolbarActions } from './toolbar/toolbarActions';

/** The whole page. */
export function pageView(state: PageState, actions: ToolbarActions): TemplateResult {
  if (state.phase === 'starting') return html`<div class="starting" aria-busy="true"></div>`;
  if (state.phase === 'failed')
    return html`<p class="failure" role="alert">${icon('warning')} ${state.failure}</p>`;
  const view = tableView(state);
  return html`<h1 class="visually-hidden">${l10n.t('Runs: {0}', namesOf(state))}</h1>
    <header class="top">${toolbar(view, actions)}</header>
    ${banner(state, actions)}
    <div class="content">
      <wide-grid .model=${gridOf(view, actions)}></wide-grid>
      ${emptiness(view, actions)} ${state.layout.charts ? charts(state, actions) : nothing}
    </div>
    ${selectionBar(view, actions.table)}`;
}

let last: { readonly grid: RunsGrid; readonly state: PageState } | undefined;

/** The table, which is drawn anew only when something else than the scroll has changed. */
function gridOf(view: TableView, actions: ToolbarActions): RunsGrid {
  if (last === undefined || !isSameTable(last.state, view.state))
    last = { grid: new RunsGrid(view, actions.table), state: view.state };
  return last.grid;
}

function isSameTable(one: PageState, other: PageState): boolean {
  const { kept: mine, ...rest } = one;
  const { kept: its } = other;
  const names = Object.keys(rest) as (keyof typeof rest)[];
  const isSameSelection = mine.selected === its.selected && mine.anchor === its.anchor;
  return isSameSelection && names.every((name) => one[name] === other[name]);
}

function namesOf({ experiments }: PageState): string {
  return experiments.map(({ name }) => name).join(', ');
}

function banner(state: PageState, actions: ToolbarActions): TemplateResult | typeof nothing {
  const { trouble, extremesFailure, refusal, progress, data } = state;
  const isOwn = refusal !== undefined && refusal.filter === undefined;
  const failed = progress.standing === 'failed' && data.count > 0 ? progress.problem : undefined;
  const sentence = (isOwn ? refusal.sentence : undefined) ?? failed ?? trouble ?? extremesFailure;
  if (sentence === undefined) return nothing;
  return html`<p class="banner" role="alert">
    ${icon('warning')}<span class="banner-text">${sentence}</span>
    <button type="button" class="text-button" @click=${actions.refresh}>${l10n.t('Retry')}</button>
  </p>`;
}

/** What stands in the place of rows where there are none. */
function emptiness(
  { state, rows }: TableView,
  actions: ToolbarActions,
): TemplateResult | typeof nothing {
  const { progress, layout, data, isAsking } = state;
  if (rows.order.length > 0 || progress.standing === 'reading' || isAsking) return nothing;
  const button = (label: string, press: () => void): TemplateResult =>
    html`<button type="button" class="text-button" @click=${press}>${label}</button>`;
  const clear = (): void =>
    actions.dispatch({ type: 'layout', change: { filters: [], since: 'any' } });
  if (progress.standing === 'failed')
    return html`<div class="nothing" role="alert">
      <p>${progress.problem}</p>
      ${button(l10n.t('Retry'), actions.refresh)}
      ${layout.filters.length > 0 ? button(l10n.t('Clear Filter'), clear) : nothing}
    </div>`;
  if (data.count > 0)
    return html`<div class="nothing">
      <p>${l10n.t('All runs are hidden.')}</p>
      ${button(l10n.t('Show All'), () =>
        actions.dispatch({ type: 'layout', change: { hidden: new Set() } }),
      )}
    </div>`;
  const isNarrowed = layout.filters.length > 0 || layout.since !== 'any';
  if (isNarrowed)
    return html`<div class="nothing">
      <p>${l10n.t('No run is found by this filter.')}</p>
      ${button(l10n.t('Clear Filter'), clear)}
    </div>`;
  return html`<div class="nothing">
    <p>
      ${
        layout.view === 'deleted'
          ? l10n.t('No runs were deleted here.')
          : l10n.t('There are no runs yet. Log one with mlflow.start_run(), and it will be here.')
      }
    </p>
    ${button(l10n.t('Refresh'), actions.refresh)}
  </div>`;
}

function charts(state: PageState, { dispatch, link }: ToolbarActions): TemplateResult {
  const { data, revision, progress, layout } = state;
  const input: RunsChartsInput = {
    data,
    revision,
    isReading: progress.standing === 'reading',
    hidden: layout.hidden,
    relations: layout.relations,
    onRelations: (relations) => dispatch({ type: 'layout', change: { relations } }),
    onSave: (suggested, content) => link.call('save', { suggested, content }),
    onCopy: (text) => link.call('copy', text),
  };
  return html`<section class="runs-charts" aria-label=${l10n.t('Charts')}>
    <runs-charts .input=${input}></runs-charts>
  </section>`;
}
