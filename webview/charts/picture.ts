import type { ChartArea } from 'chart.js';

import type { ChartSpec, LineSpec } from './chart';
import type { ChartModel } from './chartModel';
import type { ChartPicture } from './chartPicture';
import { type AxisSetup, type SceneView, specOf, wholeOf } from './chartScene';
import type { ChartsHub } from './chartsHub';
import { mostPoints, movingColumns } from './drawnLines';
import { Plot } from './plot';
import type { Range } from './range';
import { pointsAtOnce, Refinement } from './refinement';
import { projectionsOf } from './projection';

/** What a picture shows, but for the zoom. */
export interface PictureContent {
  readonly metric: string;
  readonly model: ChartModel;
  readonly axes: AxisSetup;
  readonly locale: string;
  readonly highlighted: string | undefined;
  /** More is about to come, so that drawing has to be fast rather than complete. */
  readonly isMoving: boolean;
}

/**
 * The picture of a chart. While something moves, and where there are very many points, it is drawn in fewer columns
 * first and with all of them as soon as there is time.
 */
export class Picture {
  private readonly plot: Plot;
  private spec: ChartSpec | undefined;
  private refinement: Refinement | undefined;
  private columns = 0;

  constructor(
    private readonly element: HTMLElement,
    canvas: HTMLCanvasElement,
    private readonly hub: ChartsHub,
    locale: string,
    /** Asks for another call of {@link draw}. */
    private readonly onRefined: () => void,
  ) {
    this.plot = new Plot(canvas, locale);
  }

  get area(): ChartArea | undefined {
    return this.plot.area;
  }

  /** What was drawn last, to be made a file of. */
  get file(): (Omit<ChartPicture, 'title' | 'ink'> & { canvas: HTMLCanvasElement }) | undefined {
    const { drawn: spec, area, plot } = this;
    if (spec === undefined || area === undefined) return undefined;
    return { spec, area, canvas: plot.canvas, ticks: plot.ticks, ...plot.size };
  }

  /** What is seen at present. */
  get drawn(): ChartSpec | undefined {
    const { spec, refinement } = this;
    const isRefined = spec?.kind === 'line' && spec.layer !== undefined;
    return isRefined && refinement ? { ...spec, lines: refinement.lines } : spec;
  }

  /** Whether it is to be drawn once more when nothing moves. */
  get isCoarse(): boolean {
    return this.columns > 0 && this.columns < this.allColumns;
  }

  draw(content: PictureContent): void {
    const { clientWidth: width, clientHeight: height } = this.element;
    if (width === 0 || height === 0) return;
    const { metric, model, axes, highlighted, isMoving } = content;
    const all = this.allColumns;
    const isHeavy = mostPoints(model, all) > pointsAtOnce;
    this.columns = isMoving || isHeavy ? movingColumns(all, model.lines.length) : all;
    const { zoom, ink } = this.hub;
    const view: SceneView = {
      window: zoom.window(metric),
      height: zoom.height(metric),
      columns: this.columns,
      highlighted,
    };
    const layer = isHeavy ? this.layerFor(content, view) : undefined;
    const spec = layer ? this.overLayer(content, view) : specOf(model, axes, view);
    this.spec = spec.kind === 'line' ? { ...spec, layer } : spec;
    if (layer) this.columns = all;
    this.plot.show(this.spec, ink, width, height);
    if (isHeavy && !isMoving && layer === undefined && spec.kind === 'line') {
      this.refine(content, spec, all);
    } else if (!isHeavy) this.dropRefinement();
  }

  dispose(): void {
    this.dropRefinement();
    this.plot.dispose();
  }

  private get allColumns(): number {
    const { area, element } = this;
    const width = area === undefined ? element.clientWidth : area.right - area.left;
    return Math.max(1, Math.round(width * devicePixelRatio));
  }

  private refine({ model, axes }: PictureContent, spec: LineSpec, columns: number): void {
    const { area, element, hub } = this;
    this.dropRefinement();
    if (area === undefined) return;
    const view = { window: spec.x.window, scaleX: axes.scaleX, columns, highlighted: undefined };
    const { clientWidth: width, clientHeight: height } = element;
    const key = { model, view, projections: projectionsOf(spec, area), width, height };
    this.refinement = new Refinement(key, (job) => hub.frames.request(job), this.onRefined);
    hub.frames.request(this.refinement);
  }

  private dropRefinement(): void {
    if (this.refinement === undefined) return;
    this.hub.frames.cancel(this.refinement);
    this.refinement.dispose();
    this.refinement = undefined;
  }

  /** The highlighted line alone, over the picture of all. */
  private overLayer({ model, axes }: PictureContent, view: SceneView): ChartSpec {
    const lines = model.lines.filter(({ id }) => id === view.highlighted);
    const { x, y } = this.refinement!.key.projections;
    return specOf({ ...model, lines }, axes, { ...view, window: x.window, height: y.window });
  }

  /** The finished picture of all lines, if it is one of just this. */
  private layerFor({ model, axes }: PictureContent, view: SceneView): LineSpec['layer'] {
    const { refinement, element } = this;
    if (refinement?.isDone !== true) return undefined;
    const { key, canvas } = refinement;
    const { x, y } = key.projections;
    const isSame =
      key.model === model &&
      key.width === element.clientWidth &&
      key.height === element.clientHeight &&
      x.scale === axes.scaleX &&
      y.scale === axes.scaleY &&
      isSameRange(x.window, view.window ?? wholeOf(model, axes.scaleX)) &&
      (view.height === undefined || isSameRange(y.window, view.height));
    return isSame ? { canvas, opacity: view.highlighted === undefined ? 1 : 0.25 } : undefined;
  }
}

function isSameRange(one: Range, other: Range): boolean {
  return one.min === other.min && one.max === other.max;
}
