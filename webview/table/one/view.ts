import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { icon } from '../../kit/icons';
import { lastResult } from '../../kit/lastResult';
import '../grid/filterField';
import { moreMenu } from './moreMenu';
import { refusalText } from './filterTexts';
import type { PageState } from './state';
import { shownRows } from './state';
import { limitText, statusText } from './statusText';
import type { TableActions } from './tableActions';
import { TableGrid, wideColumns } from './tableGrid';

/** The whole page. */
export function pageView(state: PageState, actions: TableActions): TemplateResult {
  if (state.phase === 'starting') return html`<div class="starting" aria-busy="true"></div>`;
  if (state.phase === 'failed')
    return html`<p class="failure" role="alert">${icon('warning')} ${state.failure}</p>`;
  return html`<h1 class="visually-hidden">${state.name}</h1>
    <header class="top">${toolbar(state, actions)}</header>
    ${banners(state, actions)}
    <div class="content">
      ${
        state.columns.length === 0
          ? nothing
          : html`<wide-grid .model=${gridOf(state, actions)}></wide-grid>`
      }
      ${emptiness(state, actions)}
    </div>`;
}

function toolbar(state: PageState, actions: TableActions): TemplateResult {
  const { progress, refusal, kept } = state;
  const isReading = progress.standing === 'reading';
  return html`<table-filter
      .input=${{
        filter: kept.filter,
        mistake: refusal?.mistake,
        sentence: refusal && refusalText(refusal),
        onFilter: (filter: string) => actions.filter(filter),
      }}
    ></table-filter>
    <div class="toolbar">
      <span role="status" class="status-text">${statusText(state)}</span>
      ${
        isReading
          ? button(l10n.t('Stop'), () => actions.link.notify('stop', undefined))
          : progress.standing === 'stopped'
            ? button(l10n.t('Read On'), () => actions.read(progress.facts.reading ?? {}))
            : nothing
      }
      <span class="toolbar-gap"></span>
      <button
        type="button"
        class="icon-button"
        title=${l10n.t('More Actions…')}
        aria-label=${l10n.t('More Actions…')}
        aria-haspopup="menu"
        @click=${({ currentTarget }: Event) => moreMenu(currentTarget as HTMLElement, actions)}
      >
        ${icon('more')}
      </button>
    </div>`;
}

/** The columns as they are; their widths go by the cells that came first. */
const columnsOf = lastResult(
  (
    state: Pick<PageState, 'columns' | 'progress' | 'kept'>,
    _columns: unknown,
    _sort: unknown,
    _widths: unknown,
    _digits: number,
    _isSampled: boolean,
    actions: TableActions,
  ) => wideColumns(state as PageState, (column) => sampleOf(column, actions)),
);

function sampleOf(column: number, { arranging }: TableActions): readonly string[] {
  const at = arranging.blocks.at(0, column);
  return at?.block.cells[at.column]?.slice(0, 40) ?? [];
}

/** The table, which is drawn anew only when something else than the scroll has changed. */
const tableOf = lastResult(
  (columns: ReturnType<typeof columnsOf>, actions: TableActions, _parts: readonly unknown[]) =>
    new TableGrid(actions.state, columns, actions),
);

const sameParts = lastResult((...parts: readonly unknown[]) => parts);

function gridOf(state: PageState, actions: TableActions): TableGrid {
  const { columns, kept, progress, revision, selection, arrangement, arranged } = state;
  const { facts, standing } = progress;
  const isSampled = arrangement.arrangement !== 0 || revision > 0;
  const digits = String(facts.rows).length;
  const wide = columnsOf(state, columns, kept.sort, kept.widths, digits, isSampled, actions);
  const parts = sameParts(
    ...[revision, selection, arrangement, arranged, facts.rows, standing, state.summaries],
  );
  return tableOf(wide, actions, parts);
}

function banners(state: PageState, actions: TableActions): TemplateResult | typeof nothing {
  const { progress, refusal } = state;
  const failed = refusal?.mistake === undefined ? refusal?.sentence : undefined;
  const problem = shownRows(state) > 0 ? progress.problem : undefined;
  const limit = progress.facts.limit;
  const sentence = problem ?? failed;
  return html`${
    sentence === undefined
      ? nothing
      : html`<p class="banner" role="alert">
          ${icon('warning')}<span class="banner-text">${sentence}</span>
          ${button(l10n.t('Retry'), () => actions.read(progress.facts.reading ?? {}))}
        </p>`
  }
  ${
    limit === undefined
      ? nothing
      : html`<p class="banner">
          ${icon('warning')}<span class="banner-text">${limitText(state, limit)}</span>
          ${button(l10n.t('Download…'), () => void actions.link.call('download', undefined))}
        </p>`
  }`;
}

/** What stands in the place of rows where there are none. */
function emptiness(state: PageState, actions: TableActions): TemplateResult | typeof nothing {
  const { progress, kept, isArranging, refusal } = state;
  if (shownRows(state) > 0 || isArranging) return nothing;
  switch (progress.standing) {
    case 'reading':
      return nothing;
    case 'gone':
      return said(l10n.t('The file is not there any more.'), actions);
    case 'failed':
      return said(progress.problem ?? '', actions);
    case 'stopped':
      return said(l10n.t('The reading was stopped before the first row had come.'), actions);
    case 'complete':
      break;
  }
  if (kept.filter !== '' && progress.facts.rows > 0)
    return refusal === undefined
      ? html`<div class="nothing">
          <p>${l10n.t('No row is found by this filter.')}</p>
          ${button(l10n.t('Clear Filter'), () => actions.filter(''))}
        </div>`
      : nothing;
  return html`<div class="nothing">
    <p>
      ${state.columns.length === 0 ? l10n.t('The file is empty.') : l10n.t('The table has no rows.')}
    </p>
  </div>`;
}

function said(sentence: string, actions: TableActions): TemplateResult {
  return html`<div class="nothing" role="alert">
    <p>${sentence}</p>
    ${button(l10n.t('Retry'), () => actions.read({}))}
    ${button(l10n.t('Open as Text'), () => actions.link.notify('openAsText', undefined))}
  </div>`;
}

function button(label: string, press: () => void): TemplateResult {
  return html`<button type="button" class="text-button" @click=${press}>${label}</button>`;
}
