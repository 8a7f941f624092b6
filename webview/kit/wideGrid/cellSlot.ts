import { render } from 'lit';
import type { WideCell } from './wideGridModel';

let made = 0;

/** An element for one cell after another; only what changes is written. */
export class CellSlot {
  readonly element = document.createElement('div');
  row = -1;
  column = -1;
  private readonly textNode: Text | undefined;
  private text = '';
  private className = '';
  private left = NaN;
  private width = NaN;
  private bar: number | undefined;
  private key = '';
  private isHinted = false;
  private isSelected: boolean | undefined;

  /** @param isRich whether its cells are templates */
  constructor(readonly isRich: boolean) {
    this.element.id = `cell-${made++}`;
    if (isRich) return;
    this.textNode = document.createTextNode('');
    this.element.append(this.textNode);
  }

  /** Makes it a cell of another row, which is known by its key. */
  stand(row: number, key: string): void {
    if (this.key !== key) this.setHint('');
    this.row = row;
    this.key = key;
  }

  /** What a hover says, until the cell is another one or has another text. */
  setHint(hint: string): void {
    if (hint !== '') this.element.title = hint;
    else if (this.isHinted) this.element.removeAttribute('title');
    this.isHinted = hint !== '';
  }

  /** Makes it a cell of another column, or puts that column elsewhere. */
  place(column: number, left: number, width: number): void {
    const { style } = this.element;
    if (this.column !== column) {
      this.element.setAttribute('aria-colindex', String(column + 1));
      this.setHint('');
    }
    if (this.left !== left) style.left = `${left}px`;
    if (this.width !== width) style.width = `${width}px`;
    this.column = column;
    this.left = left;
    this.width = width;
  }

  show(cell: WideCell, isActive: boolean, role: string): void {
    const { text, className = '', content, bar, isSelected } = cell;
    const isFitting = content === undefined ? fits(text, this.width) : role === 'rowheader';
    const classes = `wide-cell${isFitting ? ' is-fitting' : ''}${className === '' ? '' : ` ${className}`}${isActive ? ' is-active' : ''}${isSelected === true ? ' is-chosen' : ''}`;
    if (this.className !== classes) {
      if (this.className === '') this.element.setAttribute('role', role);
      this.element.className = classes;
      this.className = classes;
    }
    if (this.textNode === undefined) render(content, this.element);
    else if (this.text !== text) {
      this.textNode.data = text;
      this.setHint('');
      this.text = text;
    }
    if (this.isSelected !== isSelected) this.tellSelected(isSelected);
    if (this.bar === bar) return;
    this.element.style.backgroundSize = `${((bar ?? 0) * 100).toFixed(1)}% 2px`;
    this.bar = bar;
  }

  private tellSelected(isSelected: boolean | undefined): void {
    this.isSelected = isSelected;
    if (isSelected === undefined) this.element.removeAttribute('aria-selected');
    else this.element.setAttribute('aria-selected', String(isSelected));
  }
}

/** No usual letter is wider, in pixels; nor are the blanks at both ends of a cell. */
const widestLetter = 9;
const blanks = 18;

/** Whether a text surely needs no clipping, which costs the browser much for each cell. */
function fits(text: string, width: number): boolean {
  return text.length * widestLetter + blanks <= width && /^[ -~\u2007]*$/.test(text);
}
