import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { openPicker } from '../kit/picker';
import type { AxisChoice } from './chartsLayout';
import type { ChartsDispatch, ChartsState } from './chartsState';

const another = 'another metric';

/** Chooses what all charts have as their x axis. */
export function axisControl(
  { layout, metricKeys }: Pick<ChartsState, 'layout' | 'metricKeys'>,
  dispatch: ChartsDispatch,
): TemplateResult {
  const { axis } = layout;
  const choose = (chosen: AxisChoice): void => {
    dispatch({ type: 'layout', change: { axis: chosen } });
    // Folded charts would open at a part of the axis that was.
    dispatch({ type: 'kept', change: { zoom: undefined } });
  };
  const change = (event: Event): void => {
    const select = event.target as HTMLSelectElement;
    const kind = select.value;
    if (kind === 'step' || kind === 'relative' || kind === 'wall') return choose({ kind });
    if (kind !== another) return;
    select.value = axis.kind;
    openPicker(select, l10n.t('Metric for the x axis'), metricKeys, (metric) =>
      choose({ kind: 'metric', metric }),
    );
  };
  return html`<label class="control"
    >x
    <select aria-label=${l10n.t('X axis')} .value=${axis.kind} @change=${change}>
      <option value="step" ?selected=${axis.kind === 'step'}>${l10n.t('Step')}</option>
      <option value="relative" ?selected=${axis.kind === 'relative'}>
        ${l10n.t('Relative time')}
      </option>
      <option value="wall" ?selected=${axis.kind === 'wall'}>${l10n.t('Wall time')}</option>
      ${
        axis.kind === 'metric'
          ? html`<option value="metric" selected>${axis.metric}</option>`
          : nothing
      }
      <option value=${another} ?disabled=${metricKeys.length === 0}>
        ${l10n.t('Another metric…')}
      </option>
    </select></label
  >`;
}
