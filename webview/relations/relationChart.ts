import * as l10n from '@vscode/l10n';
import { html, LitElement, nothing, svg } from 'lit';
import type { PropertyValues, SVGTemplateResult, TemplateResult } from 'lit';
import { toOneLine } from '../../src/mlflow/format';
import { announce, announceOutcome } from '../kit/announce';
import type { MenuItem } from '../kit/menu';
import { OwnWidth } from '../kit/ownWidth';
import { runLooks } from '../kit/runLooks';
import { styled } from '../kit/styled';
import { fileName } from '../kit/fileName';
import { AxisHeads } from './axisHeads';
import type { MarkedRun } from './axisMenu';
import { fieldsOfRuns } from './choices';
import type { Cursor } from './keyboardStep';
import { stepAmongLines, stepAmongPoints } from './keyboardStep';
import { nearestLine, nearestPoint } from './nearestRun';
import { parallelScene } from './parallelScene';
import type { Point } from './parallelScene';
import { parallelView } from './parallelView';
import { pointScene } from './pointScene';
import type { DrawnRuns } from './pointView';
import { pointView } from './pointView';
import { placeIn, RangeDrag } from './rangeDrag';
import { relationHead } from './relationHead';
import { relationCsv, relationMarkdown, relationTable } from './relationTable';
import { captionOf, detailsOf, spokenOf, titleOf } from './relationTexts';
import type { RelationScene } from './relationTexts';
import type { RelatedRun, RelationSource } from './source';
import { narrowed } from './source';
import type { RelationSpec } from './spec';
import type { Size } from './plotBox';
import { svgFile } from './svgFile';
import { svgPng } from './svgPng';

/** What a chart of params against metrics is drawn from. */
export interface RelationInput {
  readonly spec: RelationSpec;
  /** All runs of the page, also those that are hidden. */
  readonly source: RelationSource;
  /** Keys of runs that are not drawn. */
  readonly hidden: ReadonlySet<string>;
  /** The run that stands out everywhere. */
  readonly highlighted: string | undefined;
  readonly onHighlight: (run: string | undefined) => void;
  readonly onSpec: (spec: RelationSpec) => void;
  /** Further entries of the chart's menu, such as one that removes it. */
  readonly entries: readonly MenuItem[];
  /** Asks where to and writes a file; what came of it as a sentence, if it is news. */
  readonly onSave: (suggested: string, content: Saved) => Promise<string | undefined>;
  readonly onCopy: (text: string) => Promise<string | undefined>;
}

type Saved = string | Uint8Array;

/** How far from a point or a line the pointer may be, in CSS pixels. */
const reach = 14;
const height = 320;
/** More runs than these can be neither told apart nor drawn while somebody waits. */
const mostDrawn = 10_000;

/** A chart of params against metrics, as a figure with a summary and a table. */
export class RelationChart extends LitElement {
  static override properties = {
    input: { attribute: false },
    hasTable: { state: true },
    isFull: { state: true },
    pointer: { state: true },
    cursor: { state: true },
  };

  declare input: RelationInput | undefined;
  declare private hasTable: boolean;
  /** Whether it fills the page. */
  declare private isFull: boolean;
  /** Where the pointer is, while it is on a run. */
  declare private pointer: Point | undefined;
  declare private cursor: Cursor | undefined;
  private runs: readonly RelatedRun[] = [];
  /** How many runs are not hidden; they are not all drawn where they are too many. */
  private shown = 0;
  private looks: DrawnRuns['looks'] = new Map();
  private scene: RelationScene | undefined;
  private readonly drag = new RangeDrag(this);
  private readonly heads = new AxisHeads(this);
  private readonly width = new OwnWidth(this);
  private drawnFor = '';

  constructor() {
    super();
    this.hasTable = false;
    this.isFull = false;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(changed: PropertyValues): void {
    const { input } = this;
    if (!input) return;
    const before = changed.get('input') as RelationInput | undefined;
    const { spec, source, hidden } = input;
    const isSame = before?.spec === spec && before.source === source && before.hidden === hidden;
    if (changed.has('input') && before?.source !== source) this.looks = runLooks(source.runs);
    const size = this.size();
    const drawnFor = `${size.width} ${size.height}`;
    if (this.scene && this.drawnFor === drawnFor && (!changed.has('input') || isSame)) return;
    this.drawnFor = drawnFor;
    this.shown = source.runs.reduce((count, { key }) => count + (hidden.has(key) ? 0 : 1), 0);
    const drawn = narrowed(source, ({ key }) => !hidden.has(key), mostDrawn);
    this.runs = drawn.runs;
    this.scene =
      spec.kind === 'parallel' ? parallelScene(spec, drawn, size) : pointScene(spec, drawn, size);
  }

  private size(): Size {
    if (!this.isFull) return { width: this.width.value || this.clientWidth || 600, height };
    const { innerWidth, innerHeight } = window;
    return { width: Math.max(300, innerWidth - 24), height: Math.max(200, innerHeight - 110) };
  }

  protected override updated(changed: PropertyValues): void {
    if (!changed.has('isFull') || (!this.isFull && changed.get('isFull') !== true)) return;
    this.querySelector('dialog')?.showModal();
    this.querySelector<HTMLElement>('.relation-plot')?.focus({ preventScroll: true });
  }

  protected override render(): TemplateResult | typeof nothing {
    const { input, scene } = this;
    if (!input || !scene) return nothing;
    const figure = this.figure(input, scene);
    if (!this.isFull) return figure;
    return html`<dialog
      class="chart-full"
      aria-label=${titleOf(input.spec)}
      @close=${() => (this.isFull = false)}
    >
      ${figure}
    </dialog>`;
  }

  private figure(input: RelationInput, scene: RelationScene): TemplateResult {
    const { spec, highlighted } = input;
    return html`<figure class="relation" aria-label=${titleOf(spec)}>
      ${relationHead(spec, scene, {
        fields: () => fieldsOfRuns(input.source),
        change: input.onSpec,
        entries: () => this.entries(input, scene),
      })}
      ${this.plot(input, scene)}
      <p class="relation-caption">${captionOf(scene, this.runs.length, this.shown).join(' · ')}</p>
      ${this.hasTable ? relationTable(scene, titleOf(spec), this.runs, highlighted) : nothing}
    </figure>`;
  }

  private plot({ spec, highlighted }: RelationInput, scene: RelationScene): TemplateResult {
    const drawn = { runs: this.runs, looks: this.looks, highlighted };
    const isMarked = this.runs.some(({ key }) => key === highlighted);
    const { width, height } = scene.size;
    return html`<div class="relation-body">
      ${scene.kind === 'parallel' && spec.kind === 'parallel' ? this.heads.view(spec, scene) : nothing}
      <div
        class="relation-plot ${isMarked ? 'has-highlight' : ''}"
        tabindex="0"
        role="application"
        aria-roledescription=${l10n.t('chart')}
        aria-label=${`${titleOf(spec)}. ${l10n.t('Arrow keys go from run to run.')}`}
        @keydown=${(event: KeyboardEvent) => this.onKey(event)}
        @blur=${() => this.point(undefined)}
        @pointermove=${(event: PointerEvent) => this.onMove(event)}
        @pointerleave=${() => this.leave()}
        @pointerdown=${(event: PointerEvent) => this.drag.start(event)}
      >
        <svg viewBox="0 0 ${width} ${height}" width=${width} height=${height} aria-hidden="true">
          ${
            scene.kind === 'parallel'
              ? parallelView(scene, drawn, this.cursor, this.drag.dragged)
              : pointView(scene, drawn)
          }
          ${isEmpty(scene) ? this.nothingText(scene) : nothing}
        </svg>
        ${this.pointer ? this.tooltip(scene, this.pointer) : nothing}
      </div>
    </div>`;
  }

  private tooltip(scene: RelationScene, { x, y }: Point): TemplateResult | typeof nothing {
    const { marked } = this;
    if (!marked) return nothing;
    const isRight = x > scene.size.width / 2;
    const place = isRight ? { right: `${scene.size.width - x + 14}px` } : { left: `${x + 14}px` };
    return html`<div
      class="relation-tooltip"
      ${styled({ ...place, top: `${Math.max(0, y - 12)}px` })}
    >
      <strong>${toOneLine(marked.run.name, 80)}</strong>
      <table>
        ${detailsOf(scene, marked.at).map(
          ({ name, text }) =>
            html`<tr>
              <th scope="row">${name}</th>
              <td>${text}</td>
            </tr>`,
        )}
      </table>
    </div>`;
  }

  private nothingText({ size }: RelationScene): SVGTemplateResult {
    const text =
      this.runs.length === 0
        ? l10n.t('All runs are hidden.')
        : l10n.t('No run has a value for every axis.');
    return svg`<text class="relation-nothing" x=${size.width / 2} y=${size.height / 2}
      text-anchor="middle">${text}</text>`;
  }

  /** What is drawn, for dragging in it. */
  get parallel() {
    const { scene, input } = this;
    return scene?.kind === 'parallel' && input?.spec.kind === 'parallel'
      ? { scene, spec: input.spec }
      : undefined;
  }

  /** The run that stands out, if it is drawn here. */
  get marked(): MarkedRun | undefined {
    const at = this.runs.findIndex(({ key }) => key === this.input?.highlighted);
    const run = this.runs[at];
    return run && { run, at };
  }

  change(spec: RelationSpec): void {
    this.input?.onSpec(spec);
  }

  private point(run: number | undefined): void {
    const key = run === undefined ? undefined : this.runs[run]?.key;
    if (key !== this.input?.highlighted) this.input?.onHighlight(key);
  }

  private onMove(event: PointerEvent): void {
    const { scene } = this;
    if (!scene || this.drag.dragged) return;
    const place = placeIn(event.currentTarget as Element, event);
    const found =
      scene.kind === 'parallel'
        ? nearestLine(scene.lines, place, reach)
        : nearestPoint(scene.points, place, reach);
    if (!found && !this.pointer) return;
    this.pointer = found && place;
    this.cursor = undefined;
    this.point(found?.run);
  }

  private leave(): void {
    if (!this.pointer) return;
    this.pointer = undefined;
    this.point(undefined);
  }

  private onKey(event: KeyboardEvent): void {
    const { scene } = this;
    if (!scene || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Escape' && this.cursor) this.cursor = undefined;
    else {
      const next = this.step(scene, event.key);
      if (!next) return;
      this.cursor = next;
      const run = this.runs[next.run];
      if (run) announce(spokenOf(scene, run, next.run, next.axis));
    }
    event.preventDefault();
    this.pointer = undefined;
    this.point(this.cursor?.run);
  }

  private step(scene: RelationScene, key: string): Cursor | undefined {
    if (scene.kind === 'parallel') return stepAmongLines(scene, this.cursor, key);
    const run = stepAmongPoints(scene.points, this.cursor?.run, key);
    return run === undefined ? undefined : { run, axis: 0 };
  }

  private entries(
    { spec, entries, onSave, onCopy }: RelationInput,
    scene: RelationScene,
  ): MenuItem[] {
    const title = titleOf(spec);
    const showTable: MenuItem = {
      label: l10n.t('Table'),
      isChecked: this.hasTable,
      run: () => (this.hasTable = !this.hasTable),
    };
    const full: MenuItem = {
      label: this.isFull ? l10n.t('Leave full screen') : l10n.t('Full screen'),
      run: () => (this.isFull = !this.isFull),
    };
    const save = (extension: string, content: () => Saved | Promise<Saved>) => () =>
      void announceOutcome(
        (async () => onSave(`${fileName(title)}.${extension}`, await content()))(),
      );
    const drawing = (): SVGSVGElement =>
      this.querySelector<SVGSVGElement>('.relation-plot > svg') as SVGSVGElement;
    return [
      showTable,
      full,
      'separator',
      { label: l10n.t('Save as PNG…'), run: save('png', () => svgPng(drawing(), title)) },
      { label: l10n.t('Save as SVG…'), run: save('svg', () => svgFile(drawing(), title)) },
      { label: l10n.t('Save as CSV…'), run: save('csv', () => relationCsv(scene, this.runs)) },
      {
        label: l10n.t('Copy as Markdown'),
        run: () => void announceOutcome(onCopy(relationMarkdown(scene, this.runs))),
      },
      ...entries,
    ];
  }
}

function isEmpty(scene: RelationScene): boolean {
  return (scene.kind === 'parallel' ? scene.lines : scene.points).length === 0;
}

/** Places a chart of params against metrics in a template. */
export function relationChart(input: RelationInput): TemplateResult {
  const shape = input.spec.kind === 'parallel' ? 'is-wide' : '';
  return html`<relation-chart class=${shape} .input=${input}></relation-chart>`;
}

customElements.define('relation-chart', RelationChart);
