import { nothing, svg } from 'lit';
import { toOneLine } from '../../src/mlflow/format';
import type { SVGTemplateResult } from 'lit';
import type { Cursor } from './keyboardStep';
import type { ParallelScene, PlacedAxis, PlacedLine } from './parallelScene';
import { linePath } from './parallelScene';
import type { Box } from './plotBox';
import type { DrawnRuns } from './pointView';
import { mergedByColor, mostElements } from './pointView';

/** A range that is being dragged, by heights in CSS pixels. */
export interface Dragged {
  readonly axis: number;
  readonly start: number;
  readonly end: number;
}

/** Parallel coordinates: runs outside of the ranges first, then the others, the highlighted one on top. */
export function parallelView(
  scene: ParallelScene,
  drawn: DrawnRuns,
  cursor: Cursor | undefined,
  dragged: Dragged | undefined,
): SVGTemplateResult {
  const { lines, within, outside, axes, plot } = scene;
  const marked = lines.find(({ run }) => drawn.runs[run]?.key === drawn.highlighted);
  const point = marked && cursor?.run === marked.run ? marked.points[cursor.axis] : undefined;
  return svg`<g class="relation-outside">${runLines(outside, drawn)}</g>
    <g class="relation-runs">${runLines(within, drawn)}</g>
    ${marked ? runLine(marked, drawn, 'highlighted') : nothing}
    ${axes.map((axis, at) => axisView(axis, plot, dragged?.axis === at ? dragged : undefined))}
    ${point ? svg`<circle class="relation-cursor" cx=${point.x} cy=${point.y} r="5"></circle>` : nothing}`;
}

function runLines(lines: readonly PlacedLine[], drawn: DrawnRuns): readonly SVGTemplateResult[] {
  if (lines.length <= mostElements) return lines.map((line) => runLine(line, drawn, ''));
  return [...mergedByColor(lines, drawn, linePath)].map(
    ([color, path]) =>
      svg`<path class="relation-line is-many run-color-${color}" d=${path}></path>`,
  );
}

function runLine(line: PlacedLine, { runs, looks }: DrawnRuns, more: string): SVGTemplateResult {
  const run = runs[line.run];
  const look = looks.get(run?.key ?? '');
  return svg`<path class="relation-line run-color-${look?.color ?? 0} ${more}" data-run=${run?.key ?? ''}
    stroke-dasharray=${look?.dash.join(' ') || 'none'} d=${linePath(line)}></path>`;
}

function axisView(
  { x, scale, choice }: PlacedAxis,
  plot: Box,
  dragged: Dragged | undefined,
): SVGTemplateResult {
  const bottom = plot.top + plot.height;
  const ticks = scale.ticks.map(({ at, label }) => {
    const top = plot.top + (1 - at) * plot.height;
    return svg`<line class="relation-axis" x1=${x - 4} x2=${x} y1=${top} y2=${top}></line>
      <text class="relation-label on-lines" x=${x - 7} y=${top + 4} text-anchor="end">${label.slice(0, 12)}</text>`;
  });
  const heightOf = (value: number): number => {
    const place = scale.place(value);
    return Number.isNaN(place) ? bottom : plot.top + (1 - place) * plot.height;
  };
  const ends = dragged
    ? [dragged.start, dragged.end]
    : choice.range && [heightOf(choice.range.from), heightOf(choice.range.to)];
  const clamp = (top: number): number => Math.max(plot.top - 4, Math.min(bottom + 4, top));
  const [low, high] = (ends ?? []).map(clamp).sort((one, other) => other - one);
  return svg`<g>
    <text class="relation-name in-file" x=${x} y="18" text-anchor="middle">${toOneLine(choice.field.key, 16)}</text>
    <line class="relation-axis" x1=${x} x2=${x} y1=${plot.top} y2=${bottom}></line>${ticks}
    ${
      low !== undefined && high !== undefined
        ? svg`<rect class="relation-range" x=${x - 6} y=${high} width="12" height=${Math.max(1, low - high)}></rect>`
        : nothing
    }
    <rect class="relation-grip" x=${x - 10} y=${plot.top - 4} width="20" height=${plot.height + 8}></rect></g>`;
}
