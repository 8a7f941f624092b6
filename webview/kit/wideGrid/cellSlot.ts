import { render } from 'lit';
import type { WideCell } from './wideGridModel';

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

  /** @param isRich whether its cells are templates */
  constructor(readonly isRich: boolean) {
    if (isRich) return;
    this.textNode = document.createTextNode('');
    this.element.append(this.textNode);
  }

  /** Makes it a cell of another column, or puts that column elsewhere. */
  place(column: number, left: number, width: number): void {
    const { style } = this.element;
    if (this.column !== column) this.element.setAttribute('aria-colindex', String(column + 1));
    if (this.left !== left) style.left = `${left}px`;
    if (this.width !== width) style.width = `${width}px`;
    this.column = column;
    this.left = left;
    this.width = width;
  }

  show({ text, className = '', content, bar }: WideCell, isActive: boolean, role: string): void {
    const classes = `wide-cell${className === '' ? '' : ` ${className}`}${isActive ? ' is-active' : ''}`;
    if (this.className !== classes) {
      if (this.className === '') this.element.setAttribute('role', role);
      this.element.className = classes;
      this.className = classes;
    }
    if (this.textNode === undefined) render(content, this.element);
    else if (this.text !== text) {
      this.textNode.data = text;
      this.text = text;
    }
    if (this.bar === bar) return;
    this.element.style.backgroundSize = bar === undefined ? '' : `${(bar * 100).toFixed(1)}% 2px`;
    this.bar = bar;
  }
}
