import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { icon } from './icons';
import type { IconName } from './icons';

/**
 * A check box with its label; `change` is told what a person made of it. It is the browser's own: the toolkit's tells
 * its state to screen readers a frame late, and takes a change of its property for one that a person made.
 */
export function checkBox(
  label: string,
  isChecked: boolean,
  change: (isChecked: boolean) => void,
): TemplateResult {
  return html`<label class="check"
    ><input
      type="checkbox"
      .checked=${isChecked}
      @change=${({ target }: Event) => change((target as HTMLInputElement).checked)}
    />${label}</label
  >`;
}

/** A button with a picture; its label is for screen readers and shown on hover. */
export function iconButton(name: IconName, label: string, press: () => void): TemplateResult {
  return html`<button
    type="button"
    class="icon-button"
    title=${label}
    aria-label=${label}
    @click=${press}
  >
    ${icon(name)}
  </button>`;
}

/** A button with a label. */
export function textButton(label: string, press: (event: Event) => void): TemplateResult {
  return html`<vscode-button appearance="secondary" @click=${press}>${label}</vscode-button>`;
}
