import '../relations/relations.css';

import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { ComparePage } from '../../src/protocol/comparePage';
import { lastResult } from '../kit/lastResult';
import type { Link } from '../kit/link';
import type { RunLook } from '../kit/runLooks';
import '../charts/chartsView';
import { relationsSection } from '../relations/relationsSection';
import type { ChartsLink } from '../charts/chartsState';
import { sectionHeading } from '../kit/sectionHeading';
import { relationSource } from './relationSource';
import type { Dispatch, PageState } from './state';

const chartsLink = lastResult((link: Link<ComparePage>): ChartsLink => ({
  series: (params, signal) => link.call('series', params, signal),
  save: (suggested, content) => link.call('save', { suggested, content }),
  exportHistories: (runs, metrics) => link.call('exportHistories', { runs, metrics }),
  copy: (text) => link.call('copy', text),
}));

/** The charts: those of params against metrics that were asked for, then one for each metric. */
export function chartsSection(
  state: PageState,
  looks: ReadonlyMap<string, RunLook>,
  dispatch: Dispatch,
  link: Link<ComparePage>,
): TemplateResult {
  const isFolded = state.layout.folded.has('charts');
  return html`<section aria-labelledby="heading-charts">
    ${sectionHeading('charts', l10n.t('Charts'), isFolded, (folded) =>
      dispatch({ type: 'fold', section: 'charts', folded }),
    )}
    ${
      isFolded
        ? nothing
        : html`<div class="charts-content">
            ${relations(state, dispatch, link)}
            <compare-charts
              .view=${{ state, looks, dispatch, link: chartsLink(link) }}
            ></compare-charts>
          </div>`
    }
  </section>`;
}

const sourceOf = lastResult(relationSource);

function relations(
  { runs, metricKeys, highlighted, layout, kept }: PageState,
  dispatch: Dispatch,
  link: Link<ComparePage>,
): TemplateResult {
  return relationsSection({
    source: sourceOf(runs, metricKeys),
    highlighted,
    hidden: kept.hidden,
    relations: layout.relations,
    onHighlight: (run) => dispatch({ type: 'highlight', run }),
    onRelations: (changed) => dispatch({ type: 'layout', change: { relations: changed } }),
    onSave: async (suggested, content) => {
      const outcome = await link.call('save', { suggested, content });
      return outcome === 'saved' ? l10n.t('The chart was saved.') : undefined;
    },
    onCopy: async (text) => {
      await link.call('copy', text);
      return l10n.t('Copied as Markdown.');
    },
  });
}
