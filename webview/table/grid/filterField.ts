import * as l10n from '@vscode/l10n';
import { html, LitElement, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import type { TableFilterMistake } from '../../../src/protocol/tablePage';
import { announce } from '../../kit/announce';
import { filterMark } from '../../kit/filterMark';
import { icon } from '../../kit/icons';

interface FilterInput {
  readonly filter: string;
  readonly mistake: TableFilterMistake | undefined;
  /** What is wrong, as a sentence. */
  readonly sentence: string | undefined;
  readonly onFilter: (filter: string) => void;
}

const messageId = 'table-filter-message';
/** So long nobody types before what was typed is looked for, in milliseconds. */
const pause = 350;

/** The box that the rows of a table are filtered with. What is wrong is underlined, and said below. */
class TableFilter extends LitElement {
  static override properties = { input: { attribute: false }, text: { state: true } };

  declare input: FilterInput | undefined;
  declare private text: string;
  private said: string | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.text = '';
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  protected override willUpdate(changed: PropertyValues): void {
    const { input } = this;
    if (input === undefined || !changed.has('input')) return;
    const before = changed.get('input') as FilterInput | undefined;
    if (before?.filter !== input.filter && input.filter !== this.text.trim())
      this.text = input.filter;
    const { sentence } = input;
    if (sentence !== this.said && sentence !== undefined && input.mistake !== undefined)
      announce(sentence);
    this.said = sentence;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { input, text } = this;
    if (input === undefined) return nothing;
    // What is being typed on is not wrong yet.
    const mistake = text.trim() === input.filter ? input.mistake : undefined;
    return html`<div class="filter-box ${mistake ? 'has-mistake' : ''}" role="search">
      <div class="filter-field">
        ${filterMark(text, mistake?.start, mistake?.end)}
        <input
          type="text"
          class="filter-input"
          aria-label=${l10n.t('Filter rows')}
          aria-invalid=${mistake ? 'true' : 'false'}
          aria-describedby=${mistake ? messageId : nothing}
          autocomplete="off"
          spellcheck="false"
          placeholder=${l10n.t('Text in any cell, or a condition such as score > 0.5 and name contains cat')}
          .value=${text}
          @input=${() => this.onInput()}
          @keydown=${(event: KeyboardEvent) => this.onKey(event)}
          @scroll=${({ currentTarget }: Event) => this.followScroll(currentTarget as HTMLElement)}
        />
        <span class="filter-buttons">
          ${
            text === ''
              ? nothing
              : html`<button
                  type="button"
                  class="icon-button"
                  title=${l10n.t('Clear the filter')}
                  aria-label=${l10n.t('Clear the filter')}
                  @click=${() => this.clear()}
                >
                  ${icon('close')}
                </button>`
          }
        </span>
      </div>
      ${mistake ? html`<p id=${messageId} class="filter-message">${input.sentence}</p>` : nothing}
    </div>`;
  }

  private get field(): HTMLInputElement | null {
    return this.querySelector('input');
  }

  private onInput(): void {
    this.text = this.field?.value ?? '';
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.apply(), pause);
  }

  private onKey(event: KeyboardEvent): void {
    // Enter that ends the composing of a syllable is not meant for the box.
    if (event.isComposing || event.key !== 'Enter') return;
    event.preventDefault();
    this.apply();
  }

  private clear(): void {
    this.text = '';
    this.field?.focus();
    this.apply();
  }

  private apply(): void {
    clearTimeout(this.timer);
    this.input?.onFilter(this.text.trim());
  }

  private followScroll(field: HTMLElement): void {
    const mirror = this.querySelector('.filter-mirror');
    if (mirror) mirror.scrollLeft = field.scrollLeft;
  }
}

customElements.define('table-filter', TableFilter);
