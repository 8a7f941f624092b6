import * as l10n from '@vscode/l10n';
import { html, LitElement, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { ComparedRun } from '../../../src/protocol/comparePage';
import { announce } from '../../kit/announce';
import { checkBox } from '../../kit/controls';
import { icon } from '../../kit/icons';
import { lastResult } from '../../kit/lastResult';
import { OwnWidth } from '../../kit/ownWidth';
import type { RunLook } from '../../kit/runLooks';
import type { GridModel } from '../../kit/virtualGrid';
import type { TableName } from '../layout';
import { sectionHeading } from '../../kit/sectionHeading';
import { runHint } from '../runHint';
import { baselineOf } from '../state';
import type { Dispatch, PageState } from '../state';
import { directionByName, nextDirection } from '../../kit/direction';
import { directionText } from '../../kit/directionText';
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

/** What a section of the page with a table is made from. */
export interface TableView {
  readonly name: TableName;
  readonly state: PageState;
  /** The columns; the same array as long as they are the same. */
  readonly runs: readonly ComparedRun[];
  readonly looks: ReadonlyMap<string, RunLook>;
  readonly dispatch: Dispatch;
  readonly copy: (text: string) => void;
  readonly openRunMenu: (run: ComparedRun, anchor: HTMLElement) => void;
}

/** A heading with its table: keys as rows, runs as columns, what differs first of all. */
export class TableSection extends LitElement {
  static override properties = { view: { attribute: false } };

  declare view: TableView | undefined;
  private made:
    | {
        readonly runs: readonly ComparedRun[];
        readonly metricKeys: readonly string[];
        readonly rows: TextRows | MetricRows;
      }
    | undefined;
  private readonly shown = lastResult(shownRows);
  private readonly width = new OwnWidth(this);

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { view } = this;
    if (view === undefined) return nothing;
    const { name, state, dispatch } = view;
    const isFolded = state.layout.folded.has(name);
    const title = titleOf(name);
    const fold = (folded: boolean): void => dispatch({ type: 'fold', section: name, folded });
    if (isFolded) return html`<section>${sectionHeading(name, title, true, fold)}</section>`;
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
  private rowsOf({ name, runs, state: { metricKeys } }: TableView): TextRows | MetricRows {
    const { made } = this;
    if (made?.runs === runs && made.metricKeys === metricKeys) return made.rows;
    const rows =
      name === 'metrics'
        ? metricRows(runs, metricKeys)
        : textRows(runs, textsOf[name], name === 'attributes');
    this.made = { runs, metricKeys, rows };
    return rows;
  }

  private shownOf({ name, state, runs }: TableView, rows: TextRows | MetricRows): ShownRows {
    // A run alone differs from nothing, and is shown whole.
    const only = state.layout.onlyDifferences[name] && runs.length > 1;
    return this.shown(rows, only, state.kept.tableFilters[name] ?? '');
  }

  private controls(view: TableView, shown: ShownRows): TemplateResult {
    const { name, state, dispatch } = view;
    const only = state.layout.onlyDifferences[name];
    const count = only
      ? l10n.t('{0} of {1}', shown.rows.length, shown.all)
      : l10n.t('{0} of {1} differ', shown.differing, shown.all);
    const change = (on: boolean): void => dispatch({ type: 'onlyDifferences', table: name, on });
    return html`${checkBox(l10n.t('Only differences'), only, change)}
      <span class="count">${count}</span>
      ${name === 'metrics' ? html`<span class="faint">${l10n.t('last values')}</span>` : nothing}
      <input
        type="search"
        class="filter"
        placeholder=${l10n.t('Filter')}
        aria-label=${l10n.t('Filter {0}', titleOf(name))}
        .value=${state.kept.tableFilters[name] ?? ''}
        @input=${(event: Event) =>
          dispatch({
            type: 'kept',
            change: {
              tableFilters: {
                ...state.kept.tableFilters,
                [name]: (event.target as HTMLInputElement).value,
              },
            },
          })}
      />
      <button
        type="button"
        class="icon-button"
        title=${l10n.t('Copy as Markdown')}
        aria-label=${l10n.t('Copy {0} as Markdown', titleOf(name))}
        @click=${() => this.copyMarkdown(view)}
      >
        ${icon('copy')}
      </button>`;
  }

  private copyMarkdown(view: TableView): void {
    const rows = this.rowsOf(view);
    view.copy(tableMarkdown(titleOf(view.name), view.runs, rows, this.shownOf(view, rows)));
  }

  private model(view: TableView, rows: TextRows | MetricRows, shown: ShownRows): GridModel {
    const frame = this.frame(view);
    if ('textAt' in rows) return textModel(frame, rows, shown);
    const { state, dispatch, runs } = view;
    const { directions } = state.layout;
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
        dispatch({
          type: 'layout',
          change: { directions: new Map(directions).set(metric, next) },
        });
        announce(directionText(next));
      },
      formatTime: (time: number) => formatTime.format(time),
    };
    return metricModel(metricFrame, rows, shown);
  }

  private frame({ name, state, runs, looks, dispatch, copy, openRunMenu }: TableView): TableFrame {
    return {
      label: titleOf(name),
      runs,
      looks,
      baseline: baselineOf(state),
      highlighted: state.highlighted,
      width: this.width.value - 28,
      hintOfRun: (run) => (run === undefined ? '' : runHint(run)),
      openRunMenu: (run, anchor) => run !== undefined && openRunMenu(run, anchor),
      copy,
      point: (run) => dispatch({ type: 'highlight', run: run?.key }),
    };
  }
}

const textsOf = {
  parameters: (run: ComparedRun) => run.params,
  tags: (run: ComparedRun) => run.tags,
  attributes: (run: ComparedRun) => run.attributes,
};

function titleOf(name: TableName): string {
  return {
    parameters: () => l10n.t('Parameters'),
    metrics: () => l10n.t('Metrics'),
    tags: () => l10n.t('Tags'),
    attributes: () => l10n.t('Attributes'),
  }[name]();
}

function nothingText({ name, state, runs }: TableView, shown: ShownRows): string {
  if (runs.length === 0) return l10n.t('All runs are hidden.');
  if (shown.all === 0 && runs.some(({ standing }) => standing === 'loading'))
    return l10n.t('Reading…');
  if (shown.all === 0) return l10n.t('These runs have none.');
  if ((state.kept.tableFilters[name] ?? '') !== '') return l10n.t('No key matches the filter.');
  return l10n.t('No differences: all {0} are the same.', shown.all);
}

customElements.define('table-section', TableSection);
