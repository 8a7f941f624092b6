import * as l10n from '@vscode/l10n';
import { html, LitElement, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { ComparedRun } from '../../src/protocol/comparePage';
import { moveInGrid } from '../kit/gridKeys';
import { icon, lineSwatch } from '../kit/icons';
import { OwnWidth } from '../kit/ownWidth';
import type { RunLook } from '../kit/runLooks';
import { offsetShowing, seenSpan } from '../kit/span';
import { styled } from '../kit/styled';
import { runHint } from './runHint';
import { baselineOf } from './state';
import type { Dispatch, PageState } from './state';
import { statusIcon, statusText } from '../kit/statusIcon';

/** What the bar of runs is made from. */
export interface RunsBarView {
  readonly state: PageState;
  readonly looks: ReadonlyMap<string, RunLook>;
  readonly dispatch: Dispatch;
  readonly openRunMenu: (run: ComparedRun, anchor: HTMLElement) => void;
}

/** With more runs than this, chips have one width and only those in sight exist. */
const mostFlowing = 40;
const chipWidth = 190;
const chipHeight = 26;

/**
 * The legend of the whole page: every run as a chip that shows or hides it. One stop for Tab; arrow keys go from chip to
 * chip and to the menu of each.
 */
export class RunsBar extends LitElement {
  static override properties = { view: { attribute: false } };

  declare view: RunsBarView | undefined;
  /** Chip and menu button of a run are two places beside each other. */
  private active = 0;
  private wantsFocus = false;
  private hadFocus = false;
  private readonly width = new OwnWidth(this);

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(): void {
    this.hadFocus = this.contains(document.activeElement);
  }

  protected override updated(_changed: PropertyValues): void {
    // The run that had it may be gone: the one in its place has it then.
    this.wantsFocus ||= this.hadFocus && !this.contains(document.activeElement);
    if (!this.wantsFocus) return;
    this.wantsFocus = false;
    this.querySelector<HTMLElement>(`[data-place="${this.active}"]`)?.focus();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { view } = this;
    if (view === undefined) return nothing;
    const { state } = view;
    const runs = filtered(state.runs, state.kept.runFilter);
    this.active = Math.max(0, Math.min(this.active, 2 * runs.length - 1));
    const isFlowing = runs.length <= mostFlowing;
    return html`<ul
      class=${isFlowing ? 'runs' : 'runs runs-many'}
      aria-label=${l10n.t('Runs')}
      @keydown=${(event: KeyboardEvent) => this.onKey(event, runs)}
      @focusin=${this.onFocus}
      @scroll=${isFlowing ? nothing : () => this.requestUpdate()}
      @pointerleave=${() => view.dispatch({ type: 'highlight', run: undefined })}
      @focusout=${() => view.dispatch({ type: 'highlight', run: undefined })}
    >
      ${
        isFlowing
          ? repeat(
              runs,
              ({ key }) => key,
              (run, index) => this.chip(view, run, index, undefined),
            )
          : this.chipsInSight(view, runs)
      }
    </ul>`;
  }

  /** A chip that was clicked is where keys go on from. */
  private readonly onFocus = ({ target }: Event): void => {
    const { place } = (target as HTMLElement).dataset;
    if (place !== undefined) this.active = Number(place);
  };

  private get perLine(): number {
    return Math.max(1, Math.floor((this.width.value - 14) / chipWidth));
  }

  private chipsInSight(view: RunsBarView, runs: readonly ComparedRun[]): unknown {
    const { perLine } = this;
    const lines = Math.ceil(runs.length / perLine);
    const list = this.querySelector('ul');
    const span = seenSpan(lines, chipHeight, list?.scrollTop ?? 0, list?.clientHeight ?? 0, 1);
    const places = Array.from(
      { length: (span.end - span.start) * perLine },
      (_, index) => span.start * perLine + index,
    );
    const active = this.active >> 1;
    if (!places.includes(active)) places.push(active);
    return html`<li
        class="runs-space"
        role="presentation"
        ${styled({ height: `${lines * chipHeight}px` })}
      ></li>
      ${repeat(
        places.filter((place) => place < runs.length),
        (place) => runs[place]?.key,
        (place) =>
          this.chip(view, runs[place] as ComparedRun, place, {
            left: `${(place % perLine) * chipWidth}px`,
            top: `${Math.floor(place / perLine) * chipHeight}px`,
            width: `${chipWidth - 4}px`,
          }),
      )}`;
  }

  private chip(
    { state, looks, dispatch, openRunMenu }: RunsBarView,
    run: ComparedRun,
    index: number,
    place: Readonly<Record<string, string>> | undefined,
  ): TemplateResult {
    const look = looks.get(run.key);
    const isHidden = state.kept.hidden.has(run.key);
    const isBaseline = baselineOf(state)?.key === run.key;
    const classes = [
      'run-chip',
      isHidden ? 'is-hidden' : '',
      state.highlighted === run.key ? 'is-highlighted' : '',
    ];
    const point = (): void => dispatch({ type: 'highlight', run: run.key });
    return html`<li
      class=${classes.join(' ')}
      aria-setsize=${state.runs.length}
      aria-posinset=${index + 1}
      ${styled(place ?? {})}
      @pointerenter=${point}
      @focusin=${point}
      @contextmenu=${(event: MouseEvent) => {
        event.preventDefault();
        openRunMenu(run, event.currentTarget as HTMLElement);
      }}
    >
      <button
        type="button"
        class="run-toggle"
        data-place=${2 * index}
        tabindex=${this.active === 2 * index ? 0 : -1}
        aria-pressed=${isHidden ? 'false' : 'true'}
        title=${runHint(run)}
        @click=${() => dispatch({ type: 'toggleHidden', run: run.key })}
      >
        ${lineSwatch(look?.color ?? 0, look?.dash ?? [])}<span class="run-name">${run.name}</span>
        ${statusIcon(run)}<span class="visually-hidden">${chipFacts(run, isBaseline)}</span>
        ${isBaseline ? html`<span class="baseline-mark">${icon('flag')}</span>` : nothing}
      </button>
      <button
        type="button"
        class="run-more"
        data-place=${2 * index + 1}
        tabindex=${this.active === 2 * index + 1 ? 0 : -1}
        aria-haspopup="menu"
        aria-label=${l10n.t('Actions for {0}', run.name)}
        @click=${(event: Event) => openRunMenu(run, event.currentTarget as HTMLElement)}
      >
        ${icon('more')}
      </button>
    </li>`;
  }

  private onKey(event: KeyboardEvent, runs: readonly ComparedRun[]): void {
    const isMenuKey = event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey);
    const run = runs[this.active >> 1];
    if (isMenuKey && run !== undefined) {
      event.preventDefault();
      this.view?.openRunMenu(run, event.target as HTMLElement);
      return;
    }
    const next = this.placeAfter(event, 2 * runs.length);
    if (next === undefined) return;
    event.preventDefault();
    this.active = next;
    this.wantsFocus = true;
    this.bringIntoSight(next >> 1);
    this.requestUpdate();
  }

  private placeAfter(event: KeyboardEvent, places: number): number | undefined {
    const row = moveInGrid(
      { ...keyOf(event), key: sideways[event.key] ?? event.key },
      { row: this.active, column: 0 },
      { rows: places, columns: 1 },
      2 * this.perLine,
    )?.row;
    return row === undefined ? undefined : Math.max(0, row);
  }

  private bringIntoSight(place: number): void {
    const list = this.querySelector('ul.runs-many');
    if (list === null) return;
    const line = Math.floor(place / this.perLine);
    list.scrollTop = offsetShowing(line, chipHeight, list.scrollTop, list.clientHeight);
  }
}

/** The chips are one line of places, however many lines they take on the screen. */
const sideways: Readonly<Record<string, string>> = {
  ArrowRight: 'ArrowDown',
  ArrowLeft: 'ArrowUp',
  ArrowDown: 'PageDown',
  ArrowUp: 'PageUp',
};

function keyOf({ key, ctrlKey, metaKey }: KeyboardEvent): {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
} {
  const isEnd = key === 'Home' || key === 'End';
  return { key, ctrlKey: ctrlKey || isEnd, metaKey };
}

function filtered(runs: readonly ComparedRun[], filter: string): readonly ComparedRun[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return runs;
  return runs.filter(({ name }) => words.every((word) => name.toLowerCase().includes(word)));
}

function chipFacts(run: ComparedRun, isBaseline: boolean): string {
  const facts = [statusText(run.status)];
  if (isBaseline) facts.push(l10n.t('Baseline'));
  if (run.standing === 'loading') facts.push(l10n.t('Reading…'));
  if (run.standing === 'gone') facts.push(l10n.t('gone from the server'));
  if (run.standing === 'failed') facts.push(l10n.t('could not be read'));
  return facts.join(', ');
}

customElements.define('runs-bar', RunsBar);
