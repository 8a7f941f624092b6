import { offsetShowing, seenSpan } from '../span';
import type { Span } from '../span';
import { ColumnPlaces } from './columnPlaces';
import { GroupBands } from './groupBands';
import { clickHeader, fitColumn, pressHeader } from './headerPointer';
import type { HeaderHost } from './headerPointer';
import { commonMove } from './commonMove';
import { RowSlot, slotOf } from './rowSlot';
import type { RowScene } from './rowSlot';
import { pressKey } from './wideGridKeys';
import type { WideGridModel, WidePlace } from './wideGridModel';

const rowHeight = 22;
const headerHeight = 42;
const beyond = 2;
/** So long nobody scrolls before it is said where to, in milliseconds: `scrollend` comes after each step of some ways to scroll. */
const restingTime = 150;

/** Where a grid is scrolled to, in pixels. */
export interface ScrollPlace {
  readonly top: number;
  readonly left: number;
}

/**
 * A grid for very many rows and columns: it holds elements for what is seen only, and uses them again by hand, because
 * templates would take longer than a frame has. It is one stop for Tab: the focus stays on the grid, and arrow keys move the
 * active cell in it (https://www.w3.org/WAI/ARIA/apg/patterns/grid/).
 */
export class WideGrid extends HTMLElement {
  private current: WideGridModel | undefined;
  private places = new ColumnPlaces([]);
  private active: WidePlace = { row: 0, column: 0 };
  private activeKey = '';
  private wanted: ScrollPlace | undefined;
  private view = { top: 0, left: 0, width: 0, height: 0 };
  private hasPointer = false;
  private isReaching = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private seenColumns = '';
  private saidActive = '';
  private rows = new Map<number, RowSlot>();
  private readonly freeRows: RowSlot[] = [];
  private readonly header = new RowSlot(true);
  private readonly bands = new GroupBands();
  private readonly space = document.createElement('div');
  private activeCell: HTMLElement | undefined;
  private readonly sizes = new ResizeObserver(() => this.measure());

  constructor() {
    super();
    this.space.className = 'wide-space';
    this.space.setAttribute('role', 'presentation');
    this.header.element.prepend(this.bands.element);
    this.space.append(this.header.element);
    this.addEventListener('scroll', this.onScroll, { passive: true });
    this.addEventListener('keydown', this.onKey);
    this.addEventListener('pointerover', this.onPointer);
    this.addEventListener('pointerleave', () => (this.hasPointer = false));
    this.addEventListener('pointerdown', this.onPress);
    this.addEventListener('click', this.onClick);
    this.addEventListener('dblclick', this.onDoubleClick);
    this.addEventListener('contextmenu', this.onContextMenu);
  }

  connectedCallback(): void {
    this.setAttribute('role', 'grid');
    this.setAttribute('aria-multiselectable', 'true');
    this.tabIndex = 0;
    if (this.space.parentNode === null) this.append(this.space);
    this.sizes.observe(this);
    this.measure();
  }

  disconnectedCallback(): void {
    this.sizes.disconnect();
  }

  get model(): WideGridModel | undefined {
    return this.current;
  }

  set model(next: WideGridModel | undefined) {
    const before = this.current;
    if (next === undefined || next === before) return;
    const moved = before === undefined ? 0 : this.movedRows(before, next);
    this.current = next;
    if (next.columns !== before?.columns) this.places = new ColumnPlaces(next.columns);
    this.holdActive(before, next);
    this.describe(next);
    this.resizeSpace(next);
    this.holdScroll(before, next, moved);
    this.draw(true);
  }

  /** Goes there as soon as there are so many rows and columns; a person who scrolls first prevails. */
  restoreScroll(place: ScrollPlace): void {
    this.wanted = place;
    this.applyScroll();
  }

  private describe(model: WideGridModel): void {
    this.setAttribute('aria-label', model.label);
    this.setAttribute('aria-rowcount', String(model.rows + 1));
    this.setAttribute('aria-colcount', String(model.columns.length));
    this.setAttribute('aria-busy', String(model.isBusy));
  }

  private resizeSpace(model: WideGridModel): void {
    this.space.style.height = `${headerHeight + model.rows * rowHeight}px`;
    this.space.style.width = `${this.places.width}px`;
  }

  /** The active cell goes where its run and its column go; where they are gone, its neighbor has the focus. */
  private holdActive(before: WideGridModel | undefined, next: WideGridModel): void {
    const { row, column } = this.active;
    const key = before?.columns[column]?.key;
    const sameColumn = key === next.columns[column]?.key;
    const found = sameColumn ? column : next.columns.findIndex((each) => each.key === key);
    const moved = row < 0 || this.activeKey === '' ? undefined : next.rowOf(this.activeKey);
    this.active = {
      row: Math.min(moved ?? row, next.rows - 1),
      column: Math.max(0, found < 0 ? Math.min(column, next.columns.length - 1) : found),
    };
    this.activeKey = this.keyAt(next, this.active.row);
  }

  private keyAt(model: WideGridModel, row: number): string {
    return row >= 0 && row < model.rows ? model.row(row).key : '';
  }

  /** How far the rows in sight move together. */
  private movedRows(before: WideGridModel, next: WideGridModel): number {
    const { top, height } = this.view;
    if (before.arrangement !== next.arrangement || (top === 0 && !this.hasPointer)) return 0;
    const last = Math.min(before.rows, Math.ceil((top + height) / rowHeight));
    const moves: number[] = [];
    for (let row = Math.floor(top / rowHeight); row < last; row++) {
      const key = this.rows.get(row)?.key;
      const moved = key === undefined ? undefined : next.rowOf(key);
      if (moved !== undefined) moves.push(moved - row);
    }
    return commonMove(moves);
  }

  private holdScroll(before: WideGridModel | undefined, next: WideGridModel, moved: number): void {
    if (this.wanted !== undefined) this.applyScroll();
    else if (moved !== 0) this.scrollTop = this.view.top + moved * rowHeight;
    else if (before !== undefined && before.arrangement !== next.arrangement) this.scrollTop = 0;
    else if (before?.rows === next.rows && before.columns === next.columns) return;
    this.readScroll();
  }

  private applyScroll(): void {
    const { wanted, current } = this;
    if (wanted === undefined || current === undefined) return;
    this.scrollTo({ ...wanted, behavior: 'instant' });
    this.readScroll();
    const isThere = this.view.top >= wanted.top - 1 && this.view.left >= wanted.left - 1;
    if (isThere || !current.isBusy) this.wanted = undefined;
  }

  private readScroll(): void {
    this.view = { ...this.view, top: this.scrollTop, left: this.scrollLeft };
  }

  private measure(): void {
    this.view = { ...this.view, width: this.clientWidth, height: this.clientHeight };
    this.applyScroll();
    this.draw(false);
  }

  /** @param isNew whether rows and cells that stay may show something else */
  private draw(isNew: boolean): void {
    const { current: model, places, active } = this;
    if (model === undefined || this.view.height === 0) return;
    const { top, left, width, height } = this.view;
    const rows = seenSpan(model.rows, rowHeight, top, height - headerHeight, beyond);
    const span = places.seen(left, width);
    const columns = columnsOf(span, places.pinned, active.column);
    const seenColumns = `${span.start} ${span.end} ${active.column}`;
    const isMoved = isNew || seenColumns !== this.seenColumns;
    this.seenColumns = seenColumns;
    const scene: RowScene = { model, places, columns, active };
    if (isMoved) {
      this.header.show(-1, 0, scene);
      this.bands.show(model.columns, places, span);
    }
    this.drawRows(scene, rowsOf(rows, active.row), isNew, isMoved);
    this.markActive();
    model.seen({ start: rows.start, end: rows.end }, span);
  }

  private drawRows(
    scene: RowScene,
    wanted: readonly number[],
    isNew: boolean,
    isMoved: boolean,
  ): void {
    const kept = isNew ? this.keptByKey(scene.model, wanted) : this.rows;
    const next = new Map<number, RowSlot>();
    for (const row of wanted) {
      const slot = kept.get(row);
      if (slot !== undefined) next.set(row, slot);
    }
    const staying = new Set(next.values());
    for (const slot of this.rows.values()) if (!staying.has(slot)) this.freeRows.push(slot);
    for (const row of wanted) {
      const known = next.get(row);
      const slot = known ?? this.freeRows.pop() ?? new RowSlot(false);
      next.set(row, slot);
      if (slot.element.parentNode === null) this.space.append(slot.element);
      if (known === undefined || isNew) slot.show(row, headerHeight + row * rowHeight, scene);
      else if (isMoved) slot.showCells(scene, false);
    }
    for (const slot of this.freeRows) slot.element.remove();
    this.rows = next;
  }

  /** Slots stay with their runs when rows move, so that what is under the pointer is not drawn anew. */
  private keptByKey(model: WideGridModel, wanted: readonly number[]): Map<number, RowSlot> {
    const byKey = new Map([...this.rows.values()].map((slot) => [slot.key, slot]));
    return new Map(
      wanted.flatMap((row): [number, RowSlot][] => {
        const slot = byKey.get(model.row(row).key);
        return slot === undefined ? [] : [[row, slot]];
      }),
    );
  }

  /** Says which cell is the active one to screen readers, which know it by its id. */
  private markActive(): void {
    const { row, column } = this.active;
    const slot = row < 0 ? this.header : this.rows.get(row);
    const id = slot?.cellAt(column)?.id;
    this.activeCell = slot?.cellAt(column);
    const said = `${row} ${column}`;
    // An element that is another cell now has the same id: it is told anew.
    if (id === undefined || this.saidActive !== said) this.removeAttribute('aria-activedescendant');
    if (id !== undefined && this.getAttribute('aria-activedescendant') !== id)
      this.setAttribute('aria-activedescendant', id);
    this.saidActive = said;
  }

  private activeAt(place: WidePlace): void {
    const { current: model, places, view } = this;
    if (model === undefined) return;
    this.active = place;
    this.activeKey = this.keyAt(model, place.row);
    if (place.row >= 0)
      this.scrollTop = offsetShowing(place.row, rowHeight, view.top, view.height - headerHeight);
    this.scrollLeft = places.offsetShowing(place.column, view.left, view.width);
    this.readScroll();
    this.draw(true);
  }

  private headerHost(model: WideGridModel): HeaderHost {
    return {
      element: this,
      now: () => ({ model: this.current ?? model, places: this.places }),
      contentWidth: (column) => this.contentWidth(column),
    };
  }

  private contentWidth(column: number): number {
    const cells = [this.header, ...this.rows.values()].flatMap((slot) => slot.cellAt(column) ?? []);
    this.classList.add('is-measuring');
    const widths = cells.map((cell) => cell.getBoundingClientRect().width);
    this.classList.remove('is-measuring');
    return Math.max(0, ...widths);
  }

  private readonly onScroll = (): void => {
    this.readScroll();
    this.draw(false);
    clearTimeout(this.timer);
    this.timer = setTimeout(this.rested, restingTime);
  };

  private readonly rested = (): void => {
    this.timer = undefined;
    if (this.wanted === undefined) this.current?.scrolled(this.view.top, this.view.left);
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    const { current: model } = this;
    if (model === undefined || event.target !== this) return;
    this.wanted = undefined;
    const isDone = pressKey(event, {
      model,
      active: this.active,
      page: Math.max(1, Math.floor((this.view.height - headerHeight) / rowHeight) - 1),
      activeAt: (place) => this.activeAt(place),
      element: this.activeCell,
    });
    if (isDone) event.preventDefault();
  };

  /** What the pointer passes while it is held is selected, too. */
  private beginReach(place: WidePlace, isExtending: boolean): void {
    this.current?.reach?.(place, isExtending);
    this.isReaching = true;
    this.ownerDocument.addEventListener('pointerup', () => (this.isReaching = false), {
      once: true,
    });
  }

  private readonly onPointer = ({ target }: Event): void => {
    this.hasPointer = true;
    const slot = slotOf(target);
    if (this.isReaching && slot !== undefined && slot.row >= 0) {
      const place = { row: slot.row, column: slot.column };
      this.activeAt(place);
      this.current?.reach?.(place, true);
      return;
    }
    if (slot !== undefined && this.current !== undefined)
      slot.setHint(this.current.hint({ row: slot.row, column: slot.column }));
  };

  private readonly onPress = (event: PointerEvent): void => {
    const slot = slotOf(event.target);
    const { current: model } = this;
    if (slot === undefined || model === undefined) return;
    this.wanted = undefined;
    const { row, column } = slot;
    const isFold = event.target instanceof Element && event.target.closest('.wide-fold') !== null;
    if (row < 0) {
      this.activeAt({ row, column });
      pressHeader(event, column, this.headerHost(model));
      return;
    }
    this.activeAt({ row, column });
    if (event.button !== 0) return;
    if (model.reach !== undefined) this.beginReach({ row, column }, event.shiftKey);
    else if (isFold) model.fold(row, model.row(row).fold === 'collapsed');
    else if (event.shiftKey) model.select('range', row);
    else model.select(event.ctrlKey || event.metaKey ? 'toggle' : 'only', row);
  };

  private readonly onClick = (event: Event): void => {
    const slot = slotOf(event.target);
    if (slot?.row === -1 && this.current !== undefined)
      clickHeader(event, slot.column, this.headerHost(this.current));
  };

  private readonly onDoubleClick = (event: Event): void => {
    const slot = slotOf(event.target);
    const { current: model } = this;
    if (slot === undefined || model === undefined || !(event.target instanceof Element)) return;
    if (slot.row >= 0) {
      if (event.target.closest('.wide-fold') === null) model.activate(slot, slot.element);
    } else if (event.target.closest('.wide-resize') !== null)
      fitColumn(slot.column, this.headerHost(model));
  };

  private readonly onContextMenu = (event: Event): void => {
    // The key for menus has already opened one.
    event.preventDefault();
    const slot = slotOf(event.target);
    if (slot === undefined || this.current === undefined) return;
    const isByRow = this.current.reach === undefined && slot.row >= 0;
    if (isByRow && !this.current.row(slot.row).isSelected) this.current.select('only', slot.row);
    this.current.openMenu({ row: slot.row, column: slot.column }, slot.element);
  };
}

/** The rows of a span, and the active one, which is there even when it is not seen. */
function rowsOf({ start, end }: Span, active: number): readonly number[] {
  const rows = Array.from({ length: end - start }, (_, index) => start + index);
  if (active >= 0 && (active < start || active >= end)) rows.push(active);
  return rows;
}

/** The same for columns, behind those that are pinned. */
function columnsOf({ start, end }: Span, pinned: number, active: number): readonly number[] {
  const columns = Array.from({ length: pinned }, (_, index) => index);
  for (let column = start; column < end; column++) columns.push(column);
  if (active >= pinned && (active < start || active >= end)) columns.push(active);
  return columns;
}

customElements.define('wide-grid', WideGrid);
