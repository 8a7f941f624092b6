import * as l10n from '@vscode/l10n';
import { html, nothing, render } from 'lit';
import type { TemplateResult } from 'lit';
import type { PageImage } from '../../src/protocol/pictureRequests';
import { announceOutcome } from '../kit/announce';
import { textButton } from '../kit/controls';
import { icon } from '../kit/icons';
import { tileText } from './tile';
import type { Tile } from './galleryRows';
import type { PictureCache } from './pictureCache';
import type { GallerySource } from './source';
import './zoomPane';
import { wholePicture } from './zoomView';
import type { ZoomView } from './zoomView';

/** What a picture is enlarged with. */
export interface LightboxInput {
  readonly cache: PictureCache;
  readonly source: GallerySource;
  /** The next picture of the same run and key, or the same of another run; the tile itself where there is none. */
  readonly beside: (tile: Tile, direction: 'earlier' | 'later' | 'previous' | 'next') => Tile;
  /** The same picture of all runs. */
  readonly ofAllRuns: (tile: Tile) => readonly Tile[];
  readonly isAlone: boolean;
  readonly onClose: (tile: Tile) => void;
}

const directions = {
  ArrowLeft: 'earlier',
  ArrowRight: 'later',
  ArrowUp: 'previous',
  ArrowDown: 'next',
} as const;

/** A picture as large as the page, with ways to those beside it. */
export class Lightbox {
  private readonly dialog = document.createElement('dialog');
  private view: ZoomView = wholePicture;

  constructor(
    private readonly input: LightboxInput,
    private tile: Tile,
  ) {
    this.dialog.className = 'lightbox';
    this.dialog.addEventListener('keydown', this.onKey, true);
    this.dialog.addEventListener('close', () => {
      this.dialog.remove();
      input.onClose(this.tile);
    });
    document.body.append(this.dialog);
    this.draw();
    this.dialog.showModal();
    this.dialog.querySelector<HTMLElement>('zoom-pane')?.focus();
  }

  /** The picture that is shown, for whoever says what is wanted. */
  get shown(): { readonly run: string; readonly path: string } | undefined {
    const { run, image } = this.tile;
    return image && { run: run.key, path: image.path };
  }

  /** Draws anew, since something is known that was not before. */
  draw(): void {
    const { tile, input } = this;
    this.dialog.setAttribute('aria-label', tileText(tile, input.isAlone));
    render(this.content(), this.dialog);
  }

  private content(): TemplateResult {
    const { tile, input } = this;
    const { run, image, key } = tile;
    return html`<div class="lightbox-bar">
        <span class="lightbox-title"
          >${key}
          ${
            input.isAlone
              ? nothing
              : html`<span class="tile-dot run-color-${run.color}" aria-hidden="true">●</span>
                  ${run.name}`
          }
          ${
            image === undefined
              ? nothing
              : html`<span class="faint" role="status">${this.stepText(image)}</span>`
          }</span
        >
        ${this.moves()}
        ${textButton(l10n.t('Open in Editor'), () => void announceOutcome(this.open()))}
        ${
          input.isAlone
            ? nothing
            : textButton(l10n.t('Compare Runs'), () => void announceOutcome(this.compare()))
        }
        <button
          type="button"
          class="icon-button"
          aria-label=${l10n.t('Close')}
          title=${l10n.t('Close')}
          @click=${() => this.dialog.close()}
        >
          ${icon('close')}
        </button>
      </div>
      ${image === undefined ? nothing : this.picture(image)}`;
  }

  private stepText({ step, timestamp }: PageImage): string {
    const format = new Intl.DateTimeFormat(document.documentElement.lang, {
      dateStyle: 'medium',
      timeStyle: 'medium',
    });
    return l10n.t('step {0} · {1}', step, format.format(timestamp));
  }

  private moves(): TemplateResult {
    const move = (
      label: string,
      direction: 'earlier' | 'later',
      name: 'chevronRight',
    ): TemplateResult =>
      html`<button
        type="button"
        class=${direction === 'earlier' ? 'icon-button is-turned' : 'icon-button'}
        aria-label=${label}
        title=${label}
        ?disabled=${this.input.beside(this.tile, direction) === this.tile}
        @click=${() => this.go(direction)}
      >
        ${icon(name)}
      </button>`;
    return html`${move(l10n.t('Previous Step'), 'earlier', 'chevronRight')}
    ${move(l10n.t('Next Step'), 'later', 'chevronRight')}`;
  }

  private picture({ path, thumbnail }: PageImage): TemplateResult {
    const { cache } = this.input;
    const run = this.tile.run.key;
    const whole = cache.get({ run, path });
    const small = thumbnail === undefined ? whole : cache.get({ run, path: thumbnail });
    if (whole.kind === 'failed')
      return html`<p class="failure" role="alert">${icon('warning')} ${whole.sentence}</p>`;
    const shown = whole.kind === 'ready' ? whole : small;
    const layers =
      shown.kind === 'ready'
        ? [{ url: shown.url, alt: tileText(this.tile, this.input.isAlone) }]
        : [];
    return html`<zoom-pane
      aria-label=${l10n.t('Picture. Zoom with plus and minus, 0 shows all of it.')}
      aria-busy=${whole.kind === 'loading' ? 'true' : 'false'}
      .layers=${layers}
      .view=${this.view}
      .onView=${(view: ZoomView) => {
        this.view = view;
        this.draw();
      }}
    ></zoom-pane>`;
  }

  private go(direction: 'earlier' | 'later' | 'previous' | 'next'): void {
    this.tile = this.input.beside(this.tile, direction);
    this.draw();
    this.onMove();
  }

  /** Set by whoever says what is wanted. */
  onMove: () => void = () => undefined;

  private async open(): Promise<undefined> {
    const { shown } = this;
    if (shown !== undefined) await this.input.source.open(shown);
    return undefined;
  }

  private async compare(): Promise<undefined> {
    const places = this.input
      .ofAllRuns(this.tile)
      .flatMap(({ run, image }) => (image ? [{ run: run.key, path: image.path }] : []));
    await this.input.source.compare(places);
    return undefined;
  }

  /** Arrows go to other pictures as long as the whole picture is seen, and move it otherwise. */
  private readonly onKey = (event: KeyboardEvent): void => {
    if (!(event.key in directions) || this.view.scale !== 1) return;
    event.preventDefault();
    event.stopPropagation();
    this.go(directions[event.key as keyof typeof directions]);
  };
}
