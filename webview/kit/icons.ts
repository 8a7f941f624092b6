import { svg } from 'lit';
import type { SVGTemplateResult } from 'lit';

const strokes = {
  chevronDown: 'M3.5 6 8 10.5 12.5 6',
  chevronRight: 'M6 3.5 10.5 8 6 12.5',
  check: 'M2.5 8.5 6 12 13.5 4',
  close: 'M3.5 3.5 12.5 12.5 M12.5 3.5 3.5 12.5',
  add: 'M8 2.5 V13.5 M2.5 8 H13.5',
  more: 'M3 8 h.01 M8 8 h.01 M13 8 h.01',
  copy: 'M5.5 5.5 h8 v8 h-8 z M10.5 5.5 v-3 h-8 v8 h3',
  circle: 'M8 2.5 a5.5 5.5 0 1 0 .01 0',
  circleHalf: 'M8 2.5 a5.5 5.5 0 1 0 .01 0 M8 5 v3 l2 2',
  play: 'M5 3 12.5 8 5 13 z',
  stop: 'M8 2.5 a5.5 5.5 0 1 0 .01 0 M5 8 h6',
  warning: 'M8 2 14.5 13.5 h-13 z M8 6.5 v3.5 M8 12 h.01',
  zoomOut: 'M7 2.5 a4.5 4.5 0 1 0 .01 0 M10.5 10.5 14 14 M5 7 h4',
  table: 'M2.5 3 h11 v10 h-11 z M2.5 6.5 h11 M2.5 10 h11 M6.5 3 v10',
  fullScreen: 'M2.5 6 v-3.5 h3.5 M10 2.5 h3.5 v3.5 M13.5 10 v3.5 h-3.5 M6 13.5 h-3.5 v-3.5',
  grip: 'M6 4 h.01 M10 4 h.01 M6 8 h.01 M10 8 h.01 M6 12 h.01 M10 12 h.01',
  flag: 'M4 14.5 V2 M4 2.5 h8.5 l-2.5 3 2.5 3 H4',
  pin: 'M5.5 2.5 h5 M6.5 2.5 v4.5 l-2.5 2.5 h8 l-2.5 -2.5 v-4.5 M8 9.5 v4.5',
  eyeClosed: 'M2 6 c3 4.5 9 4.5 12 0 M4 9 l-1.5 2 M8 9.7 v2.6 M12 9 l1.5 2',
  refresh: 'M13 8 a5 5 0 1 1 -1.6 -3.7 M13 2 v3 h-3',
  columns: 'M2.5 3 h11 v10 h-11 z M6.2 3 v10 M9.8 3 v10',
  edit: 'M10.5 3 13 5.5 5.5 13 H3 v-2.5 z M9 4.5 11.5 7',
  folder: 'M2 4 h4.5 l1.5 2 H14 v7 H2 z',
  download: 'M8 2.5 v7.5 M4.5 7 8 10.5 11.5 7 M3 13.5 h10',
  search: 'M7 2.5 a4.5 4.5 0 1 0 .01 0 M10.5 10.5 14 14',
  package: 'M8 1.8 14 5 v6.2 L8 14.4 2 11.2 V5 z M2 5 l6 3.2 6 -3.2 M8 8.2 v6.2',
  file: 'M4 2 h5 l3 3 v9 H4 z M9 2 v3 h3',
} as const;

export type IconName = keyof typeof strokes;

/** A small picture in the color of the text beside it; screen readers pass over it. */
export function icon(name: IconName, className = ''): SVGTemplateResult {
  return svg`<svg class="icon ${className}" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
    <path d=${strokes[name]} fill="none" stroke="currentColor" stroke-width="1.4"
      stroke-linecap="round" stroke-linejoin="round"></path></svg>`;
}

/** A piece of line as a run's curves have it: its color by class, its dashes as they are drawn. */
export function lineSwatch(color: number, dash: readonly number[]): SVGTemplateResult {
  return svg`<svg class="swatch run-color-${color}" viewBox="0 0 24 10" width="24" height="10" aria-hidden="true">
    <path d="M0 5 H24" fill="none" stroke="currentColor" stroke-width="3"
      stroke-dasharray=${dash.join(' ')}></path></svg>`;
}
