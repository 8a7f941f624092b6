import * as l10n from '@vscode/l10n';
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { ChartsDispatch, ChartsState } from './chartsState';

/** Chooses how smooth the lines of all charts are. */
export function smoothingControl(
  { layout }: Pick<ChartsState, 'layout'>,
  dispatch: ChartsDispatch,
): TemplateResult {
  const set = (event: Event): void => {
    const value = Number((event.target as HTMLInputElement).value);
    const smoothing = Math.min(1, Math.max(0, Number.isFinite(value) ? value : 0));
    dispatch({ type: 'layout', change: { smoothing } });
  };
  return html`<label class="control"
    >${l10n.t('smoothing')}
    <input
      type="range"
      min="0"
      max="1"
      step="0.01"
      aria-label=${l10n.t('Smoothing')}
      .value=${String(layout.smoothing)}
      @input=${set} />
    <input
      type="number"
      class="smoothing-number"
      min="0"
      max="1"
      step="0.01"
      aria-label=${l10n.t('Smoothing as a number')}
      .value=${layout.smoothing.toFixed(2)}
      @change=${set}
  /></label>`;
}
