import { render, type TemplateResult } from 'lit';

import { tooltipPlace } from './tooltip';

/** The box with values beside the pointer, or beside the point that the keyboard is at. */
export class PlotTooltip {
  readonly element = document.createElement('div');

  /** `host` is what places are measured from. */
  constructor(private readonly host: HTMLElement) {
    this.element.className = 'chart-tooltip';
    this.element.hidden = true;
  }

  /** Shows it beside a place of the host, in its pixels. */
  show(content: TemplateResult, left: number, top: number): void {
    const { element, host } = this;
    render(content, element);
    element.hidden = false;
    const box = host.getBoundingClientRect();
    const at = tooltipPlace(
      { left: box.left + left, top: box.top + top },
      { width: element.offsetWidth, height: element.offsetHeight },
      { width: document.documentElement.clientWidth, height: window.innerHeight },
    );
    element.style.left = `${at.left}px`;
    element.style.top = `${at.top}px`;
  }

  hide(): void {
    this.element.hidden = true;
  }
}
