import * as l10n from '@vscode/l10n';
import { html, nothing, render, type TemplateResult } from 'lit';

import { icon } from '../kit/icons';
import { openMenu } from '../kit/menu';
import { chartActions, type ChartMoves } from './chartActions';
import { chartModel, type ChartModel, type ChartRun } from './chartModel';
import type { AxisSetup } from './chartScene';
import { groupLegend, openDialog, overview, problemLine } from './chartParts';
import { chartTable, type TableView } from './chartTable';
import { captionOf, type Counts, pointsDrawn, summaryOf } from './chartTexts';
import type { ChartsHub, HubMember } from './chartsHub';
import { type CurveChoice, CurveMaker } from './curves';
import type { FrameJob } from './frames';
import { PlotPane } from './plotPane';
import { type SeriesStatus, type WantedSeries, withoutPoints } from './seriesCache';

/** What a chart is about. */
export interface ChartInput {
  readonly metric: string;
  /** The runs that have the metric and are not hidden. */
  readonly runs: readonly Omit<ChartRun, 'status' | 'other'>[];
  readonly choice: CurveChoice;
  /** The metric of the horizontal axis, where that is one. */
  readonly axisMetric: string | undefined;
  readonly axes: AxisSetup;
  readonly highlighted: string | undefined;
  readonly locale: string;
  readonly sampledPoints: number;
  readonly moves: ChartMoves;
}

const nothingDrawn: ChartModel = { kind: 'line', runs: [], lines: [], extent: undefined };

/** Series that come within this time of one another are taken for one arrival, in milliseconds. */
const arrivalTime = 120;
/** What stands around a picture that moves is written anew this rarely, in milliseconds. */
const textTime = 250;

/** The chart of one metric: a figure with its picture, caption, table and actions. */
export class ChartFigure extends HTMLElement implements HubMember, FrameJob {
  /** All points are wanted, though the picture is not zoomed. */
  wantsWhole = false;
  private place = 0;
  private hub: ChartsHub | undefined;
  private input: ChartInput | undefined;
  private readonly maker = new CurveMaker();
  private readonly body = document.createElement('div');
  private pane: PlotPane | undefined;
  private model = nothingDrawn;
  private isModelDue = true;
  private isOverlayDue = false;
  private isPictureDue = true;
  private isLive = false;
  private isTextDue = false;
  private renderedAt = -Infinity;
  private drawnAt = -Infinity;
  /** What drawing took the last time, in milliseconds. */
  private drawCost = 0;
  /** Runs while series arrive one after the other. */
  private arriving: ReturnType<typeof setTimeout> | undefined;
  private table: TableView | undefined;
  private dialog: HTMLDialogElement | undefined;
  private readonly sizes = new ResizeObserver(() => this.pictureDue());

  get metric(): string {
    return this.input?.metric ?? '';
  }

  /** The points that lines are drawn with at present, by run; for tests and benchmarks. */
  get drawnPoints(): readonly { run: string; x: Float64Array; y: Float64Array }[] {
    const spec = this.pane?.picture.drawn;
    if (spec?.kind !== 'line') return [];
    return spec.lines.map(({ run, points }) => ({ run, ...points }));
  }

  /** What to show; what did not change is not drawn anew. */
  set content({ hub, input }: { readonly hub: ChartsHub; readonly input: ChartInput }) {
    const before = this.input;
    this.hub = hub;
    this.input = input;
    if (before === input) return;
    const isSameLook =
      before?.runs === input.runs && before.choice === input.choice && before.axes === input.axes;
    this.isModelDue ||= !isSameLook;
    if (!isSameLook) this.want();
    this.pictureDue();
  }

  get urgency(): number {
    return this.place;
  }

  /** Lower is read and drawn first. */
  setUrgency(urgency: number): void {
    if (urgency === this.place) return;
    this.place = urgency;
    this.want();
  }

  /** Whether it is near enough to what is seen to have a picture. */
  setLive(isLive: boolean): void {
    if (isLive === this.isLive) return;
    this.isLive = isLive;
    if (isLive) this.goLive();
    else this.goDark();
  }

  connectedCallback(): void {
    if (!this.body.isConnected) this.append(this.body);
    this.sizes.observe(this);
    this.renderBody();
  }

  disconnectedCallback(): void {
    this.sizes.disconnect();
    this.leaveFullScreen();
    this.setLive(false);
  }

  seriesChanged(_run: string, metric: string): void {
    if (metric !== this.metric && metric !== this.input?.axisMetric) return;
    this.isModelDue = true;
    clearTimeout(this.arriving);
    this.arriving = setTimeout(() => {
      this.arriving = undefined;
      this.drawAgain();
    }, arrivalTime);
    // Many lines take a while: not for each of the runs that arrive one after the other.
    const isCostly = performance.now() - this.drawnAt < 6 * this.drawCost;
    if (!isCostly) this.pictureDue();
  }

  zoomChanged(): void {
    this.pictureDue();
  }

  crosshairChanged(): void {
    this.overlayDue();
  }

  settled(): void {
    this.want();
    this.drawAgain();
  }

  inkChanged(): void {
    this.pictureDue();
  }

  /** Draws what is due. */
  draw(): void {
    const { hub, input, pane } = this;
    if (hub === undefined || input === undefined || pane === undefined) return;
    const start = performance.now();
    if (this.isModelDue) {
      this.isModelDue = false;
      this.model = this.makeModel(hub, input);
      this.isPictureDue = true;
    }
    if (this.isPictureDue) {
      this.isPictureDue = false;
      const isMoving = hub.isMoving || this.arriving !== undefined;
      const { metric, axes, locale, highlighted } = input;
      pane.draw({ metric, axes, locale, highlighted, model: this.model, isMoving });
      this.renderSoon(isMoving);
      this.drawnAt = performance.now();
      this.drawCost = this.drawnAt - start;
    } else if (this.isOverlayDue) pane.drawOverlay();
    this.isOverlayDue = false;
  }

  private makeModel(hub: ChartsHub, { metric, axisMetric, runs, choice }: ChartInput): ChartModel {
    const known = runs.map((one): ChartRun => ({
      ...one,
      status: hub.cache.look(one.run.key, metric),
      other: otherStatus(hub, one, axisMetric),
    }));
    return chartModel(known, choice, this.maker);
  }

  /** With all points, and with what stands around the picture, now that nothing moves. */
  private drawAgain(): void {
    if (this.isModelDue || this.isTextDue || this.pane?.picture.isCoarse === true) {
      this.pictureDue();
    }
  }

  /** What stands around the picture may lag behind it while that moves. */
  private renderSoon(isMoving: boolean): void {
    const now = performance.now();
    this.isTextDue = isMoving && now - this.renderedAt < textTime;
    if (this.isTextDue) return;
    this.renderedAt = now;
    this.renderBody();
  }

  private goLive(): void {
    const { hub, input } = this;
    const element = this.body.querySelector<HTMLElement>('.chart-plot');
    if (hub === undefined || input === undefined || element === null) return;
    hub.members.add(this);
    this.pane = new PlotPane(element, hub, input.locale, {
      picture: () => this.pictureDue(),
      overlay: () => this.overlayDue(),
    });
    this.isModelDue = true;
    this.want();
    this.pictureDue();
  }

  private goDark(): void {
    this.hub?.members.delete(this);
    this.hub?.cache.release(this);
    this.hub?.frames.cancel(this);
    clearTimeout(this.arriving);
    this.arriving = undefined;
    this.pane?.dispose();
    this.pane = undefined;
    this.maker.keepOnly(new Set());
    this.model = nothingDrawn;
    this.isModelDue = true;
  }

  private pictureDue(): void {
    this.isPictureDue = true;
    if (this.isLive) this.hub?.frames.request(this);
  }

  private overlayDue(): void {
    this.isOverlayDue = true;
    if (this.isLive) this.hub?.frames.request(this);
  }

  /** Says what series are needed now. */
  want(): void {
    const { hub, input } = this;
    if (hub === undefined || input === undefined || !this.isLive) return;
    const whole = this.wantsWhole || hub.zoom.window(input.metric) !== undefined;
    const { metric, axisMetric } = input;
    const series = input.runs.flatMap(({ run, latest, otherLatest }): WantedSeries[] => {
      const own = { run: run.key, metric, connection: run.connection, whole, latest };
      if (axisMetric === undefined || otherLatest === undefined) return [own];
      return [own, { ...own, metric: axisMetric, latest: otherLatest }];
    });
    hub.cache.want(this, this.urgency, series);
  }

  private renderBody(): void {
    const { hub, input } = this;
    if (hub !== undefined && input !== undefined) render(this.template(hub, input), this.body);
  }

  private template(hub: ChartsHub, input: ChartInput): TemplateResult {
    const { metric } = input;
    const counts = this.counts(input);
    const summary = summaryOf(this.model, counts);
    return html`<figure
      class="chart"
      aria-label=${metric}
      data-kind=${this.model.kind}
      data-drawn=${counts.drawn}
    >
      ${this.header(hub, input)}
      <div
        class="chart-plot ${this.table ? 'away' : ''}"
        tabindex="0"
        role="application"
        aria-label=${l10n.t('Chart of {0}. Arrow keys go from point to point.', metric)}
        aria-description=${summary}
      ></div>
      ${this.table ? this.tableTemplate(this.table, input) : nothing}
      ${overview(hub.zoom.window(metric), this.model, input.axes, input.locale)}
      <figcaption>
        ${groupLegend(this.model)}<span class="chart-caption"
          >${captionOf(this.model, counts).join(' · ')}</span
        >
        ${problemLine(this.model, () => hub.cache.retry(new Set([metric, input.axisMetric ?? metric])))}
        <span class="visually-hidden">${summary}</span>
      </figcaption>
    </figure>`;
  }

  private header(hub: ChartsHub, input: ChartInput): TemplateResult {
    const { metric } = input;
    const isZoomed = hub.zoom.window(metric) !== undefined || hub.zoom.height(metric) !== undefined;
    const button = (name: string, label: string, run: (event: Event) => void) =>
      html`<button
        type="button"
        class="icon-button"
        title=${label}
        aria-label=${label}
        @click=${run}
      >
        ${icon(name as 'more')}
      </button>`;
    return html`<header class="chart-header">
      <span class="chart-title" title=${metric} draggable="true">${metric}</span>
      ${isZoomed ? button('zoomOut', l10n.t('Show all'), () => this.showAll()) : nothing}
      ${button('table', this.table ? l10n.t('Show as chart') : l10n.t('Show as table'), () => this.toggleTable())}
      ${
        this.dialog
          ? button('close', l10n.t('Leave full screen'), () => this.leaveFullScreen())
          : button('fullScreen', l10n.t('Full screen'), () => this.enterFullScreen())
      }
      ${button('more', l10n.t('More actions for {0}', metric), (event) => this.openActions(event, hub, input))}
    </header>`;
  }

  private openActions(event: Event, hub: ChartsHub, input: ChartInput): void {
    const anchor = event.currentTarget as HTMLElement;
    const actions = chartActions({ hub, input, model: this.model, pane: this.pane, figure: this });
    openMenu(anchor, l10n.t('More actions for {0}', input.metric), actions);
  }

  private tableTemplate(view: TableView, { metric, locale }: ChartInput): TemplateResult {
    return chartTable(metric, this.model, view, locale, (next) => {
      this.table = next;
      this.renderBody();
    });
  }

  private counts({ sampledPoints, locale, choice }: ChartInput): Counts {
    const drawn = pointsDrawn(this.model, this.pane?.picture.drawn);
    return { drawn, sampledPoints, locale, logX: choice.logX, logY: choice.logY };
  }

  private showAll(): void {
    this.pane?.showAll();
    // The button goes.
    this.focusContent();
  }

  private toggleTable(): void {
    this.table = this.table ? undefined : { run: undefined, page: 0 };
    this.renderBody();
    // Behind the table the picture was not drawn.
    this.pictureDue();
  }

  private enterFullScreen(): void {
    this.dialog = openDialog(this.metric, this.body, this, () => this.leaveFullScreen());
    this.sizes.observe(this.dialog);
    this.afterMove();
  }

  private leaveFullScreen(): void {
    const { dialog } = this;
    if (dialog === undefined) return;
    this.dialog = undefined;
    this.append(this.body);
    dialog.remove();
    this.afterMove();
  }

  private afterMove(): void {
    this.renderBody();
    this.pictureDue();
    this.focusContent();
  }

  private focusContent(): void {
    const place = this.table ? '.chart-table-rows' : '.chart-plot';
    this.body.querySelector<HTMLElement>(place)?.focus({ preventScroll: true });
  }
}

/** What is there of the horizontal axis's metric: nothing at all of one that the run has not. */
function otherStatus(
  { cache }: ChartsHub,
  { run, otherLatest }: ChartInput['runs'][number],
  metric: string | undefined,
): SeriesStatus | undefined {
  if (metric === undefined) return undefined;
  return otherLatest === undefined ? withoutPoints : cache.look(run.key, metric);
}

/** Makes the element known to the page. */
export function defineChartFigure(): void {
  if (customElements.get('compare-chart') === undefined) {
    customElements.define('compare-chart', ChartFigure);
  }
}
