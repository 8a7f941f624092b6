import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { RunsPage, RunsQuery } from '../../../src/protocol/runsPage';
import { icon } from '../../kit/icons';
import type { IconName } from '../../kit/icons';
import type { Link } from '../../kit/link';
import { filterBox } from '../filter/filterBox';
import { filterWords } from '../filter/filterWords';
import { historyWith } from '../filter/typedFilter';
import { timeSpans } from '../model/tableLayout';
import type { TableLayout, TimeSpan } from '../model/tableLayout';
import type { PageState } from '../state';
import type { TableView } from '../table/tableView';
import { openColumnChooser } from './columnChooser';
import { openGroupMenu } from './groupMenu';
import { openMoreMenu } from './moreMenu';
import { openSortMenu } from './sortMenu';
import { statusLine } from './statusLine';
import type { ToolbarActions } from './toolbarActions';
import { openViewsMenu } from './viewsMenu';

const lifecycles: Readonly<Record<RunsQuery['view'], () => string>> = {
  active: () => l10n.t('Active'),
  deleted: () => l10n.t('Deleted'),
  all: () => l10n.t('All'),
};

const times: Readonly<Record<TimeSpan, () => string>> = {
  any: () => l10n.t('Any time'),
  hour: () => l10n.t('Last hour'),
  day: () => l10n.t('Last 24 hours'),
  week: () => l10n.t('Last 7 days'),
  month: () => l10n.t('Last 30 days'),
  year: () => l10n.t('Last year'),
};

/** What is asked for and how it is laid out, in two lines. */
export function toolbar(view: TableView, actions: ToolbarActions): TemplateResult {
  const { state } = view;
  const lay = (change: Partial<TableLayout>): void => actions.dispatch({ type: 'layout', change });
  const { layout } = state;
  return html`<div class="query-line">
      ${filter(state, actions.link, lay)}
      ${choice(
        l10n.t('Lifecycle stage'),
        (Object.keys(lifecycles) as RunsQuery['view'][]).map((each) => [each, lifecycles[each]()]),
        layout.view,
        (chosen) => lay({ view: chosen }),
      )}
      ${choice(
        l10n.t('Time created'),
        timeSpans.map((each) => [each, times[each]()]),
        layout.since,
        (since) => lay({ since }),
      )}
    </div>
    <div class="toolbar" role="group" aria-label=${l10n.t('How the table is set up')}>
      ${menuButton('columns', l10n.t('Columns…'), (button) => openColumnChooser(button, actions))}
      ${menuButton(undefined, sortLabel(layout), (button) => openSortMenu(button, view, actions))}
      ${menuButton(undefined, groupLabel(layout), (button) => openGroupMenu(button, view, actions))}
      ${menuButton(undefined, l10n.t('Views'), (button) => openViewsMenu(button, view, actions))}
      <button
        type="button"
        class="text-button"
        aria-pressed=${String(layout.charts)}
        @click=${() => lay({ charts: !layout.charts })}
      >
        ${l10n.t('Charts')}
      </button>
      ${statusLine(view, actions)}
      <span class="toolbar-gap"></span>
      ${liveSwitch(state, actions)}
      <button
        type="button"
        class="icon-button"
        title=${l10n.t('Refresh')}
        aria-label=${l10n.t('Refresh')}
        @click=${actions.refresh}
      >
        ${icon('refresh')}
      </button>
      ${menuButton(undefined, l10n.t('Export'), (button) => openMoreMenu(button, view, actions))}
    </div>`;
}

function filter(
  { data, layout, refusal, filterNull, now }: PageState,
  link: Link<RunsPage>,
  lay: (change: Partial<TableLayout>) => void,
): TemplateResult {
  return filterBox({
    filters: layout.filters,
    history: layout.filterHistory,
    words: () => filterWords(data, filterNull, now),
    refusal: refusal?.filter === undefined ? undefined : refusal,
    check: (text) => link.call('checkFilter', text),
    onSearch: (filters, typed) =>
      lay({ filters, filterHistory: historyWith(layout.filterHistory, typed) }),
  });
}

function choice<T extends string>(
  label: string,
  options: readonly (readonly [value: T, text: string])[],
  chosen: T,
  choose: (value: T) => void,
): TemplateResult {
  return html`<select
    aria-label=${label}
    title=${label}
    @change=${(event: Event) => choose((event.target as HTMLSelectElement).value as T)}
  >
    ${options.map(
      ([value, text]) =>
        html`<option value=${value} .selected=${value === chosen}>${text}</option>`,
    )}
  </select>`;
}

function menuButton(
  name: IconName | undefined,
  label: string,
  open: (button: HTMLElement) => void,
): TemplateResult {
  return html`<button
    type="button"
    class="text-button"
    aria-haspopup="true"
    @click=${({ currentTarget }: Event) => open(currentTarget as HTMLElement)}
  >
    ${name === undefined ? nothing : icon(name)}${label}${icon('chevronDown')}
  </button>`;
}

function sortLabel({ sort }: TableLayout): string {
  return sort.length === 0 ? l10n.t('Sort') : l10n.t('Sort ({0})', sort.length);
}

function groupLabel({ groupBy }: TableLayout): string {
  return groupBy.length === 0 ? l10n.t('Group') : l10n.t('Group ({0})', groupBy.length);
}

function liveSwitch({ live }: PageState, actions: ToolbarActions): TemplateResult {
  return html`<label class="check"
    ><input
      type="checkbox"
      role="switch"
      class="switch"
      .checked=${live}
      @change=${({ target }: Event) => {
        const { checked } = target as HTMLInputElement;
        actions.dispatch({ type: 'live', live: checked });
        actions.link.notify('live', checked);
      }}
    />${l10n.t('live')}</label
  >`;
}
