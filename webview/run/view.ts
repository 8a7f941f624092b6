import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { RunPage } from '../../src/protocol/runPage';
import { icon } from '../kit/icons';
import { lastResult } from '../kit/lastResult';
import type { Link } from '../kit/link';
import { artifactsSection } from './parts/artifacts';
import { banners } from './parts/banners';
import { chartsSection } from './parts/charts';
import { datasetsSection } from './parts/datasets';
import { descriptionSection } from './parts/description';
import { header } from './parts/header';
import { metricsSections } from './parts/metrics';
import { parametersSection } from './parts/parameters';
import { modelsSection, relatedSection } from './parts/related';
import { tagsSection } from './parts/tags';
import { runOf } from './state';
import type { Dispatch, PageState } from './state';
import { ExtremesCache } from './tables/extremes';

const extremesOf = lastResult((link: Link<RunPage>, dispatch: Dispatch) => {
  const redraw = (): void =>
    document
      .querySelectorAll<HTMLElement & { requestUpdate(): void }>('fitted-grid')
      .forEach((grid) => {
        grid.requestUpdate();
      });
  return new ExtremesCache(
    (metrics) => link.call('extremes', { metrics }),
    redraw,
    (sentence) => dispatch({ type: 'unreadExtremes', sentence }),
  );
});

/** The whole page. */
export function pageView(
  state: PageState,
  dispatch: Dispatch,
  link: Link<RunPage>,
): TemplateResult {
  const run = runOf(state);
  if (state.phase === 'failed')
    return html`<p class="failure" role="alert">${icon('warning')} ${state.failure}</p>`;
  if (run === undefined) return html`<div class="starting" aria-busy="true"></div>`;
  const parts = { state, dispatch, link };
  const extremes = extremesOf(link, dispatch);
  extremes.follow(state.reading);
  return html`${header(parts, run)} ${banners(parts, run)} ${descriptionSection(parts)}
  ${parametersSection(parts)} ${metricsSections(parts, (row) => extremes.get(row))}
  ${tagsSection(parts)} ${datasetsSection(parts)} ${modelsSection(parts)} ${relatedSection(parts)}
  ${chartsSection(parts)} ${artifactsSection(parts)}`;
}
