import './charts.css';

import * as l10n from '@vscode/l10n';
import { html, nothing, render, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';

import type { ComparedRun } from '../../src/protocol/comparePage';
import { icon } from '../kit/icons';
import { lastResult } from '../kit/lastResult';
import type { RunLook } from '../kit/runLooks';
import { styled } from '../kit/styled';
import { onThemeChange } from '../kit/theme';
import type { ChartMoves } from './chartActions';
import type { ChartFigure } from './chartFigure';
import { defineChartFigure } from './chartFigure';
import { type ChartGrid, chartGrid, type GridItem, itemsNear } from './chartGrid';
import { ChartInputs } from './chartInputs';
import { chartsToolbar } from './chartsToolbar';
import { ChartsHub } from './chartsHub';
import type { ChartsLayout } from './chartsLayout';
import type { ChartsDispatch, ChartsLink, ChartsState } from './chartsState';
import { chartSearch, movedTo, type Section, sectionsOf } from './sections';

/** What the charts of the page are drawn from. */
export interface ChartsProps {
  readonly state: ChartsState;
  readonly looks: ReadonlyMap<string, RunLook>;
  readonly dispatch: ChartsDispatch;
  readonly link: ChartsLink;
}

/** Charts this far outside of what is seen have their pictures ready, in pixels. */
const nearby = 400;
/** As in the styles, in pixels. */
const sidePadding = 12;
/** So many figures exist, or as many as are seen: those that are nearest to it. */
const mostFigures = 40;

/** The charts of all metrics, in sections: of thousands, those near to what is seen exist. */
export class ChartsView extends HTMLElement {
  private props: ChartsProps | undefined;
  private hub: ChartsHub | undefined;
  private readonly inputs = new ChartInputs();
  private readonly moves = new Map<string, ChartMoves & { readonly key: string }>();
  private grid: ChartGrid = { items: [], height: 0 };
  private handle: number | undefined;
  private readonly sizes = new ResizeObserver(() => this.refresh());
  private stopTheme: (() => void) | undefined;
  private dragged: string | undefined;

  private readonly metricsOf = lastResult((runs: readonly ComparedRun[], keys: readonly string[]) =>
    usedMetrics(runs, keys),
  );
  private readonly found = lastResult(
    (
      metrics: readonly string[],
      text: string,
      hidden: ReadonlySet<string>,
      moved: ChartsLayout['chartOrder'],
    ) => {
      const { matches } = chartSearch(text);
      const shown = metrics.filter((metric) => !hidden.has(metric) && (matches?.(metric) ?? true));
      return sectionsOf(shown, moved);
    },
  );

  set view(props: ChartsProps) {
    const before = this.props;
    this.props = props;
    if (!this.isConnected) return;
    this.follow(before?.state.layout, props.state.layout);
    this.update();
  }

  connectedCallback(): void {
    this.sizes.observe(this);
    document.addEventListener('scroll', this.onScroll, { capture: true, passive: true });
    this.stopTheme = onThemeChange(() => {
      this.inputs.forgetStyles();
      this.hub?.forgetInk();
      this.refresh();
    });
    this.update();
  }

  disconnectedCallback(): void {
    this.sizes.disconnect();
    document.removeEventListener('scroll', this.onScroll, { capture: true });
    this.stopTheme?.();
    if (this.handle !== undefined) cancelAnimationFrame(this.handle);
    this.handle = undefined;
    render(nothing, this);
    this.hub?.dispose();
    this.hub = undefined;
  }

  private readonly onScroll = (): void => this.refresh();

  /** Looks once more at what is seen, on the next frame. */
  private refresh(): void {
    this.handle ??= requestAnimationFrame(() => {
      this.handle = undefined;
      this.update();
    });
  }

  private hubOf({ link, state, dispatch }: ChartsProps): ChartsHub {
    if (this.hub !== undefined) return this.hub;
    const highlight = (run: string | undefined): void => dispatch({ type: 'highlight', run });
    const hub = new ChartsHub(link, state.sampledPoints, highlight, () => this.zoomSettled());
    this.hub = hub;
    hub.zoom.setLinked(state.layout.linkedZoom, []);
    if (state.layout.linkedZoom && state.kept.zoom) hub.zoom.setWindow('', state.kept.zoom);
    return hub;
  }

  /** What of the layout concerns the zoom. */
  private follow(before: ChartsLayout | undefined, layout: ChartsLayout): void {
    if (before === undefined || this.hub === undefined) return;
    const { zoom } = this.hub;
    const isOther = JSON.stringify(before.axis) !== JSON.stringify(layout.axis);
    if (isOther || before.logX !== layout.logX) zoom.reset();
    zoom.setLinked(
      layout.linkedZoom,
      this.figures().map(({ metric }) => metric),
    );
  }

  private zoomSettled(): void {
    const { props, hub } = this;
    if (props === undefined || hub === undefined) return;
    const zoom = hub.zoom.isLinked ? hub.zoom.window('') : undefined;
    const { kept } = props.state;
    const isSame = kept.zoom?.min === zoom?.min && kept.zoom?.max === zoom?.max;
    if (!isSame) props.dispatch({ type: 'kept', change: { zoom } });
    this.update();
  }

  private figures(): ChartFigure[] {
    return [...this.querySelectorAll<ChartFigure>('compare-chart')];
  }

  private update(): void {
    const { props } = this;
    const width = this.clientWidth - 2 * sidePadding;
    if (props === undefined || width <= 0) return;
    const hub = this.hubOf(props);
    const { state } = props;
    const { layout, kept } = state;
    const metrics = this.metricsOf(state.runs, state.metricKeys);
    const sections = this.found(metrics, kept.chartSearch, layout.hiddenCharts, layout.chartOrder);
    const isFolded = ({ prefix }: Section): boolean => layout.folded.has(`charts/${prefix}`);
    this.grid = chartGrid(sections, isFolded, width, layout.chartWidth);
    render(this.template(props, hub, sections), this);
    this.bringAlive();
  }

  private template(
    props: ChartsProps,
    hub: ChartsHub,
    sections: readonly Section[],
  ): TemplateResult {
    const { state } = props;
    const items = itemsNear(this.grid, this.seen(), mostFigures);
    return html`${chartsToolbar(state, props.dispatch, hub)}
      ${sections.length === 0 ? html`<p class="charts-none">${this.noCharts(state)}</p>` : nothing}
      <div
        class="charts-grid"
        ${styled({ height: `${this.grid.height}px` })}
        @dragstart=${this.onDrag}
        @dragover=${this.onDragOver}
        @drop=${this.onDrop}
      >
        ${repeat(items, keyOf, (item) => this.item(item, props, hub))}
      </div>`;
  }

  private noCharts({ kept, phase }: ChartsState): string {
    if (kept.chartSearch !== '') return l10n.t('No metric is called so.');
    return phase === 'ready' ? l10n.t('These runs have no metrics.') : '';
  }

  private item(item: GridItem, props: ChartsProps, hub: ChartsHub): TemplateResult {
    const box = {
      left: `${item.left}px`,
      top: `${item.top}px`,
      width: `${item.width}px`,
      height: `${item.height}px`,
    };
    if (item.kind === 'head') return sectionHead(item.section, item.isFolded, box, props.dispatch);
    const { metric } = item;
    const input = this.inputs.input(metric, props.state, props.looks, this.movesOf(item, props));
    return html`<compare-chart
      class="charts-item"
      ${styled(box)}
      data-metric=${metric}
      .content=${{ hub, input }}
    ></compare-chart>`;
  }

  /** Gives pictures to what is near, most urgent what is seen first. */
  private bringAlive(): void {
    const { top, bottom } = this.seen();
    const boxes = new Map(
      this.grid.items.flatMap((item) =>
        item.kind === 'chart' ? [[item.metric, item] as const] : [],
      ),
    );
    let place = 0;
    for (const figure of this.figures()) {
      const box = boxes.get(figure.metric);
      if (box === undefined) continue;
      const isSeen = box.top < bottom && box.top + box.height > top;
      const isNear = box.top < bottom + nearby && box.top + box.height > top - nearby;
      figure.setUrgency(isSeen ? place++ : 1000 + place++);
      figure.setLive(isNear);
    }
  }

  /** What of the charts is seen, in pixels from their top. */
  private seen(): { top: number; bottom: number } {
    const grid = this.querySelector('.charts-grid') ?? this;
    const { top } = grid.getBoundingClientRect();
    return { top: -top, bottom: window.innerHeight - top };
  }

  private movesOf(
    { metric, section, place }: Extract<GridItem, { kind: 'chart' }>,
    { dispatch, state }: ChartsProps,
  ): ChartMoves {
    const key = `${place}/${section.metrics.length}`;
    const known = this.moves.get(metric);
    if (known?.key === key) return known;
    const to = (target: number) => () => this.move(metric, target);
    const moves = {
      key,
      earlier: place > 0 ? to(place - 1) : undefined,
      later: place < section.metrics.length - 1 ? to(place + 1) : undefined,
      hide: () => {
        const { hiddenCharts } = this.props?.state.layout ?? state.layout;
        dispatch({ type: 'layout', change: { hiddenCharts: new Set([...hiddenCharts, metric]) } });
      },
    };
    this.moves.set(metric, moves);
    return moves;
  }

  private move(metric: string, place: number): void {
    const item = this.grid.items.find((one) => one.kind === 'chart' && one.metric === metric);
    if (item === undefined || this.props === undefined) return;
    const { dispatch, state } = this.props;
    const chartOrder = movedTo(item.section, metric, place, state.layout.chartOrder);
    dispatch({ type: 'layout', change: { chartOrder } });
  }

  private readonly onDrag = (event: DragEvent): void => {
    this.dragged = metricAt(event);
    event.dataTransfer?.setData('text/plain', this.dragged ?? '');
  };

  private readonly onDragOver = (event: DragEvent): void => {
    if (this.placeUnder(event) !== undefined) event.preventDefault();
  };

  private readonly onDrop = (event: DragEvent): void => {
    const place = this.placeUnder(event);
    if (place === undefined || this.dragged === undefined) return;
    event.preventDefault();
    this.move(this.dragged, place);
  };

  /** The place in the section of the dragged chart that the pointer is over. */
  private placeUnder(event: DragEvent): number | undefined {
    const target = metricAt(event);
    const find = (metric: string | undefined) =>
      this.grid.items.find((item) => item.kind === 'chart' && item.metric === metric);
    const [from, to] = [find(this.dragged), find(target)];
    return to?.kind === 'chart' && from?.section === to.section ? to.place : undefined;
  }
}

function metricAt(event: Event): string | undefined {
  return event.target instanceof Element
    ? event.target.closest<ChartFigure>('compare-chart')?.metric
    : undefined;
}

function keyOf(item: GridItem): string {
  return item.kind === 'head' ? `section ${item.section.prefix}` : `chart ${item.metric}`;
}

/** The metrics that one of the runs has, hidden ones included, so that hiding a run moves no chart. */
function usedMetrics(runs: readonly ComparedRun[], keys: readonly string[]): readonly string[] {
  const used = new Uint8Array(keys.length);
  for (const { metrics } of runs) for (const place of metrics.keys) used[place] = 1;
  return keys.filter((_, place) => used[place] === 1);
}

function sectionHead(
  { prefix, metrics }: Section,
  isFolded: boolean,
  box: Readonly<Record<string, string>>,
  dispatch: ChartsDispatch,
): TemplateResult {
  const fold = (): void =>
    dispatch({ type: 'fold', section: `charts/${prefix}`, folded: !isFolded });
  return html`<h3 class="charts-item charts-head" ${styled(box)}>
    <button type="button" class="fold" aria-expanded=${isFolded ? 'false' : 'true'} @click=${fold}>
      ${icon(isFolded ? 'chevronRight' : 'chevronDown')}${prefix === '' ? l10n.t('Without prefix') : prefix}
      <span class="faint">${metrics.length}</span>
    </button>
  </h3>`;
}

defineChartFigure();
if (customElements.get('compare-charts') === undefined) {
  customElements.define('compare-charts', ChartsView);
}
