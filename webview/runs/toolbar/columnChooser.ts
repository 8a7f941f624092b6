import * as l10n from '@vscode/l10n';
import { html, render } from 'lit';
import type { TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { lastResult } from '../../kit/lastResult';
import { openPopup } from '../../kit/popup';
import type { Popup } from '../../kit/popup';
import { offsetShowing, seenSpan } from '../../kit/span';
import { styled } from '../../kit/styled';
import type { ColumnId } from '../model/columnId';
import { shownColumns } from '../state';
import { allColumns, columnLines, withColumns } from './columnList';
import type { ColumnLine } from './columnList';
import type { ToolbarActions } from './toolbarActions';

const id = 'column-chooser';
const lineHeight = 22;
const listHeight = 330;

/**
 * Lets the person choose which columns are shown, below an element that gets the focus back: a box to search in above
 * a list of all columns, of which only those in sight exist (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/).
 */
export function openColumnChooser(anchor: HTMLElement, actions: ToolbarActions): void {
  new ColumnChooser(openPopup(anchor, 'menu picker column-chooser'), actions).show();
}

class ColumnChooser {
  private search = '';
  private active = 0;
  private top = 0;
  private columns: readonly ColumnId[];
  private shown: readonly ColumnId[];
  private readonly linesOf = lastResult(
    (columns: readonly ColumnId[], shown: readonly ColumnId[], search: string) =>
      columnLines(columns, new Set(shown), search),
  );

  constructor(
    private readonly popup: Popup,
    private readonly actions: ToolbarActions,
  ) {
    const { state } = actions.now();
    this.shown = shownColumns(state);
    this.columns = allColumns(state.data, this.shown);
  }

  show(): void {
    this.draw();
    this.popup.element.querySelector('input')?.focus();
  }

  private get lines(): readonly ColumnLine[] {
    return this.linesOf(this.columns, this.shown, this.search);
  }

  private draw(): void {
    const { lines } = this;
    this.active = Math.max(0, Math.min(this.active, lines.length - 1));
    const { start, end } = seenSpan(lines.length, lineHeight, this.top, listHeight, 2);
    const seen = Array.from({ length: end - start }, (_, index) => start + index);
    const found = lines.filter(({ type }) => type === 'column').length;
    render(
      html`<input
          type="text"
          role="combobox"
          aria-expanded="true"
          aria-controls="${id}-list"
          aria-activedescendant="${id}-${this.active}"
          aria-label=${l10n.t('Search columns')}
          placeholder=${l10n.t('Search columns')}
          .value=${this.search}
          @input=${this.onInput}
          @keydown=${this.onKey}
        />
        <div
          id="${id}-list"
          class="column-list"
          role="listbox"
          aria-multiselectable="true"
          aria-label=${l10n.t('Columns')}
          @scroll=${this.onScroll}
        >
          <div
            role="presentation"
            class="column-space"
            ${styled({ height: `${lines.length * lineHeight}px` })}
          >
            ${repeat(
              seen,
              (index) => index,
              (index) => this.line(lines[index], index),
            )}
          </div>
        </div>
        <div class="picker-count" role="status">
          ${l10n.t('{0} of {1} columns found, {2} shown', found, this.columns.length, this.shown.length)}
        </div>`,
      this.popup.element,
    );
  }

  private line(line: ColumnLine | undefined, index: number): TemplateResult | undefined {
    if (line === undefined) return undefined;
    const isKind = line.type === 'kind';
    const isOn = isKind ? line.shown === line.ids.length : line.isShown;
    return html`<div
      id="${id}-${index}"
      role="option"
      class="menu-item ${isKind ? 'column-kind' : ''} ${index === this.active ? 'is-active' : ''}"
      aria-selected=${String(isOn)}
      ${styled({ top: `${index * lineHeight}px` })}
      title=${line.title}
      @click=${() => this.take(line, index)}
    >
      <span class="option-check" aria-hidden="true">${isOn ? '✓' : ''}</span
      ><span class="option-text">${line.title}</span>${
        isKind
          ? html` <span class="faint">${l10n.t('{0} of {1}', line.shown, line.ids.length)}</span>`
          : ''
      }
    </div>`;
  }

  private take(line: ColumnLine, index: number): void {
    this.active = index;
    const ids = line.type === 'kind' ? line.ids : [line.id];
    const isOn = line.type === 'kind' ? line.shown === line.ids.length : line.isShown;
    const away = new Set(ids);
    this.shown = isOn ? this.shown.filter((each) => !away.has(each)) : withColumns(this.shown, ids);
    this.actions.dispatch({ type: 'layout', change: { columns: this.shown } });
    this.draw();
  }

  private readonly onInput = (event: Event): void => {
    this.search = (event.target as HTMLInputElement).value;
    this.active = 0;
    this.scrollTo(0);
    this.draw();
  };

  private readonly onScroll = (event: Event): void => {
    this.top = (event.target as HTMLElement).scrollTop;
    this.draw();
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    const { lines } = this;
    const line = lines[this.active];
    const page = Math.floor(listHeight / lineHeight) - 1;
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
    };
    const step = steps[event.key];
    if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault();
      event.stopPropagation();
      this.popup.close();
      return;
    }
    if (step !== undefined)
      this.active = Math.max(0, Math.min(lines.length - 1, this.active + step));
    else if (event.key === 'Enter' && line !== undefined) this.take(line, this.active);
    else return;
    event.preventDefault();
    this.scrollTo(offsetShowing(this.active, lineHeight, this.top, listHeight));
    this.draw();
  };

  private scrollTo(top: number): void {
    this.top = top;
    const list = this.popup.element.querySelector('.column-list');
    if (list !== null) list.scrollTop = top;
  }
}
