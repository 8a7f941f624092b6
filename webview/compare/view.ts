import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { ComparedRun, ComparePage } from '../../src/protocol/comparePage';
import '../differences/tableSection';
import { announceOutcome } from '../kit/announce';
import { textButton } from '../kit/controls';
import { icon } from '../kit/icons';
import { lastResult } from '../kit/lastResult';
import type { Link } from '../kit/link';
import { runLooks } from '../kit/runLooks';
import { banners } from './banners';
import { chartsSection } from './chartsSection';
import { imagesSection } from './imagesSection';
import { tableNames } from './layout';
import type { TableName } from './layout';
import { openRunMenu } from './runMenu';
import './runsBar';
import type { Dispatch, PageState } from './state';
import { tableOf } from './tables';
import { toolbar } from './toolbar';

const visible = lastResult((runs: readonly ComparedRun[], hidden: ReadonlySet<string>) =>
  runs.filter(({ key }) => !hidden.has(key)),
);
const looksOf = lastResult(runLooks);

/** The whole page. */
export function pageView(
  state: PageState,
  dispatch: Dispatch,
  link: Link<ComparePage>,
): TemplateResult {
  if (state.phase === 'starting') return html`<div class="starting" aria-busy="true"></div>`;
  if (state.phase === 'failed')
    return html`<p class="failure" role="alert">${icon('warning')} ${state.failure}</p>`;
  if (state.runs.length === 0) return noRuns(link);
  return html`<h1 class="visually-hidden">${l10n.t('Compare: {0} runs', state.runs.length)}</h1>
    <header class="top">
      ${toolbar(state, dispatch, link)} ${runsLine(state, dispatch, link)}
    </header>
    ${banners(state, dispatch, link)} ${table('parameters', state, dispatch, link)}
    ${table('metrics', state, dispatch, link)}
    ${chartsSection(state, looksOf(state.runs), dispatch, link)}
    ${imagesSection(state, dispatch, link)}
    ${tableNames.slice(2).map((name) => table(name, state, dispatch, link))}`;
}

function noRuns(link: Link<ComparePage>): TemplateResult {
  return html`<div class="nothing">
    <p>${l10n.t('There are no runs to compare.')}</p>
    ${textButton(l10n.t('Add Runs…'), () => addRuns(link))}
  </div>`;
}

function addRuns(link: Link<ComparePage>): void {
  void announceOutcome(link.call('addRuns', undefined));
}

function runsLine(state: PageState, dispatch: Dispatch, link: Link<ComparePage>): TemplateResult {
  const { runs, kept } = state;
  const hidden = runs.filter(({ key }) => kept.hidden.has(key)).length;
  return html`<div class="runs-line">
    <span class="runs-count" role="status"
      >${
        hidden === 0
          ? l10n.t('{0} runs', runs.length)
          : l10n.t('{0} of {1} runs', runs.length - hidden, runs.length)
      }</span
    >
    ${hidden === 0 ? nothing : textButton(l10n.t('Show All'), () => dispatch({ type: 'showAll' }))}
    ${runs.length > 12 ? runFilter(state, dispatch) : nothing}
    <runs-bar
      .view=${{
        state,
        looks: looksOf(runs),
        dispatch,
        openRunMenu: (run: ComparedRun, anchor: HTMLElement) =>
          openRunMenu(run, anchor, state, dispatch, link),
      }}
    ></runs-bar>
    <button
      type="button"
      class="icon-button"
      title=${l10n.t('Add Runs…')}
      aria-label=${l10n.t('Add Runs…')}
      @click=${() => addRuns(link)}
    >
      ${icon('add')}
    </button>
  </div>`;
}

function runFilter({ kept }: PageState, dispatch: Dispatch): TemplateResult {
  return html`<input
    type="search"
    class="filter"
    placeholder=${l10n.t('Filter runs')}
    aria-label=${l10n.t('Filter runs')}
    .value=${kept.runFilter}
    @input=${(event: Event) =>
      dispatch({
        type: 'kept',
        change: { runFilter: (event.target as HTMLInputElement).value },
      })}
  />`;
}

function table(
  name: TableName,
  state: PageState,
  dispatch: Dispatch,
  link: Link<ComparePage>,
): TemplateResult {
  const view = {
    ...tableOf(name, state, dispatch),
    runs: visible(state.runs, state.kept.hidden),
    looks: looksOf(state.runs),
    copy: (text: string) => {
      void announceOutcome(link.call('copy', text).then(() => l10n.t('Copied')));
    },
    openMenu: (run: ComparedRun, anchor: HTMLElement) =>
      openRunMenu(run, anchor, state, dispatch, link),
  };
  return html`<table-section .view=${view}></table-section>`;
}
