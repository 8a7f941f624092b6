import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';

import type { ChartsHub } from './chartsHub';
import { chartWidths } from './chartsLayout';
import type { ChartsDispatch, ChartsState } from './chartsState';
import { chartSearch } from './sections';

/** What concerns the charts alone: search, size, zoom, and charts that were put away. */
export function chartsToolbar(
  { layout, kept }: ChartsState,
  dispatch: ChartsDispatch,
  hub: ChartsHub,
): TemplateResult {
  const { mistake } = chartSearch(kept.chartSearch);
  const hidden = layout.hiddenCharts.size;
  const linked = (event: Event): void => {
    const linkedZoom = (event.target as HTMLInputElement).checked;
    dispatch({ type: 'layout', change: { linkedZoom } });
  };
  const showHidden = (): void => {
    dispatch({ type: 'layout', change: { hiddenCharts: new Set() } });
  };
  return html`<div class="charts-toolbar" role="group" aria-label=${l10n.t('Charts')}>
    ${searchBox(kept.chartSearch, mistake, dispatch)}
    ${mistake === undefined ? nothing : html`<span class="charts-mistake" role="alert">${mistake}</span>`}
    ${sizeControl(layout.chartWidth, dispatch)}
    <label class="check" title=${zoomHelp()}>
      <input
        type="checkbox"
        .checked=${layout.linkedZoom}
        @change=${linked}
      />${l10n.t('Zoom all together')}
    </label>
    ${
      hub.zoom.isAnywhere
        ? html`<button type="button" class="text-button" @click=${() => hub.zoom.reset()}>
            ${l10n.t('Reset Zoom')}
          </button>`
        : nothing
    }
    ${
      hidden > 0
        ? html`<button type="button" class="text-button" @click=${showHidden}>
            ${l10n.t('Show Hidden Charts ({0})', hidden)}
          </button>`
        : nothing
    }
    <span class="charts-help faint">${zoomHelp()}</span>
  </div>`;
}

function zoomHelp(): string {
  const key = navigator.platform.startsWith('Mac') ? '⌘' : 'Ctrl';
  return l10n.t('Drag or {0}+wheel to zoom, Shift+drag to move, double-click for all', key);
}

function searchBox(
  text: string,
  mistake: string | undefined,
  dispatch: ChartsDispatch,
): TemplateResult {
  const search = (event: Event): void => {
    const { value } = event.target as HTMLInputElement;
    dispatch({ type: 'kept', change: { chartSearch: value } });
  };
  return html`<input
    type="search"
    class="filter"
    placeholder=${l10n.t('Search charts: text or /regex/')}
    aria-label=${l10n.t('Search charts')}
    aria-invalid=${mistake === undefined ? 'false' : 'true'}
    .value=${text}
    @input=${search}
  />`;
}

function sizeControl(width: number, dispatch: ChartsDispatch): TemplateResult {
  const resize = (event: Event): void => {
    const chartWidth = Number((event.target as HTMLInputElement).value);
    dispatch({ type: 'layout', change: { chartWidth } });
  };
  return html`<label class="control">
    ${l10n.t('size')}
    <input
      type="range"
      min=${chartWidths.least}
      max=${chartWidths.most}
      step="20"
      aria-label=${l10n.t('Size of charts')}
      .value=${String(width)}
      @input=${resize}
    />
  </label>`;
}
