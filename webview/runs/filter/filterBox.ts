import './filterBox.css';

import * as l10n from '@vscode/l10n';
import { html, LitElement, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import type { FilterRefusal } from '../../../src/protocol/runsPage';
import { announce } from '../../kit/announce';
import { filterMark } from '../../kit/filterMark';
import { icon } from '../../kit/icons';
import { joinedFilters } from './alternatives';
import type { FilterWords } from './completion';
import { completionAt, isUnfinished } from './completion';
import { filterList, listId } from './filterList';
import type { Offered } from './filterList';
import { filterMessage, messageId } from './filterMessage';
import type { Mistake } from './typedFilter';
import { mistakeOf, readTyped } from './typedFilter';

/** What the box for filters is given. */
export interface FilterBoxInput {
  /** Those that the runs on the page were found with. */
  readonly filters: readonly string[];
  /** What was typed before, newest first. */
  readonly history: readonly string[];
  readonly words: () => FilterWords;
  /** Why the last search was refused. */
  readonly refusal: FilterRefusal | undefined;
  /** What is wrong with a filter that is being typed. */
  readonly check: (filter: string) => Promise<FilterRefusal | undefined>;
  /** Searches for runs that any of the filters finds; `typed` is what they were made from. */
  readonly onSearch: (filters: readonly string[], typed: string) => void;
}

/** So long nobody types before what was typed is checked, in milliseconds. */
const pause = 300;
/** So long what runs have is taken for what they still have, in milliseconds. */
const wordsLife = 3000;
const listWidth = 360;

/**
 * The box that runs are filtered with, in MLflow's language, with a list that completes it
 * (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). What is wrong is underlined behind the text, and said below.
 */
export class FilterBox extends LitElement {
  static override properties = {
    input: { attribute: false },
    text: { state: true },
    offered: { state: true },
    active: { state: true },
    mistake: { state: true },
  };

  declare input: FilterBoxInput | undefined;
  declare private text: string;
  declare private offered: Offered | undefined;
  /** The suggestion that Enter takes; -1 for none. */
  declare private active: number;
  declare private mistake: Mistake | undefined;
  /** The filters whose text is in the box, as JSON. */
  private shownFor = '[]';
  private timer: ReturnType<typeof setTimeout> | undefined;
  private checked = 0;
  private words: { readonly known: FilterWords; readonly at: number } | undefined;

  constructor() {
    super();
    this.text = '';
    this.active = -1;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  override focus(): void {
    this.field?.focus();
  }

  protected override willUpdate(changed: PropertyValues): void {
    const { input } = this;
    if (!input || !changed.has('input')) return;
    const before = changed.get('input') as FilterBoxInput | undefined;
    const filters = JSON.stringify(input.filters);
    if (filters !== this.shownFor && before?.filters !== input.filters) {
      this.shownFor = filters;
      this.text = joinedFilters(input.filters);
      this.mistake = undefined;
    }
    const { refusal } = input;
    if (refusal !== before?.refusal) this.tell(refusal && mistakeOf(readTyped(this.text), refusal));
  }

  protected override updated(): void {
    const { field } = this;
    if (!field) return;
    if (field.value !== this.text) field.value = this.text;
    this.followScroll();
    this.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }

  private get field(): HTMLInputElement | null {
    return this.querySelector('input');
  }

  protected override render(): TemplateResult | typeof nothing {
    const { input, offered, mistake } = this;
    if (!input) return nothing;
    return html`<div class="filter-box ${mistake ? 'has-mistake' : ''}" role="search">
      <div class="filter-field">
        ${filterMark(this.text, mistake?.start, mistake?.end)}
        <input
          type="text"
          class="filter-input"
          role="combobox"
          aria-label=${l10n.t('Filter runs')}
          aria-autocomplete="list"
          aria-expanded=${offered ? 'true' : 'false'}
          aria-controls=${offered ? listId : nothing}
          aria-activedescendant=${offered && this.active >= 0 ? `${listId}-${this.active}` : nothing}
          aria-invalid=${mistake ? 'true' : 'false'}
          aria-describedby=${mistake && !offered ? messageId : nothing}
          autocomplete="off"
          spellcheck="false"
          placeholder=${l10n.t("Part of a run's name, or metrics.loss < 0.5 AND params.opt = 'adam'")}
          .value=${this.text}
          @input=${() => this.onInput()}
          @keydown=${(event: KeyboardEvent) => this.onKey(event)}
          @scroll=${() => this.followScroll()}
          @blur=${() => this.close()}
          @focus=${() => this.followScroll()}
        />
        ${this.buttons(input)}
      </div>
      ${
        offered
          ? filterList(offered, this.active, this.leftOf(offered.start), (at) =>
              this.accept(offered, at),
            )
          : filterMessage(this.text, mistake, this.shownFor, () => this.search())
      }
    </div>`;
  }

  private buttons({ history }: FilterBoxInput): TemplateResult {
    const clear = html`<button
      type="button"
      class="icon-button"
      title=${l10n.t('Clear the filter')}
      aria-label=${l10n.t('Clear the filter')}
      @click=${() => this.clear()}
    >
      ${icon('close')}
    </button>`;
    return html`<span class="filter-buttons">
      ${this.text === '' ? nothing : clear}
      <button
        type="button"
        class="icon-button"
        title=${l10n.t('Recent filters')}
        aria-label=${l10n.t('Recent filters')}
        ?disabled=${history.length === 0}
        @mousedown=${(event: Event) => event.preventDefault()}
        @click=${() => this.openHistory()}
      >
        ${icon('chevronDown')}
      </button>
    </span>`;
  }

  private onInput(): void {
    this.text = this.field?.value ?? '';
    this.mistake = undefined;
    this.complete(false);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.check(), pause);
  }

  /** @param isAsked whether somebody asked for it, so that it opens where nothing was typed yet, too */
  private complete(isAsked: boolean): void {
    const { input, field, text } = this;
    const caret = field?.selectionEnd ?? text.length;
    const hasSelection = field?.selectionStart !== field?.selectionEnd;
    const found =
      input && !hasSelection && (isAsked || text.trim() !== '')
        ? completionAt(text, caret, this.wordsOf(input))
        : undefined;
    this.offered = found && { ...found, kind: 'completion' };
    this.active = found && (found.isSure || isAsked) ? 0 : -1;
    if (found) announce(l10n.t('{0} suggestions', found.suggestions.length));
  }

  /** What runs have is not gathered anew for every letter. */
  private wordsOf({ words }: FilterBoxInput): FilterWords {
    const now = performance.now();
    if (!this.words || now - this.words.at > wordsLife) this.words = { known: words(), at: now };
    return this.words.known;
  }

  private openHistory(): void {
    const history = this.input?.history ?? [];
    if (history.length === 0) return;
    this.field?.focus();
    const suggestions = history.map((text) => ({ text, detail: '' }));
    const end = this.text.length;
    this.offered = { kind: 'history', start: 0, end, suggestions, isSure: false };
    this.active = 0;
  }

  private accept({ kind, start, end, suggestions }: Offered, at: number): void {
    const { field } = this;
    const suggestion = suggestions[at];
    if (!field || !suggestion) return;
    const { text } = suggestion;
    // A blank that is there already is not written twice.
    const rest = this.text.slice(end);
    const isSpaced = text.endsWith(' ') && rest.startsWith(' ');
    field.setRangeText(isSpaced ? text.slice(0, -1) : text, start, end, 'end');
    if (isSpaced) field.setSelectionRange(start + text.length, start + text.length);
    this.onInput();
    if (kind === 'history') {
      this.close();
      this.search();
    }
  }

  private onKey(event: KeyboardEvent): void {
    const { offered } = this;
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    // Enter that ends the composing of a syllable is not meant for the box.
    if (event.isComposing) return;
    if (event.key === ' ' && event.ctrlKey) this.complete(true);
    else if (!isPlain) return;
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') this.step(event.key);
    else if (event.key === 'Enter') this.enter();
    else if (event.key === 'Tab') {
      const isWritten = offered?.kind === 'completion' && offered.start < offered.end;
      const at = offered && this.active < 0 && isWritten ? 0 : this.active;
      if (!offered || at < 0 || event.shiftKey) return;
      this.accept(offered, at);
    } else if (event.key === 'Escape') {
      if (!offered) return;
      this.close();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private step(key: 'ArrowDown' | 'ArrowUp'): void {
    const { offered } = this;
    if (!offered) {
      if (this.text === '' && this.input && this.input.history.length > 0) this.openHistory();
      else this.complete(true);
      return;
    }
    const count = offered.suggestions.length;
    const from = this.active < 0 && key === 'ArrowUp' ? count : this.active;
    this.active = (from + (key === 'ArrowDown' ? 1 : -1) + count) % count;
  }

  private enter(): void {
    const { offered } = this;
    if (offered && this.active >= 0) this.accept(offered, this.active);
    else this.search();
  }

  private clear(): void {
    this.text = '';
    this.field?.focus();
    this.search();
  }

  private search(): void {
    clearTimeout(this.timer);
    this.checked++;
    this.close();
    this.mistake = undefined;
    this.text = this.text.trim();
    const { filters, typed } = readTyped(this.text);
    this.shownFor = JSON.stringify(filters);
    this.input?.onSearch(filters, typed);
  }

  private close(): void {
    this.offered = undefined;
    this.active = -1;
  }

  /** Asks what is wrong, of each query that would be made; a filter that goes on is not wrong yet. */
  private async check(): Promise<void> {
    const { text, input } = this;
    const own = ++this.checked;
    if (!input || isUnfinished(text)) return;
    const typed = readTyped(text);
    for (const [at, filter] of typed.filters.entries()) {
      const refusal = await input.check(filter);
      if (own !== this.checked || text !== this.text) return;
      if (refusal) return this.tell(mistakeOf(typed, refusal, at));
    }
  }

  private tell(mistake: Mistake | undefined): void {
    this.mistake = mistake;
    if (mistake) announce(mistake.sentence);
  }

  private followScroll(): void {
    const mirror = this.querySelector('.filter-mirror');
    if (mirror && this.field) mirror.scrollLeft = this.field.scrollLeft;
  }

  /** Where a place of the text is, in CSS pixels from the left of the box. */
  private leftOf(place: number): number {
    const { field } = this;
    const pen = document.createElement('canvas').getContext('2d');
    if (!field || !pen) return 0;
    const { font, paddingLeft } = getComputedStyle(field);
    pen.font = font;
    const width = pen.measureText(this.text.slice(0, place)).width;
    const left = parseFloat(paddingLeft) + width - field.scrollLeft;
    return Math.max(0, Math.min(left, field.clientWidth - listWidth));
  }
}

/** Places the box in a template. */
export function filterBox(input: FilterBoxInput): TemplateResult {
  return html`<filter-box .input=${input}></filter-box>`;
}

customElements.define('filter-box', FilterBox);
