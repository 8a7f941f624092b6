import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { ComparePage } from '../../src/protocol/comparePage';
import { axisControl } from '../charts/axisControl';
import { smoothingControl } from '../charts/smoothingControl';
import { announceOutcome } from '../kit/announce';
import { checkBox } from '../kit/controls';
import { icon } from '../kit/icons';
import type { Link } from '../kit/link';
import { openMenu } from '../kit/menu';
import { groupControl } from './groupControl';
import type { Layout } from './layout';
import { visibleRuns } from './state';
import type { Dispatch, PageState } from './state';

/** What all charts have in common, and what is done with the whole page. */
export function toolbar(
  state: PageState,
  dispatch: Dispatch,
  link: Link<ComparePage>,
): TemplateResult {
  const { logX, logY } = state.layout;
  const set = (change: Partial<Layout>): void => dispatch({ type: 'layout', change });
  return html`<div class="toolbar" role="group" aria-label=${l10n.t('Settings of all charts')}>
    ${axisControl(state, dispatch)} ${smoothingControl(state, dispatch)}
    ${checkBox(l10n.t('log x'), logX, (on) => set({ logX: on }))}
    ${checkBox(l10n.t('log y'), logY, (on) => set({ logY: on }))} ${groupControl(state, dispatch)}
    <span class="toolbar-gap"></span>
    ${liveControl(state, dispatch, link)}
    <button
      type="button"
      class="text-button"
      aria-haspopup="menu"
      @click=${(event: Event) => openExports(event.currentTarget as HTMLElement, state, link)}
    >
      ${l10n.t('Export')}${icon('chevronDown')}
    </button>
  </div>`;
}

function liveControl(
  { live, runs, readAt }: PageState,
  dispatch: Dispatch,
  link: Link<ComparePage>,
): TemplateResult {
  const isRunning = runs.some(({ status }) => status === 'RUNNING');
  const format = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: 'medium' });
  return html`${
      readAt === undefined
        ? nothing
        : html`<span class="faint">${l10n.t('as of {0}', format.format(readAt))}</span>`
    }
    <label class="check" title=${isRunning ? nothing : l10n.t('None of these runs is running.')}
      ><input
        type="checkbox"
        role="switch"
        class="switch"
        .checked=${live}
        @change=${(event: Event) => {
          const { checked } = event.target as HTMLInputElement;
          dispatch({ type: 'live', live: checked });
          link.notify('live', checked);
        }}
      />${l10n.t('live')}</label
    >`;
}

function openExports(anchor: HTMLElement, state: PageState, link: Link<ComparePage>): void {
  const runs = visibleRuns(state).map(({ key }) => key);
  const write = (metrics: readonly string[]): void => {
    const written = link
      .call('exportHistories', { runs, metrics })
      .then((outcome) => (outcome === 'saved' ? l10n.t('The histories were written.') : undefined));
    void announceOutcome(written);
  };
  openMenu(anchor, l10n.t('Export'), [
    {
      label: l10n.t('Whole Histories of All Metrics as CSV…'),
      isDisabled: runs.length === 0 || state.metricKeys.length === 0,
      run: () => write(state.metricKeys),
    },
  ]);
}
