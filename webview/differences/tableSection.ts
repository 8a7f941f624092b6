import './differences.css';

import * as l10n from '@vscode/l10n';
import { html, LitElement, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { ComparedRun, KeyedText } from '../../src/protocol/comparePage';
import { announce } from '../kit/announce';
import { checkBox, iconButton } from '../kit/controls';
import { directionByName, nextDirection } from '../kit/direction';
import type { Direction } from '../kit/direction';
import { directionText } from '../kit/directionText';
import { lastResult } from '../kit/lastResult';
import { OwnWidth } from '../kit/ownWidth';
import type { RunLook } from '../kit/runLooks';
import { sectionHeading } from '../kit/sectionHeading';
import type { GridModel } from '../kit/virtualGrid';
import { metricModel } from './metricModel';
import { metricRows } from './metricRows';
import type { MetricRows } from './metricRows';
import type { TableFrame } from './runColumns';
import { tableMarkdown } from './tableMarkdown';
import { shownRows } from './tableRows';
import type { ShownRows } from './tableRows';
import { textModel } from './textModel';
import { textRows } from './textRows';
import type { TextRows } from './textRows';

/** What the rows of a table are made of. */
export type TableContent =
  | { readonly kind: 'metrics'; readonly metricKeys: readonly string[] }
  | {
      readonly kind: 'texts';
      /** The same function as long as it gives the same. */
      readonly textsOf: (run: ComparedRun) => readonly KeyedText[];
      /** Whether the order of the texts means something. */
      readonly isOrdered: boolean;
      /** Says in each cell how it is another than the baseline's, not only that it is. */
      readonly marksChanges?: boolean;
    };

/** What a person set up of a table. */
export interface TableSetup {
  readonly isFolded: boolean;
  readonly onlyDifferences: boolean;
  readonly filter: string;
  /** Which way is better, by metric, where a person said it. */
  readonly directions: ReadonlyMap<string, Direction>;
}

/** What a section of the page with a table is made from. */
export interface TableView {
  /** Tells it from the other tables of the page. */
  readonly name: string;
  readonly title: string;
  readonly content: TableContent;
  readonly setup: TableSetup;
  /** The columns; the same array as long as they are the same. */
  readonly runs: readonly ComparedRun[];
  readonly looks: ReadonlyMap<string, RunLook>;
  readonly baseline: ComparedRun | undefined;
  /** Key of the column that the pointer or the focus is on, everywhere. */
  readonly highlighted: string | undefined;
  /** Said instead of the table where there is nothing in it at all. */
  readonly nothingThere: string;
  readonly change: (change: Partial<TableSetup>) => void;
  readonly point: (run: ComparedRun | undefined) => void;
  readonly copy: (text: string) => void;
  readonly hintOf: (run: ComparedRun) => string;
  readonly openMenu: (run: ComparedRun, anchor: HTMLElement) => void;
}

/** A heading with its table: keys as rows, what is compared as columns, what differs first of all. */
export class TableSection extends LitElement {
  static override properties = { view: { attribute: false } };

  declare view: TableView | undefined;
  private readonly metrics = lastResult(metricRows);
  private readonly texts = lastResult(textRows);
  private readonly shown = lastResult(shownRows);
  private readonly width = new OwnWidth(this);

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { view } = this;
    if (view === undefined) return nothing;
    const { name, title, setup } = view;
    const fold = (isFolded: boolean): void => view.change({ isFolded });
    if (setup.isFolded) return html`<section>${sectionHeading(name, title, true, fold)}</section>`;
    const rows = this.rowsOf(view);
    const shown = this.shownOf(view, rows);
    return html`<section aria-labelledby="heading-${name}">
      ${sectionHeading(name, title, false, fold, this.controls(view, shown))}
      ${
        shown.rows.length === 0
          ? html`<p class="nothing">${nothingText(view, shown)}</p>`
          : html`<virtual-grid
              class="differences"
              .model=${this.model(view, rows, shown)}
            ></virtual-grid>`
      }
    </section>`;
  }

  /** Texts and values by key, made anew only when the runs are others. */
  private rowsOf({ content, runs }: TableView): TextRows | MetricRows {
    return content.kind === 'metrics'
      ? this.metrics(runs, content.metricKeys)
      : this.texts(runs, content.textsOf, content.isOrdered);
  }

  private shownOf({ setup, runs }: TableView, rows: TextRows | MetricRows): ShownRows {
    // A run alone differs from nothing, and is shown whole.
    return this.shown(rows, setup.onlyDifferences && runs.length > 1, setup.filter);
  }

  private controls(view: TableView, shown: ShownRows): TemplateResult {
    const { title, content, setup, change } = view;
    const count = setup.onlyDifferences
      ? l10n.t('{0} of {1}', shown.rows.length, shown.all)
      : l10n.t('{0} of {1} differ', shown.differing, shown.all);
    return html`${checkBox(l10n.t('Only differences'), setup.onlyDifferences, (onlyDifferences) => change({ onlyDifferences }))}
      <span class="count">${count}</span>
      ${content.kind === 'metrics' ? html`<span class="faint">${l10n.t('last values')}</span>` : nothing}
      <input
        type="search"
        class="filter"
        placeholder=${l10n.t('Filter')}
        aria-label=${l10n.t('Filter {0}', title)}
        .value=${setup.filter}
        @input=${({ target }: Event) => change({ filter: (target as HTMLInputElement).value })}
      />
      ${iconButton('copy', l10n.t('Copy {0} as Markdown', title), () => this.copyMarkdown(view))}`;
  }

  private copyMarkdown(view: TableView): void {
    const rows = this.rowsOf(view);
    view.copy(tableMarkdown(view.title, view.runs, rows, this.shownOf(view, rows)));
  }

  private model(view: TableView, rows: TextRows | MetricRows, shown: ShownRows): GridModel {
    const frame = this.frame(view);
    const { content, setup, change, runs } = view;
    if ('textAt' in rows)
      return textModel(
        frame,
        rows,
        shown,
        content.kind === 'texts' && content.marksChanges === true,
      );
    const { directions } = setup;
    const formatTime = new Intl.DateTimeFormat(document.documentElement.lang, {
      dateStyle: 'medium',
      timeStyle: 'medium',
    });
    const directionOf = (metric: string) => directions.get(metric) ?? directionByName(metric);
    const metricFrame = {
      ...frame,
      baselineColumn: runs.findIndex(({ key }) => key === frame.baseline?.key),
      directionOf,
      turnDirection: (metric: string) => {
        const next = nextDirection(directionOf(metric));
        change({ directions: new Map(directions).set(metric, next) });
        announce(directionText(next));
      },
      formatTime: (time: number) => formatTime.format(time),
    };
    return metricModel(metricFrame, rows, shown);
  }

  private frame(view: TableView): TableFrame {
    const { title, runs, looks, baseline, highlighted, copy, hintOf, openMenu, point } = view;
    return {
      ...{ label: title, runs, looks, baseline, highlighted, copy, point },
      width: this.width.value - 28,
      hintOfRun: (run) => (run === undefined ? '' : hintOf(run)),
      openRunMenu: (run, anchor) => run !== undefined && openMenu(run, anchor),
    };
  }
}

function nothingText({ setup, runs, nothingThere }: TableView, shown: ShownRows): string {
  if (runs.length === 0) return l10n.t('All runs are hidden.');
  if (shown.all === 0 && runs.some(({ standing }) => standing === 'loading'))
    return l10n.t('Reading…');
  if (shown.all === 0) return nothingThere;
  if (setup.filter !== '') return l10n.t('No key matches the filter.');
  return l10n.t('No differences: all {0} are the same.', shown.all);
}

customElements.define('table-section', TableSection);
