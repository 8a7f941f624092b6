import * as l10n from '@vscode/l10n';
import { html, render } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { openPopup } from './popup';
import type { Popup } from './popup';

const id = 'picker';
/** More names than this are found by typing. */
const mostShown = 100;

/**
 * Lets the person choose one of many names, below an element that gets the focus back: a box to type in above a list
 * (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/).
 */
export function openPicker(
  anchor: HTMLElement,
  title: string,
  names: readonly string[],
  choose: (name: string) => void,
): void {
  new Picker(openPopup(anchor, 'menu picker'), title, names, choose).show();
}

class Picker {
  private text = '';
  private active = 0;

  constructor(
    private readonly popup: Popup,
    private readonly title: string,
    private readonly names: readonly string[],
    private readonly choose: (name: string) => void,
  ) {}

  show(): void {
    this.draw();
    this.popup.element.querySelector('input')?.focus();
  }

  private get found(): readonly string[] {
    const words = this.text.toLowerCase().split(/\s+/).filter(Boolean);
    return this.names.filter((name) => {
      const lower = name.toLowerCase();
      return words.every((word) => lower.includes(word));
    });
  }

  private draw(): void {
    const { found } = this;
    const shown = found.slice(0, mostShown);
    const activeId = `${id}-${this.active}`;
    render(
      html`<input
          type="text"
          role="combobox"
          aria-expanded="true"
          aria-controls="${id}-list"
          aria-activedescendant=${activeId}
          aria-label=${this.title}
          placeholder=${this.title}
          @input=${this.onInput}
          @keydown=${(event: KeyboardEvent) => this.onKey(event, shown)}
        />
        <div id="${id}-list" class="picker-list" role="listbox" aria-label=${this.title}>
          ${repeat(
            shown,
            (name) => name,
            (name, index) =>
              html`<div
                id="${id}-${index}"
                role="option"
                class="menu-item"
                aria-selected=${index === this.active ? 'true' : 'false'}
                @click=${() => this.take(name)}
              >
                ${name}
              </div>`,
          )}
        </div>
        <div class="picker-count" role="status">
          ${l10n.t('{0} of {1}', shown.length, this.names.length)}
        </div>`,
      this.popup.element,
    );
    document.getElementById(activeId)?.scrollIntoView({ block: 'nearest' });
  }

  private readonly onInput = (event: Event): void => {
    this.text = (event.target as HTMLInputElement).value;
    this.active = 0;
    this.draw();
  };

  private onKey(event: KeyboardEvent, shown: readonly string[]): void {
    const name = shown[this.active];
    if (event.key === 'ArrowDown') this.active = Math.min(shown.length - 1, this.active + 1);
    else if (event.key === 'ArrowUp') this.active = Math.max(0, this.active - 1);
    else if (event.key === 'Enter' && name !== undefined) return this.take(name);
    else if (event.key !== 'Escape' && event.key !== 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape' || event.key === 'Tab') this.popup.close();
    else this.draw();
  }

  private take(name: string): void {
    this.popup.close();
    this.choose(name);
  }
}
