import { svg } from 'lit';
import type { SVGTemplateResult } from 'lit';
import { toOneLine } from '../../src/mlflow/format';
import type { PointScene } from './pointScene';
import { nameOf } from './relationTexts';

/** About how wide a letter of a label is, for cutting what has no room. */
const letterWidth = 6.2;

const fitting = (text: string, room: number): string =>
  toOneLine(text, Math.max(3, Math.floor(room / letterWidth)));

/** Frame, marks and names of the two axes. */
export function axesView({ plot, x, y, size }: PointScene): SVGTemplateResult {
  const bottom = plot.top + plot.height;
  const right = plot.left + plot.width;
  const perLabel = plot.width / Math.max(1, x.scale.ticks.length);
  const xTicks = x.scale.ticks.map(({ at, label }) => {
    const left = plot.left + at * plot.width;
    return svg`<line class="relation-grid" x1=${left} x2=${left} y1=${plot.top} y2=${bottom}></line>
      <text class="relation-label" x=${left} y=${bottom + 14} text-anchor="middle"
        >${fitting(label, perLabel)}</text>`;
  });
  const yTicks = y.scale.ticks.map(({ at, label }) => {
    const top = plot.top + (1 - at) * plot.height;
    return svg`<line class="relation-grid" x1=${plot.left} x2=${right} y1=${top} y2=${top}></line>
      <text class="relation-label" x=${plot.left - 6} y=${top + 4} text-anchor="end"
        >${fitting(label, plot.left - 22)}</text>`;
  });
  const middle = plot.top + plot.height / 2;
  return svg`<g>${xTicks}${yTicks}
    <path class="relation-axis" d="M${plot.left},${plot.top}V${bottom}H${right}"></path>
    <text class="relation-name" x=${plot.left + plot.width / 2} y=${size.height - 6}
      text-anchor="middle">${fitting(nameOf(x.column.field), plot.width)}</text>
    <text class="relation-name" transform="translate(11,${middle}) rotate(-90)"
      text-anchor="middle">${fitting(nameOf(y.column.field), plot.height)}</text></g>`;
}
