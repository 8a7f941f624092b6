import { html, LitElement, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { moveInGrid } from './gridKeys';
import type { GridPlace } from './gridKeys';
import { offsetShowing, seenSpan } from './span';
import type { Span } from './span';
import { styled } from './styled';

/** What a cell shows. */
export interface GridCell {
  readonly content: unknown;
  readonly className?: string;
}

/** A table of equally high rows and equally wide columns beside a first column that stays in sight. */
export interface GridModel {
  readonly label: string;
  readonly rows: number;
  readonly columns: number;
  /** All in pixels. */
  readonly firstWidth: number;
  readonly columnWidth: number;
  readonly corner: unknown;
  rowKey(row: number): string;
  columnHeader(column: number): GridCell;
  rowHeader(row: number): GridCell;
  cell(row: number, column: number): GridCell;
  /** In full, for hovers; row or column -1 is the header. */
  hint(row: number, column: number): string;
  /** Enter, F2 or a double click. */
  activate(row: number, column: number, element: HTMLElement): void;
  copy(row: number, column: number): void;
  /** The pointer or the focus is on a column, or on none. */
  point(column: number | undefined): void;
}

const rowHeight = 22;
const headerHeight = 24;
const beyond = 3;

/**
 * A grid that holds only what is seen. It is one stop for Tab: the focus stays on the grid, and arrow keys move the
 * active cell in it (https://www.w3.org/WAI/ARIA/apg/patterns/grid/).
 */
export class VirtualGrid extends LitElement {
  static override properties = { model: { attribute: false } };

  declare model: GridModel | undefined;
  private active: GridPlace = { row: -1, column: 0 };
  private isNear = false;
  private readonly idPrefix = `grid-${crypto.randomUUID()}`;
  private readonly watcher = new IntersectionObserver(
    (entries) => {
      this.isNear = entries.at(-1)?.isIntersecting === true;
      this.requestUpdate();
    },
    { rootMargin: '300px' },
  );
  private readonly sizes = new ResizeObserver(() => this.requestUpdate());

  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute('role', 'grid');
    this.tabIndex = 0;
    this.watcher.observe(this);
    this.sizes.observe(this);
    this.addEventListener('scroll', this.refresh, { passive: true });
    this.addEventListener('keydown', this.onKey);
    this.addEventListener('pointerover', this.onPointer);
    this.addEventListener('pointerleave', this.onLeave);
    this.addEventListener('mousedown', this.onPress);
    this.addEventListener('dblclick', this.onDoubleClick);
    this.addEventListener('focus', this.onFocus);
    this.addEventListener('blur', this.onLeave);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.watcher.disconnect();
    this.sizes.disconnect();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('model') || this.model === undefined) return;
    const { rows, columns } = this.model;
    this.active = {
      row: Math.min(this.active.row, rows - 1),
      column: Math.min(this.active.column, columns - 1),
    };
  }

  protected override updated(): void {
    const { model } = this;
    if (model === undefined) return;
    this.setAttribute('aria-label', model.label);
    this.setAttribute('aria-rowcount', String(model.rows + 1));
    this.setAttribute('aria-colcount', String(model.columns + 1));
    const current = document.getElementById(this.idOf(this.active));
    if (current === null) this.removeAttribute('aria-activedescendant');
    else this.setAttribute('aria-activedescendant', current.id);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { model } = this;
    if (model === undefined) return nothing;
    const size = {
      height: `${headerHeight + model.rows * rowHeight}px`,
      width: `${model.firstWidth + model.columns * model.columnWidth}px`,
    };
    return html`<div class="grid-space" role="presentation" ${styled(size)}>
      ${this.isNear ? this.content(model) : nothing}
    </div>`;
  }

  private content(model: GridModel): unknown {
    const columns = seenSpan(
      model.columns,
      model.columnWidth,
      this.scrollLeft,
      this.clientWidth - model.firstWidth,
      1,
    );
    const rows = seenSpan(
      model.rows,
      rowHeight,
      this.scrollTop,
      this.clientHeight - headerHeight,
      beyond,
    );
    const seen = listed(rows, this.active.row);
    return [
      this.row(model, -1, listed(columns, this.active.column)),
      repeat(
        seen,
        (row) => model.rowKey(row),
        (row) => this.row(model, row, listed(columns, this.active.column)),
      ),
    ];
  }

  private row(model: GridModel, row: number, columns: readonly number[]): TemplateResult {
    const top = row < 0 ? '0' : `${headerHeight + row * rowHeight}px`;
    const first = row < 0 ? { content: model.corner } : model.rowHeader(row);
    return html`<div
      role="row"
      class=${row < 0 ? 'grid-row grid-header' : 'grid-row'}
      aria-rowindex=${row + 2}
      ${styled({ top })}
    >
      ${this.cell(first, row, -1, row < 0 ? 'columnheader' : 'rowheader', {
        width: `${model.firstWidth}px`,
      })}
      ${repeat(
        columns,
        (column) => column,
        (column) => {
          const shown = row < 0 ? model.columnHeader(column) : model.cell(row, column);
          return this.cell(shown, row, column, row < 0 ? 'columnheader' : 'gridcell', {
            left: `${model.firstWidth + column * model.columnWidth}px`,
            width: `${model.columnWidth}px`,
          });
        },
      )}
    </div>`;
  }

  private cell(
    { content, className = '' }: GridCell,
    row: number,
    column: number,
    role: string,
    place: Readonly<Record<string, string>>,
  ): TemplateResult {
    const isActive = row === this.active.row && column === this.active.column;
    const classes = [
      'grid-cell',
      column < 0 ? 'grid-first' : '',
      isActive ? 'is-active' : '',
      className,
    ];
    // Blanks in a cell are shown as they are.
    // prettier-ignore
    return html`<div
      id=${this.idOf({ row, column })}
      role=${role}
      class=${classes.filter(Boolean).join(' ')}
      aria-colindex=${column + 2}
      data-row=${row}
      data-column=${column}
      ${styled(place)}
    >${content}</div>`;
  }

  private idOf({ row, column }: GridPlace): string {
    return `${this.idPrefix}-${row}-${column}`;
  }

  private readonly refresh = (): void => this.requestUpdate();

  private readonly onFocus = (): void => {
    this.model?.point(this.active.column < 0 ? undefined : this.active.column);
  };

  private readonly onLeave = (): void => this.model?.point(undefined);

  private readonly onPointer = (event: Event): void => {
    const found = cellOf(event.target);
    if (found === undefined || this.model === undefined) return;
    const { element, row, column } = found;
    element.title = this.model.hint(row, column);
    this.model.point(column < 0 ? undefined : column);
  };

  private readonly onPress = (event: Event): void => {
    const found = cellOf(event.target);
    if (found !== undefined) this.activeAt(found);
  };

  private readonly onDoubleClick = (event: Event): void => {
    const found = cellOf(event.target);
    if (found !== undefined) this.model?.activate(found.row, found.column, found.element);
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    const { model, active } = this;
    if (model === undefined || event.target !== this) return;
    const page = Math.max(1, Math.floor((this.clientHeight - headerHeight) / rowHeight) - 1);
    const next = moveInGrid(event, active, model, page);
    if (next !== undefined) this.activeAt(next);
    else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'c')
      model.copy(active.row, active.column);
    else if (event.key === 'Enter' || event.key === 'F2') this.activateCell();
    else return;
    event.preventDefault();
  };

  private activateCell(): void {
    const { row, column } = this.active;
    const element = document.getElementById(this.idOf(this.active));
    if (element !== null) this.model?.activate(row, column, element);
  }

  /** Makes a cell the active one and brings it into sight. */
  private activeAt({ row, column }: GridPlace): void {
    const { model } = this;
    if (model === undefined) return;
    this.active = { row, column };
    const height = this.clientHeight - headerHeight;
    const width = this.clientWidth - model.firstWidth;
    if (row >= 0) this.scrollTop = offsetShowing(row, rowHeight, this.scrollTop, height);
    if (column >= 0)
      this.scrollLeft = offsetShowing(column, model.columnWidth, this.scrollLeft, width);
    model.point(column < 0 ? undefined : column);
    this.requestUpdate();
  }
}

/** The places of a span, and the active one, which is there even when it is not seen. */
function listed({ start, end }: Span, active: number): readonly number[] {
  const places = Array.from({ length: end - start }, (_, index) => start + index);
  if (active >= 0 && active < start) places.unshift(active);
  if (active >= end) places.push(active);
  return places;
}

function cellOf(target: EventTarget | null): (GridPlace & { element: HTMLElement }) | undefined {
  const element = target instanceof Element ? target.closest<HTMLElement>('.grid-cell') : null;
  if (element === null) return undefined;
  const { row, column } = element.dataset;
  return { element, row: Number(row), column: Number(column) };
}

customElements.define('virtual-grid', VirtualGrid);
