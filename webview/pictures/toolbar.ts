import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { wholePicture } from '../gallery/zoomView';
import { textButton } from '../kit/controls';
import { modes } from './state';
import type { Dispatch, Kept, Mode, PageState } from './state';

/** How the pictures are looked at. */
export function toolbar(state: PageState, dispatch: Dispatch): TemplateResult {
  const { kept, pictures, view } = state;
  const set = (change: Partial<Kept>): void => dispatch({ type: 'kept', change });
  return html`<header class="top">
    <div class="toolbar" role="group" aria-label=${l10n.t('How the pictures are shown')}>
      ${pictures.length < 2 ? nothing : modeChoice(kept.mode, (mode) => set({ mode }))}
      ${kept.mode === 'side' || pictures.length < 3 ? nothing : pairChoice(state, set)}
      ${modeControl(kept, set)}
      <span class="toolbar-gap"></span>
      <span class="count" role="status">${zoomText(view.scale)}</span>
      ${textButton(l10n.t('Show All of It'), () => dispatch({ type: 'view', view: wholePicture }))}
    </div>
  </header>`;
}

function modeChoice(chosen: Mode, choose: (mode: Mode) => void): TemplateResult {
  return html`<div class="mode-choice" role="radiogroup" aria-label=${l10n.t('Comparison')}>
    ${modes.map(
      (mode) =>
        html`<label class="check"
          ><input
            type="radio"
            name="mode"
            .checked=${mode === chosen}
            @change=${() => choose(mode)}
          />${modeText(mode)}</label
        >`,
    )}
  </div>`;
}

function modeText(mode: Mode): string {
  switch (mode) {
    case 'side':
      return l10n.t('Side by side');
    case 'slider':
      return l10n.t('Slider');
    case 'onion':
      return l10n.t('Onion skin');
    case 'difference':
      return l10n.t('Difference');
  }
}

function pairChoice(
  { pictures, kept }: PageState,
  set: (change: Partial<Kept>) => void,
): TemplateResult {
  const choice = (label: string, chosen: number, choose: (at: number) => void): TemplateResult =>
    html`<select
      aria-label=${label}
      @change=${({ target }: Event) => choose(Number((target as HTMLSelectElement).value))}
    >
      ${pictures.map(
        ({ name }, at) => html`<option value=${at} ?selected=${at === chosen}>${name}</option>`,
      )}
    </select>`;
  return html`${choice(l10n.t('First picture'), kept.first, (first) => set({ first }))}
  ${choice(l10n.t('Second picture'), kept.second, (second) => set({ second }))}`;
}

function modeControl(
  { mode, share, strength }: Kept,
  set: (change: Partial<Kept>) => void,
): TemplateResult | typeof nothing {
  switch (mode) {
    case 'side':
      return nothing;
    case 'slider':
    case 'onion':
      return range(
        mode === 'slider' ? l10n.t('Divider') : l10n.t('Opacity of the second'),
        share,
        [0, 1, 0.01],
        (value) => set({ share: value }),
      );
    case 'difference':
      return range(l10n.t('Strength'), strength, [1, 64, 1], (value) => set({ strength: value }));
  }
}

function range(
  label: string,
  value: number,
  [min, max, step]: readonly [number, number, number],
  change: (value: number) => void,
): TemplateResult {
  return html`<label class="control"
    >${label}<input
      type="range"
      min=${min}
      max=${max}
      step=${step}
      .value=${String(value)}
      @input=${({ target }: Event) => change(Number((target as HTMLInputElement).value))}
  /></label>`;
}

function zoomText(scale: number): string {
  return scale === 1 ? '' : l10n.t('zoomed {0} times', Number(scale.toFixed(1)));
}
