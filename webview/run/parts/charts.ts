import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { RunPage } from '../../../src/protocol/runPage';
import { axisControl } from '../../charts/axisControl';
import type { ChartsLink } from '../../charts/chartsState';
import '../../charts/chartsView';
import { smoothingControl } from '../../charts/smoothingControl';
import { announceOutcome } from '../../kit/announce';
import { checkBox, textButton } from '../../kit/controls';
import { lastResult } from '../../kit/lastResult';
import type { Link } from '../../kit/link';
import { runLooks } from '../../kit/runLooks';
import type { PageParts } from './pageParts';
import { section } from './section';

const looksOf = lastResult(runLooks);
const chartsLink = lastResult((link: Link<RunPage>): ChartsLink => ({
  series: (params, signal) => link.call('series', params, signal),
  save: (suggested, content) => link.call('save', { suggested, content }),
  exportHistories: (_, metrics) => link.call('exportHistories', { metrics }),
  copy: (text) => link.call('copy', text),
}));

/** A chart for each metric. */
export function chartsSection(parts: PageParts): TemplateResult {
  const { state, dispatch, link } = parts;
  const view = { state, looks: looksOf(state.runs), dispatch, link: chartsLink(link) };
  const content = (): TemplateResult =>
    html`<div class="charts-content">
      ${toolbar(parts)}
      <compare-charts .view=${view}></compare-charts>
    </div>`;
  return section(parts, 'charts', l10n.t('Charts'), content);
}

function toolbar({ state, dispatch, link }: PageParts): TemplateResult {
  const { logX, logY } = state.layout;
  const write = (): void => {
    const written = link
      .call('exportHistories', { metrics: state.metricKeys })
      .then((outcome) => (outcome === 'saved' ? l10n.t('The histories were written.') : undefined));
    void announceOutcome(written);
  };
  return html`<div class="toolbar" role="group" aria-label=${l10n.t('Settings of all charts')}>
    ${axisControl(state, dispatch)} ${smoothingControl(state, dispatch)}
    ${checkBox(l10n.t('log x'), logX, (on) => dispatch({ type: 'layout', change: { logX: on } }))}
    ${checkBox(l10n.t('log y'), logY, (on) => dispatch({ type: 'layout', change: { logY: on } }))}
    <span class="toolbar-gap"></span>
    ${
      state.metricKeys.length === 0
        ? nothing
        : textButton(l10n.t('Export Histories as CSV…'), write)
    }
  </div>`;
}
