import * as l10n from '@vscode/l10n';
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { announce } from '../kit/announce';
import { openMenu } from '../kit/menu';
import { styled } from '../kit/styled';
import type { MarkedRun } from './axisMenu';
import { axisMenu } from './axisMenu';
import type { ParallelScene, PlacedAxis } from './parallelScene';
import { moved } from './parallelScene';
import type { DragHost } from './rangeDrag';
import { nameOf } from './relationTexts';
import type { ParallelSpec } from './spec';

/** The chart that axes are moved in. */
export interface HeadsHost extends DragHost {
  readonly marked: MarkedRun | undefined;
  readonly updateComplete: Promise<boolean>;
  querySelector<E extends Element>(selectors: string): E | null;
}

/** So far a pointer moves before it drags, in CSS pixels. */
const dragThreshold = 5;

/** The names above the axes of parallel coordinates: buttons that open a menu, and that can be moved. */
export class AxisHeads {
  private moving: { readonly axis: number; readonly by: number } | undefined;

  constructor(private readonly host: HeadsHost) {}

  view(spec: ParallelSpec, scene: ParallelScene): TemplateResult {
    const [first, second] = scene.axes;
    const room = first && second ? second.x - first.x - 6 : scene.plot.width;
    const width = `${Math.max(24, Math.min(110, room))}px`;
    return html`<div class="relation-heads">
      ${scene.axes.map((axis, at) => this.head(spec, scene, axis, at, width))}
    </div>`;
  }

  private head(
    spec: ParallelSpec,
    scene: ParallelScene,
    axis: PlacedAxis,
    at: number,
    width: string,
  ): TemplateResult {
    const by = this.moving?.axis === at ? this.moving.by : 0;
    const name = nameOf(axis.choice.field);
    return html`<button
      type="button"
      class="relation-axis-head ${axis.choice.range ? 'has-range' : ''}"
      data-axis=${at}
      aria-haspopup="menu"
      aria-keyshortcuts="Alt+ArrowLeft Alt+ArrowRight"
      title=${`${axis.choice.field.key}\n${l10n.t('Drag to move, or press Alt+Left and Alt+Right')}`}
      ${styled({ left: `${axis.x + by}px`, 'max-width': width })}
      @pointerdown=${(event: PointerEvent) => this.press(event, spec, scene, at)}
      @click=${(event: MouseEvent) => this.click(event, at)}
      @keydown=${(event: KeyboardEvent) => this.onKey(event, spec, at)}
    >
      ${name}
    </button>`;
  }

  /** A click of the keyboard; those of the pointer come with its own events. */
  private click(event: MouseEvent, at: number): void {
    if (event.detail === 0) this.openMenu(event.currentTarget as HTMLElement, at);
  }

  /** Moves the axis with the pointer; without moving it is a click, which opens the menu. */
  private press(event: PointerEvent, spec: ParallelSpec, scene: ParallelScene, at: number): void {
    if (event.button !== 0) return;
    const head = event.currentTarget as HTMLElement;
    head.setPointerCapture(event.pointerId);
    const start = event.clientX;
    const ending = new AbortController();
    const { signal } = ending;
    const move = (next: PointerEvent): void => {
      const by = next.clientX - start;
      if (!this.moving && Math.abs(by) < dragThreshold) return;
      this.moving = { axis: at, by };
      this.host.requestUpdate();
    };
    const end = (isDone: boolean) => (): void => {
      ending.abort();
      const { moving } = this;
      this.moving = undefined;
      this.host.requestUpdate();
      if (!isDone) return;
      if (moving) this.drop(spec, scene, at, moving.by);
      else this.openMenu(head, at);
    };
    head.addEventListener('pointermove', move, { signal });
    head.addEventListener('pointerup', end(true), { signal });
    head.addEventListener('pointercancel', end(false), { signal });
  }

  private openMenu(head: HTMLElement, at: number): void {
    const { parallel, marked } = this.host;
    if (!parallel) return;
    const items = axisMenu(parallel.spec, parallel.scene, at, marked, (changed) =>
      this.host.change(changed),
    );
    openMenu(head, l10n.t('Axis {0}', head.textContent.trim()), items);
  }

  private drop(spec: ParallelSpec, { axes }: ParallelScene, at: number, by: number): void {
    const place = (axes[at]?.x ?? 0) + by;
    const distances = axes.map(({ x }) => Math.abs(x - place));
    this.move(spec, at, distances.indexOf(Math.min(...distances)));
  }

  private onKey(event: KeyboardEvent, spec: ParallelSpec, at: number): void {
    const by = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
    if (by === 0 || !event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    const to = Math.max(0, Math.min(spec.axes.length - 1, at + by));
    this.move(spec, at, to);
    void this.host.updateComplete.then(() =>
      this.host.querySelector<HTMLElement>(`[data-axis="${to}"]`)?.focus(),
    );
  }

  private move(spec: ParallelSpec, at: number, to: number): void {
    const axes = moved(spec.axes, at, to);
    const axis = spec.axes[at];
    if (axes === spec.axes || !axis) return;
    this.host.change({ ...spec, axes });
    const place = l10n.t('{0} is axis {1} of {2}', nameOf(axis.field), to + 1, axes.length);
    announce(place);
  }
}
