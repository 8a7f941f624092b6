import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { ComparePage } from '../../src/protocol/comparePage';
import type { Link } from '../kit/link';
import type { RunLook } from '../kit/runLooks';
import './charts/chartsView';
import { relationsSection } from './relations/relationsSection';
import { sectionHeading } from './sectionHeading';
import type { Dispatch, PageState } from './state';

/** The charts: those of params against metrics that were asked for, then one for each metric. */
export function chartsSection(
  state: PageState,
  looks: ReadonlyMap<string, RunLook>,
  dispatch: Dispatch,
  link: Link<ComparePage>,
): TemplateResult {
  const isFolded = state.layout.folded.has('charts');
  return html`<section aria-labelledby="heading-charts">
    ${sectionHeading('charts', l10n.t('Charts'), isFolded, dispatch)}
    ${
      isFolded
        ? nothing
        : html`<div class="charts-content">
            ${relations(state, dispatch, link)}
            <compare-charts .view=${{ state, looks, dispatch, link }}></compare-charts>
          </div>`
    }
  </section>`;
}

function relations(
  { runs, metricKeys, highlighted, layout, kept }: PageState,
  dispatch: Dispatch,
  link: Link<ComparePage>,
): TemplateResult {
  return relationsSection({
    ...{ runs, metricKeys, highlighted },
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
