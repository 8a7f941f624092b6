import { CellSlot } from './cellSlot';
import type { ColumnPlaces } from './columnPlaces';
import type { WideGridModel, WidePlace } from './wideGridModel';

/** What rows are drawn from. */
export interface RowScene {
  readonly model: WideGridModel;
  readonly places: ColumnPlaces;
  /** The columns that have cells: pinned ones, those in sight, and the active one. */
  readonly columns: readonly number[];
  readonly active: WidePlace;
}

const slots = new WeakMap<Element, CellSlot>();

/** The cell that an element is, or is in. */
export function slotOf(target: EventTarget | null): CellSlot | undefined {
  const element = target instanceof Element ? target.closest('.wide-cell') : null;
  return element === null ? undefined : slots.get(element);
}

/** An element for one row after another, with elements for its cells; pinned ones stand in a box that stays in sight. */
export class RowSlot {
  readonly element = document.createElement('div');
  row = -1;
  key = '';
  private readonly box = document.createElement('div');
  private readonly cells = new Map<number, CellSlot>();
  private readonly free = { rich: [] as CellSlot[], plain: [] as CellSlot[] };
  private className = '';
  private top = NaN;
  private isSelected: boolean | undefined;
  private description = '';
  private fold: string | undefined;
  private width = '';

  constructor(isHeader: boolean) {
    this.element.setAttribute('role', 'row');
    this.box.className = 'wide-pinned';
    this.box.setAttribute('role', 'presentation');
    this.element.append(this.box);
    if (isHeader) this.element.className = 'wide-row wide-header';
  }

  /** Makes it another row, or draws the row anew. */
  show(row: number, top: number, scene: RowScene): void {
    if (this.row !== row) this.element.setAttribute('aria-rowindex', String(row + 2));
    this.row = row;
    if (this.top !== top) this.element.style.top = `${top}px`;
    this.top = top;
    if (row >= 0) this.showRow(scene);
    this.showCells(scene, true);
    if (row >= 0) this.describe(scene);
  }

  /** @param isNew whether cells that stay may show something else */
  showCells(scene: RowScene, isNew: boolean): void {
    const { columns, places } = scene;
    const width = `${places.pinnedWidth}px`;
    if (this.width !== width) this.box.style.width = width;
    this.width = width;
    const wanted = new Set(columns);
    for (const [column, cell] of this.cells)
      if (!wanted.has(column)) {
        this.cells.delete(column);
        this.free[cell.isRich ? 'rich' : 'plain'].push(cell);
      }
    for (const column of columns) {
      const known = this.cells.get(column);
      if (known === undefined || isNew) this.showCell(column, known, scene);
    }
    for (const kind of ['rich', 'plain'] as const) {
      for (const cell of this.free[kind]) cell.element.remove();
    }
  }

  /** The element of a cell, as far as there is one. */
  cellAt(column: number): HTMLElement | undefined {
    return this.cells.get(column)?.element;
  }

  private showCell(column: number, known: CellSlot | undefined, scene: RowScene): void {
    const { model, places, active } = scene;
    const { row } = this;
    const shown = row < 0 ? model.header(column) : model.cell(row, column);
    const isRich = shown.content !== undefined;
    let cell = known;
    if (cell !== undefined && cell.isRich !== isRich) {
      cell.element.remove();
      cell = undefined;
    }
    cell ??= this.free[isRich ? 'rich' : 'plain'].pop() ?? newSlot(isRich);
    this.cells.set(column, cell);
    const parent = column < places.pinned ? this.box : this.element;
    if (cell.element.parentNode !== parent) parent.append(cell.element);
    cell.stand(row, this.key);
    cell.place(column, places.left(column), places.widthOf(column));
    const role = row < 0 ? 'columnheader' : column === 0 ? 'rowheader' : 'gridcell';
    cell.show(shown, row === active.row && column === active.column, role);
    if (row < 0) sortState(cell.element, model.columns[column]?.sort);
  }

  private showRow({ model }: RowScene): void {
    const { key, className, isSelected } = model.row(this.row);
    this.key = key;
    const classes = `wide-row ${className}${isSelected ? ' is-selected' : ''}`;
    if (classes !== this.className) this.element.className = classes;
    this.className = classes;
    if (isSelected !== this.isSelected)
      this.element.setAttribute('aria-selected', String(isSelected));
    this.isSelected = isSelected;
  }

  /** A grid's rows cannot be expanded, so its first cells are: only rows of a treegrid have levels. */
  private describe({ model }: RowScene): void {
    const { fold, description } = model.row(this.row);
    const first = this.cells.get(0)?.element;
    if (first === undefined || (fold === this.fold && description === this.description)) return;
    this.fold = fold;
    this.description = description;
    if (fold === undefined) first.removeAttribute('aria-expanded');
    else first.setAttribute('aria-expanded', String(fold === 'expanded'));
    if (description === '') first.removeAttribute('aria-description');
    else first.setAttribute('aria-description', description);
  }
}

function newSlot(isRich: boolean): CellSlot {
  const slot = new CellSlot(isRich);
  slots.set(slot.element, slot);
  return slot;
}

function sortState(element: HTMLElement, sort: string | undefined): void {
  if (sort === undefined) element.removeAttribute('aria-sort');
  else element.setAttribute('aria-sort', sort);
}
