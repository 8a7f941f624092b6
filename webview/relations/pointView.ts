import { nothing, svg } from 'lit';
import type { SVGTemplateResult } from 'lit';
import type { RunLook } from '../kit/runLooks';
import { axesView } from './axesView';
import { bandCount } from './bands';
import { markerPath } from './marker';
import type { DrawnBox, PlacedRun, PointScene } from './pointScene';
import type { RelatedRun } from './source';

/** Who is drawn, and how. */
export interface DrawnRuns {
  readonly runs: readonly RelatedRun[];
  readonly looks: ReadonlyMap<string, RunLook>;
  readonly highlighted: string | undefined;
}

/** More runs than these are drawn as one shape for each color: so many elements would make the page slow. */
export const mostElements = 500;

/** The shapes of many runs, put together by their colors; the same for the same items. */
export function mergedByColor<T extends { readonly run: number }>(
  items: readonly T[],
  { runs, looks }: DrawnRuns,
  pathOf: (item: T) => string,
): ReadonlyMap<number, string> {
  const known = merged.get(items);
  if (known) return known;
  const pieces = new Map<number, string[]>();
  for (const item of items) {
    const color = looks.get(runs[item.run]?.key ?? '')?.color ?? 0;
    const ofColor = pieces.get(color);
    if (ofColor) ofColor.push(pathOf(item));
    else pieces.set(color, [pathOf(item)]);
  }
  const paths = new Map([...pieces].map(([color, all]) => [color, all.join('')]));
  merged.set(items, paths);
  return paths;
}

const merged = new WeakMap<readonly unknown[], ReadonlyMap<number, string>>();

/** A chart of points: bands or boxes beneath, then the runs, the highlighted one on top. */
export function pointView(scene: PointScene, drawn: DrawnRuns): SVGTemplateResult {
  const marked = scene.points.find(({ run }) => drawn.runs[run]?.key === drawn.highlighted);
  return svg`${scene.z ? bandsView(scene) : nothing}
    ${axesView(scene)}
    ${scene.boxes.map(boxView)}
    <g class="relation-runs">${pointMarks(scene.points, drawn)}</g>
    ${marked ? pointMark(marked, drawn, 'highlighted') : nothing}
    ${scene.z ? legendView(scene) : nothing}`;
}

function pointMarks(points: readonly PlacedRun[], drawn: DrawnRuns): readonly SVGTemplateResult[] {
  if (points.length <= mostElements) return points.map((point) => pointMark(point, drawn, ''));
  const dot = ({ x, y }: PlacedRun): string =>
    `M${(x - 2.5).toFixed(1)},${y.toFixed(1)}a2.5,2.5 0 1 0 5,0a2.5,2.5 0 1 0 -5,0z`;
  return [...mergedByColor(points, drawn, dot)].map(
    ([color, path]) => svg`<path class="relation-point run-color-${color}" d=${path}></path>`,
  );
}

function pointMark(point: PlacedRun, { runs, looks }: DrawnRuns, more: string): SVGTemplateResult {
  const run = runs[point.run];
  const look = looks.get(run?.key ?? '');
  const scale = more === '' ? '' : ' scale(1.6)';
  return svg`<path class="relation-point run-color-${look?.color ?? 0} ${more}" data-run=${run?.key ?? ''}
    d=${markerPath(look)} transform="translate(${point.x.toFixed(1)},${point.y.toFixed(1)})${scale}"></path>`;
}

function bandsView({ plot, bands, points }: PointScene): SVGTemplateResult {
  if (points.length === 0) return svg``;
  const { left, top, width, height } = plot;
  return svg`<rect class="band-0" x=${left} y=${top} width=${width} height=${height}></rect>
    ${bands.map(({ level, path }) => svg`<path class="band-${level}" d=${path}></path>`)}`;
}

/** What the colors of the bands mean. */
function legendView({ plot, z }: PointScene): SVGTemplateResult {
  const left = plot.left + plot.width + 16;
  const height = plot.height / bandCount;
  const steps = Array.from({ length: bandCount }, (_, level) => {
    const top = plot.top + plot.height - (level + 1) * height;
    return svg`<rect class="band-${level}" x=${left} y=${top} width="12" height=${height + 0.5}></rect>`;
  });
  const ticks = (z?.scale.ticks ?? []).map(({ at, label }) => {
    const top = plot.top + (1 - at) * plot.height;
    return svg`<line class="relation-axis" x1=${left + 12} x2=${left + 16} y1=${top} y2=${top}></line>
      <text class="relation-label" x=${left + 19} y=${top + 4}>${label.slice(0, 9)}</text>`;
  });
  return svg`<g>${steps}
    <rect class="relation-axis" x=${left} y=${plot.top} width="12" height=${plot.height}></rect>
    ${ticks}</g>`;
}

function boxView(box: DrawnBox): SVGTemplateResult {
  const middle = box.x + box.width / 2;
  const [from, to] = [box.x + box.width * 0.25, box.x + box.width * 0.75];
  return svg`<g class="relation-box">
    <path d="M${middle},${box.upper}V${box.highWhisker}M${from},${box.highWhisker}H${to}"></path>
    <path d="M${middle},${box.lower}V${box.lowWhisker}M${from},${box.lowWhisker}H${to}"></path>
    <rect x=${box.x} y=${box.upper} width=${box.width} height=${Math.max(0, box.lower - box.upper)}></rect>
    <path class="relation-median" d="M${box.x},${box.median}h${box.width}"></path></g>`;
}
