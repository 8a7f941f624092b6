import * as l10n from '@vscode/l10n';
import { html, nothing, render, type TemplateResult } from 'lit';

import { icon } from '../../kit/icons';
import { openMenu } from '../../kit/menu';
import { styled } from '../../kit/styled';
import { formatPlace } from './axisTicks';
import { chartActions, type ChartMoves } from './chartActions';
import { chartModel, type ChartModel, type ChartRun } from './chartModel';
import { type AxisSetup, wholeOf } from './chartScene';
import { chartTable, type TableView } from './chartTable';
import { captionOf, type Counts, problemsOf, summaryOf } from './chartTexts';
import type { ChartsHub, HubMember } from './chartsHub';
import { type CurveChoice, CurveMaker } from './curves';
import type { FrameJob } from './frames';
import { PlotPane } from './plotPane';
import { fractionOf } from './range';
import type { WantedSeries } from './seriesCache';

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
  private table: TableView | undefined;
  private dialog: HTMLDialogElement | undefined;
  private readonly sizes = new ResizeObserver(() => this.pictureDue());

  get metric(): string {
    return this.input?.metric ?? '';
  }

  /** The points that lines are drawn with at present, by run; for tests and benchmarks. */
  get drawnPoints(): readonly { run: string; x: Float64Array; y: Float64Array }[] {
    const spec = this.pane?.drawn;
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
    this.pictureDue();
  }

  zoomChanged(): void {
    this.pictureDue();
  }

  crosshairChanged(): void {
    this.overlayDue();
  }

  settled(): void {
    this.want();
    if (this.pane?.isCoarse === true || this.isLive) this.pictureDue();
  }

  inkChanged(): void {
    this.pictureDue();
  }

  /** Draws what is due. */
  draw(): void {
    const { hub, input, pane } = this;
    if (hub === undefined || input === undefined || pane === undefined) return;
    if (this.isModelDue) {
      this.isModelDue = false;
      this.model = this.makeModel(hub, input);
      this.isPictureDue = true;
    }
    if (this.isPictureDue) {
      this.isPictureDue = false;
      pane.draw({ ...input, model: this.model });
      if (!hub.isMoving) this.renderBody();
    } else if (this.isOverlayDue) pane.drawOverlay();
    this.isOverlayDue = false;
  }

  private makeModel(hub: ChartsHub, { metric, axisMetric, runs, choice }: ChartInput): ChartModel {
    const known = runs.map((one): ChartRun => ({
      ...one,
      status: hub.cache.look(one.run.key, metric),
      other: axisMetric === undefined ? undefined : hub.cache.look(one.run.key, axisMetric),
    }));
    return chartModel(known, choice, this.maker);
  }

  private goLive(): void {
    const { hub, input } = this;
    const element = this.body.querySelector<HTMLElement>('.chart-plot');
    if (hub === undefined || input === undefined || element === null) return;
    hub.members.add(this);
    this.pane = new PlotPane(element, hub, input.locale, () => this.overlayDue());
    this.isModelDue = true;
    this.want();
    this.pictureDue();
  }

  private goDark(): void {
    this.hub?.members.delete(this);
    this.hub?.cache.release(this);
    this.hub?.frames.cancel(this);
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
    const metrics =
      input.axisMetric === undefined ? [input.metric] : [input.metric, input.axisMetric];
    const series = input.runs.flatMap(({ run, latest }) =>
      metrics.map((metric): WantedSeries => {
        const own = metric === input.metric ? latest : undefined;
        return { run: run.key, metric, connection: run.connection, whole, latest: own };
      }),
    );
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
    const drawn = this.drawnPoints.reduce((sum, { x }) => sum + x.length, 0);
    return html`<figure
      class="chart"
      aria-label=${metric}
      data-kind=${this.model.kind}
      data-drawn=${drawn}
    >
      ${this.header(hub, input)}
      <div
        class="chart-plot ${this.table ? 'away' : ''}"
        tabindex="0"
        role="application"
        aria-label=${l10n.t('Chart of {0}. Arrow keys go from point to point.', metric)}
        aria-description=${summary}
      ></div>
      ${this.table ? this.tableTemplate(this.table, input) : nothing} ${this.overview(hub, input)}
      <figcaption>
        ${this.caption(counts)} ${this.problems(hub, metric)}
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
      ${isZoomed ? button('zoomOut', l10n.t('Show all'), () => this.pane?.showAll()) : nothing}
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
    const spec = this.pane?.drawn;
    const ids = new Set(this.model.lines.map(({ id }) => id));
    const faint =
      choice.smoothing > 0 ? this.model.lines.filter((line) => line.prepared.faint) : [];
    const all = spec?.kind === 'line' ? spec.lines.slice(faint.length) : [];
    const drawn = all.reduce(
      (sum, { run, points }) => sum + (ids.has(run) ? points.x.length : 0),
      0,
    );
    return { drawn, sampledPoints, locale, logX: choice.logX, logY: choice.logY };
  }

  private caption(counts: Counts): TemplateResult {
    return html`<span class="chart-caption">${captionOf(this.model, counts).join(' · ')}</span>`;
  }

  private problems(hub: ChartsHub, metric: string): TemplateResult | typeof nothing {
    const problems = problemsOf(this.model);
    if (problems.length === 0) return nothing;
    const metrics = new Set([metric, this.input?.axisMetric ?? metric]);
    return html`<span class="chart-problem">${problems.join(' ')}</span>
      <button type="button" class="link-button" @click=${() => hub.cache.retry(metrics)}>
        ${l10n.t('Retry')}
      </button>`;
  }

  /** Where the zoomed picture is in the whole. */
  private overview(
    hub: ChartsHub,
    { metric, axes, locale }: ChartInput,
  ): TemplateResult | typeof nothing {
    const window = hub.zoom.window(metric);
    if (window === undefined || this.model.kind === 'bar')
      return html`<div class="chart-overview"></div>`;
    const whole = wholeOf(this.model, axes.scaleX);
    const share = (value: number): number =>
      Math.max(0, Math.min(1, fractionOf(value, whole, axes.scaleX)));
    const start = share(window.min);
    const width = Math.max(0.004, share(window.max) - start);
    const [from, to] = [window.min, window.max].map((value) =>
      formatPlace(value, axes.unit, locale),
    );
    return html`<div
      class="chart-overview zoomed"
      role="img"
      aria-label=${l10n.t('{0} from {1} to {2}', axes.title, from!, to!)}
      title=${l10n.t('{0} from {1} to {2}', axes.title, from!, to!)}
    >
      <div
        class="chart-overview-window"
        ${styled({ left: `${start * 100}%`, width: `${width * 100}%` })}
      ></div>
    </div>`;
  }

  private toggleTable(): void {
    this.table = this.table ? undefined : { run: undefined, page: 0 };
    this.renderBody();
  }

  private enterFullScreen(): void {
    const dialog = document.createElement('dialog');
    dialog.className = 'chart-full';
    dialog.setAttribute('aria-label', this.metric);
    dialog.addEventListener('close', () => this.leaveFullScreen());
    dialog.append(this.body);
    this.append(dialog);
    this.dialog = dialog;
    dialog.showModal();
    this.sizes.observe(dialog);
    this.renderBody();
    this.body.querySelector<HTMLElement>('.chart-plot')?.focus();
    this.pictureDue();
  }

  private leaveFullScreen(): void {
    const { dialog } = this;
    if (dialog === undefined) return;
    this.dialog = undefined;
    this.append(this.body);
    dialog.remove();
    this.renderBody();
    this.pictureDue();
    this.body.querySelector<HTMLElement>('.chart-plot')?.focus({ preventScroll: true });
  }
}

/** Makes the element known to the page. */
export function defineChartFigure(): void {
  if (customElements.get('compare-chart') === undefined) {
    customElements.define('compare-chart', ChartFigure);
  }
}
