import * as l10n from '@vscode/l10n';
import { html, LitElement, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { PicturePlace } from '../../src/protocol/pictureRequests';
import { textButton } from '../kit/controls';
import { icon } from '../kit/icons';
import { lastResult } from '../kit/lastResult';
import { styled } from '../kit/styled';
import { galleryControls, keyControls } from './galleryControls';
import type { GalleryLayout } from './galleryLayout';
import { galleryRows, tileGap } from './galleryRows';
import type { GalleryRow, Tile } from './galleryRows';
import { ImageLists } from './imageLists';
import type { RunList } from './imageLists';
import { Lightbox } from './lightbox';
import { PictureCache } from './pictureCache';
import { rowPlaces, rowsBetween } from './rowPlaces';
import type { GalleryInput } from './source';
import { stepsOf } from './steps';
import { tileText, tileView } from './tile';
import { besideTile, tileKeys } from './tileMoves';
import { tileSizes } from './galleryLayout';

/** Rows this far out of sight are drawn, in pixels. */
const beyond = 400;

const imagesOf = lastResult(
  (lists: ReadonlyMap<string, RunList>) =>
    new Map([...lists].map(([key, { images }]) => [key, images])),
);

/** The pictures that runs logged, by key and step; holds only what is seen. */
export class ImageGallery extends LitElement {
  static override properties = { input: { attribute: false } };

  declare input: GalleryInput | undefined;
  private readonly lists = new ImageLists(() => this.requestUpdate());
  private cache = this.newCache();
  private readonly sizes = new ResizeObserver(() => this.requestUpdate());
  private readonly rowsOf = lastResult(galleryRows);
  private readonly placesOf = lastResult(rowPlaces);
  private readonly stepsOf = lastResult((lists: ReadonlyMap<string, RunList>) =>
    stepsOf([...lists.values()].flatMap(({ images }) => images)),
  );
  private rows: readonly GalleryRow[] = [];
  private active = 0;
  private lightbox: Lightbox | undefined;
  private readonly idPrefix = `gallery-${crypto.randomUUID()}`;

  override connectedCallback(): void {
    super.connectedCallback();
    this.sizes.observe(this);
    document.addEventListener('scroll', this.refresh, { passive: true, capture: true });
    window.addEventListener('resize', this.refresh);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sizes.disconnect();
    document.removeEventListener('scroll', this.refresh, { capture: true });
    window.removeEventListener('resize', this.refresh);
    this.lists.dispose();
    this.cache.dispose();
    this.cache = this.newCache();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('input') && this.input !== undefined) this.lists.follow(this.input);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { input } = this;
    if (input === undefined) return nothing;
    const { runs, layout } = input;
    const lists = runs.map(({ key }) => this.lists.of(key));
    this.rows = this.rowsOf(runs, imagesOf(this.lists.all), layout, this.clientWidth);
    const count = lists.reduce((sum, { images }) => sum + images.length, 0);
    return html`${galleryControls(
      layout,
      this.stepsOf(this.lists.all),
      this.status(lists, count),
      (change) => this.set(change),
    )}
    ${this.problems(input)} ${count === 0 ? this.nothingYet(lists) : this.grid(input)}`;
  }

  protected override updated(): void {
    this.wantSeen();
    this.lightbox?.draw();
  }

  private newCache(): PictureCache {
    return new PictureCache({
      read: (place, signal) =>
        this.input?.source.picture(place, signal) ?? Promise.reject(new Error('no page')),
      onChange: () => this.requestUpdate(),
    });
  }

  private readonly refresh = (): void => this.requestUpdate();

  private set(change: Partial<GalleryLayout>): void {
    if (this.input !== undefined) this.input.onLayout({ ...this.input.layout, ...change });
  }

  private status(lists: readonly RunList[], count: number): string {
    const isCut = lists.some((list) => list.isCut);
    return isCut
      ? l10n.t('the first {0} images', count)
      : count === 1
        ? l10n.t('1 image')
        : l10n.t('{0} images', count);
  }

  private problems({ runs }: GalleryInput): readonly TemplateResult[] {
    return runs.flatMap((run) => {
      const { problem } = this.lists.of(run.key);
      return problem === undefined
        ? []
        : [
            html`<p class="banner" role="alert">
              ${icon('warning')}
              <span>${l10n.t('The images of {0} were not read. {1}', run.name, problem)}</span>
              ${textButton(l10n.t('Retry'), () => this.lists.retry(run))}
            </p>`,
          ];
    });
  }

  private nothingYet(lists: readonly RunList[]): TemplateResult {
    const isDone = lists.every(({ isRead, problem }) => isRead || problem !== undefined);
    if (!isDone) return html`<div class="starting" aria-busy="true"></div>`;
    return html`<p class="nothing">
      ${l10n.t('No images were logged by key. Log some with mlflow.log_image(image, key="…", step=…).')}
    </p>`;
  }

  private grid(input: GalleryInput): TemplateResult {
    const places = this.placesOf(this.rows);
    const { start, end } = this.seen();
    const seen = Array.from({ length: end - start }, (_, at) => start + at);
    const active = this.activeTile();
    return html`<div
      class="gallery-grid size-${input.layout.size}"
      role="grid"
      tabindex="0"
      aria-label=${l10n.t('Images')}
      aria-rowcount=${this.rows.length}
      aria-activedescendant=${active === undefined ? nothing : this.idOf(this.active)}
      @keydown=${this.onKey}
      ${styled({ height: `${places.height}px` })}
    >
      ${repeat(
        seen,
        (at) => at,
        (at) => this.row(input, at, places.tops[at] ?? 0),
      )}
    </div>`;
  }

  private row(input: GalleryInput, at: number, top: number): TemplateResult | typeof nothing {
    const row = this.rows[at];
    if (row === undefined) return nothing;
    const place = styled({ top: `${top}px`, height: `${row.height}px` });
    if (row.kind === 'key')
      return html`<div class="gallery-key" role="row" aria-rowindex=${at + 1} ${place}>
        <span role="rowheader"
          ><b>${row.key}</b>
          <span class="count">${row.count}</span>
          ${keyControls(row.key, row.steps, input.layout, (change) => this.set(change))}</span
        >
      </div>`;
    const first = this.firstTileOf(at);
    const width = `${tileSizes[input.layout.size]}px`;
    return html`<div class="gallery-row" role="row" aria-rowindex=${at + 1} ${place}>
      ${row.tiles.map((tile, index) => this.tile(input, tile, first + index, width))}
    </div>`;
  }

  private tile(input: GalleryInput, tile: Tile, at: number, width: string): TemplateResult {
    const isAlone = input.runs.length === 1;
    const place = thumbnailOf(tile);
    const picture = place && this.cache.get(place);
    const isActive = at === this.active;
    return html`<div
      id=${this.idOf(at)}
      role="gridcell"
      class=${isActive ? 'gallery-tile is-active' : 'gallery-tile'}
      title=${tileText(tile, isAlone)}
      @click=${() => this.press(at, tile, picture?.kind === 'failed' ? place : undefined)}
      ${styled({ width, 'margin-inline-end': `${tileGap}px` })}
    >
      ${tileView(tile, picture, isAlone)}
    </div>`;
  }

  private press(at: number, tile: Tile, failed: PicturePlace | undefined): void {
    this.active = at;
    if (failed !== undefined) this.cache.retry(failed);
    else this.enlarge(tile);
    this.requestUpdate();
  }

  private enlarge(tile: Tile): void {
    if (tile.image === undefined || this.input === undefined) return;
    const { input } = this;
    const images = imagesOf(this.lists.all);
    this.lightbox = new Lightbox(
      {
        cache: this.cache,
        source: input.source,
        isAlone: input.runs.length === 1,
        beside: (from, direction) => besideTile(from, direction, input.runs, images),
        ofAllRuns: ({ key, image }) =>
          input.runs.map((run) =>
            besideTile({ key, run, image, isEarlier: false }, 'same', input.runs, images),
          ),
        onClose: () => {
          this.lightbox = undefined;
          this.requestUpdate();
          this.querySelector<HTMLElement>('[role="grid"]')?.focus();
        },
      },
      tile,
    );
    this.lightbox.onMove = () => this.wantSeen();
    this.wantSeen();
  }

  /** The rows that are in sight, or nearly. */
  private seen(): { readonly start: number; readonly end: number } {
    const { top } = (this.querySelector('[role="grid"]') ?? this).getBoundingClientRect();
    return rowsBetween(this.placesOf(this.rows), -top - beyond, window.innerHeight - top + beyond);
  }

  private wantSeen(): void {
    const { start, end } = this.seen();
    const tiles = this.rows
      .slice(start, end)
      .flatMap((row) => (row.kind === 'tiles' ? row.tiles : []));
    const shown = this.lightbox?.shown;
    this.cache.want([
      ...(shown ? [shown] : []),
      ...tiles.flatMap((tile) => thumbnailOf(tile) ?? []),
    ]);
  }

  private get tiles(): readonly Tile[] {
    return this.rows.flatMap((row) => (row.kind === 'tiles' ? row.tiles : []));
  }

  private activeTile(): Tile | undefined {
    const { tiles } = this;
    this.active = Math.max(0, Math.min(this.active, tiles.length - 1));
    return tiles[this.active];
  }

  private firstTileOf(row: number): number {
    return this.rows
      .slice(0, row)
      .reduce((sum, each) => sum + (each.kind === 'tiles' ? each.tiles.length : 0), 0);
  }

  private idOf(at: number): string {
    return `${this.idPrefix}-${at}`;
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget) return;
    const tile = this.activeTile();
    if (event.key === 'Enter' && tile !== undefined) {
      const place = thumbnailOf(tile);
      const isFailed = place !== undefined && this.cache.get(place).kind === 'failed';
      this.press(this.active, tile, isFailed ? place : undefined);
    } else {
      const next = tileKeys(event.key, this.active, this.rows);
      if (next === undefined) return;
      this.active = next;
      this.showActive();
    }
    event.preventDefault();
  };

  /** Scrolls the page so that the row of the active tile is seen. */
  private showActive(): void {
    let count = 0;
    const at = this.rows.findIndex((row) => {
      count += row.kind === 'tiles' ? row.tiles.length : 0;
      return count > this.active;
    });
    const { top } = (this.querySelector('[role="grid"]') ?? this).getBoundingClientRect();
    const rowTop = top + (this.placesOf(this.rows).tops[at] ?? 0);
    const height = this.rows[at]?.height ?? 0;
    const covered = document.querySelector('.top')?.getBoundingClientRect().bottom ?? 0;
    if (rowTop < covered) window.scrollBy({ top: rowTop - covered - 40 });
    else if (rowTop + height > window.innerHeight)
      window.scrollBy({ top: rowTop + height - window.innerHeight + 8 });
    this.requestUpdate();
  }
}

function thumbnailOf({ run, image }: Tile): PicturePlace | undefined {
  return image && { run: run.key, path: image.thumbnail ?? image.path };
}

customElements.define('image-gallery', ImageGallery);
