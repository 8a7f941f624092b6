import './runsCharts.css';
import '../../relations/relations.css';

import * as l10n from '@vscode/l10n';
import { html, LitElement } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import type { SaveOutcome } from '../../../src/protocol/comparePage';
import { reasonOf } from '../../kit/announce';
import type { RelationsInput } from '../../relations/relationsSection';
import type { RelationSource } from '../../relations/source';
import type { RunsData } from '../model/runsData';
import { runsSource } from './runsSource';

/** What the charts of the table's runs are drawn from. */
export interface RunsChartsInput {
  readonly data: RunsData;
  /** Changes whenever the data does. */
  readonly revision: number;
  /** Whether more runs are on their way. */
  readonly isReading: boolean;
  /** Keys of runs that are put away. */
  readonly hidden: ReadonlySet<string>;
  /** As remembered; `undefined` where nobody has chosen any. */
  readonly relations: readonly unknown[] | undefined;
  readonly onRelations: (relations: readonly unknown[]) => void;
  readonly onSave: (suggested: string, content: string | Uint8Array) => Promise<SaveOutcome>;
  readonly onCopy: (text: string) => Promise<unknown>;
}

/** The bundle of these charts; it is loaded when they are first shown, so that rows need not wait for it. */
type Drawing = typeof import('../../relations/main');

/** While runs arrive and change, charts are drawn anew no more often than this, in milliseconds. */
const pause = 1000;
const noRelations: readonly unknown[] = [];
const noneHidden: ReadonlySet<string> = new Set();

/** Charts of params against metrics over the runs of the table. */
export class RunsCharts extends LitElement {
  static override properties = {
    input: { attribute: false },
    drawing: { state: true },
    failure: { state: true },
    highlighted: { state: true },
  };

  declare input: RunsChartsInput | undefined;
  declare private drawing: Drawing | undefined;
  declare private failure: string | undefined;
  declare private highlighted: string | undefined;
  private source: RelationSource | undefined;
  private readAt = -Infinity;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private hasBegun = false;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (!this.drawing) void this.load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private async load(): Promise<void> {
    try {
      this.drawing = await import('../../relations/main');
    } catch (error) {
      this.failure = reasonOf(error);
    }
  }

  protected override willUpdate(changed: PropertyValues): void {
    const { input } = this;
    if (!input) return;
    const before = changed.get('input') as RunsChartsInput | undefined;
    const isOther = before?.data !== input.data || before.hidden !== input.hidden;
    const isChanged = isOther || before.revision !== input.revision;
    if (this.source && (!changed.has('input') || !isChanged) && !this.isDue) return;
    this.readSource(input, isOther && before !== undefined);
  }

  /** Whether a drawing was put off. */
  private get isDue(): boolean {
    return this.timer !== undefined && performance.now() - this.readAt >= pause;
  }

  private readSource({ data, hidden }: RunsChartsInput, isUrgent: boolean): void {
    const wait = this.readAt + pause - performance.now();
    if (this.source && !isUrgent && wait > 0) {
      this.timer ??= setTimeout(() => this.requestUpdate(), wait);
      return;
    }
    clearTimeout(this.timer);
    this.timer = undefined;
    this.readAt = performance.now();
    this.source = runsSource(data, hidden);
  }

  protected override render(): TemplateResult {
    const { input, drawing, source, failure, highlighted } = this;
    if (failure !== undefined) return html`<p class="failure">${failure}</p>`;
    if (!input || !drawing || !source) return html`<p class="nothing">${l10n.t('Loading…')}</p>`;
    const section: RelationsInput = {
      source,
      hidden: noneHidden,
      highlighted,
      relations: input.relations ?? noRelations,
      onHighlight: (run) => (this.highlighted = run),
      onRelations: input.onRelations,
      onSave: async (suggested, content) =>
        (await input.onSave(suggested, content)) === 'saved'
          ? l10n.t('The chart was saved.')
          : undefined,
      onCopy: async (text) => {
        await input.onCopy(text);
        return l10n.t('Copied as Markdown.');
      },
    };
    return html`<h2 class="visually-hidden">${l10n.t('Charts')}</h2>
      ${drawing.relationsSection(section)}`;
  }

  /** Where nobody has chosen charts yet, the first is there by itself; whoever removes it, has it removed. */
  protected override updated(): void {
    const { input, drawing, source } = this;
    if (this.hasBegun || !input || !drawing || !source || input.isReading) return;
    this.hasBegun = true;
    if (input.relations !== undefined) return;
    const first = drawing.firstRelation('parallel', source);
    if (first) input.onRelations([first]);
  }
}

customElements.define('runs-charts', RunsCharts);
