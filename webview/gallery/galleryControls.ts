import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { checkBox } from '../kit/controls';
import { withoutKey, withKey } from './keySteps';
import type { GalleryLayout, TileSize } from './galleryLayout';
import { placeOfStep } from './steps';

type SetLayout = (change: Partial<GalleryLayout>) => void;

/** What concerns all pictures. */
export function galleryControls(
  layout: GalleryLayout,
  steps: readonly string[],
  status: string,
  set: SetLayout,
): TemplateResult {
  return html`<div
    class="gallery-controls"
    role="group"
    aria-label=${l10n.t('Settings of all images')}
  >
    ${
      layout.showsAll || steps.length < 2
        ? nothing
        : stepSlider(l10n.t('Step of all images'), steps, layout.step, (step) =>
            set({ step, keySteps: new Map() }),
          )
    }
    ${checkBox(l10n.t('All steps'), layout.showsAll, (showsAll) => set({ showsAll }))}
    <label class="control"
      >${l10n.t('Size')}
      <select
        .value=${layout.size}
        @change=${({ target }: Event) =>
          set({ size: (target as HTMLSelectElement).value as TileSize })}
      >
        ${sizes().map(
          ([size, label]) =>
            html`<option value=${size} ?selected=${size === layout.size}>${label}</option>`,
        )}
      </select></label
    >
    <input
      type="search"
      class="filter"
      placeholder=${l10n.t('Filter images')}
      aria-label=${l10n.t('Filter images')}
      .value=${layout.search}
      @input=${({ target }: Event) => set({ search: (target as HTMLInputElement).value })}
    />
    <span class="count" role="status">${status}</span>
  </div>`;
}

/** Chooses the step of one key, which then goes its own way until it is let go. */
export function keyControls(
  key: string,
  steps: readonly string[],
  layout: GalleryLayout,
  set: SetLayout,
): TemplateResult | typeof nothing {
  if (layout.showsAll || steps.length < 2) return nothing;
  const own = layout.keySteps.get(key);
  const choose = (step: string | undefined): void =>
    set({
      keySteps:
        step === undefined ? withoutKey(layout.keySteps, key) : withKey(layout.keySteps, key, step),
    });
  return html`${stepSlider(l10n.t('Step of {0}', key), steps, own ?? layout.step, (step) =>
    choose(step ?? steps.at(-1)),
  )}
  ${
    own === undefined
      ? nothing
      : html`<button type="button" class="text-button" @click=${() => choose(undefined)}>
          ${l10n.t('As All')}
        </button>`
  }`;
}

/** The last place of the slider follows what comes; it is said as `undefined`. */
function stepSlider(
  label: string,
  steps: readonly string[],
  step: string | undefined,
  choose: (step: string | undefined) => void,
): TemplateResult {
  const last = steps.length - 1;
  const at = Math.max(0, placeOfStep(steps, step));
  const text = l10n.t('step {0}', steps[at] ?? '');
  return html`<label class="control step-control" title=${label}
    ><input
      type="range"
      min="0"
      max=${last}
      step="1"
      aria-label=${label}
      aria-valuetext=${text}
      .value=${String(at)}
      @input=${({ target }: Event) => {
        const place = Number((target as HTMLInputElement).value);
        choose(place >= last ? undefined : steps[place]);
      }}
    /><span class="step-text">${text}</span></label
  >`;
}

function sizes(): readonly (readonly [TileSize, string])[] {
  return [
    ['small', l10n.t('Small')],
    ['medium', l10n.t('Medium')],
    ['large', l10n.t('Large')],
  ];
}
