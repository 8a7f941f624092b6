import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { ComparedFile } from '../../../src/protocol/tablesPage';
import { checkBox, textButton } from '../../kit/controls';
import { icon } from '../../kit/icons';
import { lastResult } from '../../kit/lastResult';
import type { WideColumn } from '../../kit/wideGrid/wideGridModel';
import { usualWidth } from '../grid/columnWidth';
import { columnTitle, kindText } from '../grid/kindText';
import { ComparedGrid } from './comparedGrid';
import type { Comparing } from './comparing';
import { countsText } from './countsText';
import { shownColumns, shownRows } from './state';
import type { PageState } from './state';

const placeWidth = 96;
const leastWidth = 120;

/** The whole page. */
export function pageView(state: PageState, comparing: Comparing): TemplateResult {
  if (state.phase === 'starting') return html`<div class="starting" aria-busy="true"></div>`;
  if (state.phase === 'failed')
    return html`<p class="failure" role="alert">${icon('warning')} ${state.failure}</p>`;
  return html`<h1 class="visually-hidden">${titleOf(state)}</h1>
    <header class="top">${filesLine(state)} ${toolbar(state, comparing)}</header>
    ${troubles(state, comparing)}
    <div class="content">${content(state, comparing)}</div>`;
}

function titleOf({ files }: PageState): string {
  const path = files[0]?.path ?? '';
  return l10n.t('Compare: {0}', path.slice(path.lastIndexOf('/') + 1));
}

/** Which table is which: the first one's cells stand before the arrow. */
function filesLine({ files }: PageState): TemplateResult {
  const named = ({ owner, path }: ComparedFile): TemplateResult =>
    html`<span class="compared-file"
      ><strong>${owner}</strong> <span class="faint">${path}</span></span
    >`;
  return html`<div class="compared-files">
    ${files[0] && named(files[0])}<span aria-hidden="true">→</span>${files[1] && named(files[1])}
  </div>`;
}

function toolbar(state: PageState, { store }: Comparing): TemplateResult {
  const { kept } = state;
  const change = (changed: Partial<typeof kept>): void =>
    store.dispatch({ type: 'kept', change: changed });
  return html`<div class="toolbar">
    ${checkBox(l10n.t('Only differences'), kept.onlyDifferences, (onlyDifferences) =>
      change({ onlyDifferences }),
    )}
    <label class="control"
      >${l10n.t('Match rows by')}
      <select
        @change=${({ target }: Event) => {
          const { value } = target as HTMLSelectElement;
          change({ key: value === '' ? undefined : value.slice(1) });
        }}
      >
        <option value="" ?selected=${kept.key === undefined}>${l10n.t('place')}</option>
        ${keysOf(state).map(
          (name) =>
            html`<option value=${`=${name}`} ?selected=${kept.key === name}>${name}</option>`,
        )}
      </select>
    </label>
    <span role="status" class="status-text">${countsText(state)}</span>
  </div>`;
}

/** Columns that both tables have. */
function keysOf({ facts, kept }: PageState): readonly string[] {
  const names = (facts?.columns ?? [])
    .filter((column) => column.in === 'both' && column.name !== '')
    .map(({ name }) => name);
  return [...new Set(kept.key === undefined ? names : [kept.key, ...names])].slice(0, 500);
}

function troubles({ files, problem, facts }: PageState, comparing: Comparing): TemplateResult {
  const failed = files.find(({ progress }) => ['failed', 'gone'].includes(progress.standing));
  const isGone = failed?.progress.standing === 'gone';
  const sentence =
    failed === undefined
      ? problem
      : isGone
        ? l10n.t('{0}: the file is not there any more.', failed.owner)
        : `${failed.owner}: ${failed.progress.problem ?? ''}`;
  const limited = files.find(({ progress }) => progress.facts.limit !== undefined);
  return html`${
    sentence === undefined
      ? nothing
      : html`<p class="banner" role="alert">
          ${icon('warning')}<span class="banner-text">${sentence}</span>
          ${textButton(l10n.t('Retry'), () => comparing.again())}
        </p>`
  }
  ${
    limited === undefined
      ? nothing
      : html`<p class="banner">
          ${icon('warning')}<span class="banner-text"
            >${l10n.t('Only the first {0} rows of {1} are compared: the file is larger than can be held here.', limited.progress.facts.rows, limited.owner)}</span
          >
        </p>`
  }
  ${
    (facts?.repeatedKeys ?? 0) === 0
      ? nothing
      : html`<p class="banner">
          ${icon('warning')}<span class="banner-text"
            >${l10n.t('{0} rows share their key with another row; these are matched in their order.', facts?.repeatedKeys ?? 0)}</span
          >
        </p>`
  }`;
}

function content(state: PageState, comparing: Comparing): TemplateResult {
  if (state.facts === undefined) return html``;
  if (shownRows(state) === 0)
    return html`<div class="nothing">
      <p>
        ${
          state.facts.counts.rows === 0
            ? l10n.t('Both tables are empty.')
            : l10n.t('The tables do not differ.')
        }
      </p>
    </div>`;
  return html`<wide-grid .model=${gridOf(state, comparing)}></wide-grid>`;
}

const columnsOf = lastResult(
  (
    facts: PageState['facts'],
    _kept: PageState['kept'],
    widths: PageState['widths'],
    state: () => PageState,
  ): readonly WideColumn[] => {
    const columns = facts?.columns ?? [];
    const others = shownColumns(state()).map((place, at): WideColumn => {
      const { name, kind } = columns[place]!;
      const usual = Math.max(leastWidth, usualWidth(columnTitle(name, place), []));
      return {
        ...{ key: String(place), isPinned: false, group: kindText(kind), sort: undefined },
        width: widths.get(at + 1) ?? usual,
      };
    });
    const place: WideColumn = {
      ...{ key: '#', isPinned: true, group: '', sort: undefined },
      width: widths.get(0) ?? placeWidth,
    };
    return [place, ...others];
  },
);

const tableOf = lastResult(
  (columns: readonly WideColumn[], comparing: Comparing, _revision: number, _selection: unknown) =>
    new ComparedGrid(comparing.store.state, columns, comparing),
);

const current = lastResult((comparing: Comparing) => () => comparing.store.state);

function gridOf(state: PageState, comparing: Comparing): ComparedGrid {
  const { facts, kept, widths, revision, selection } = state;
  const columns = columnsOf(facts, kept, widths, current(comparing));
  return tableOf(columns, comparing, revision, selection);
}
