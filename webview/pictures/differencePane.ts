import * as l10n from '@vscode/l10n';
import { html, LitElement, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import '../gallery/zoomPane';
import type { ZoomView } from '../gallery/zoomView';
import { reasonOf } from '../kit/announce';
import { pixelDifference } from './difference';
import type { Difference } from './difference';

/** Two pictures, by addresses that this page may draw, and how their differences are drawn. */
export interface DifferenceInput {
  readonly first: string;
  readonly second: string;
  readonly strength: number;
  readonly view: ZoomView;
  readonly onView: (view: ZoomView) => void;
}

/** More pixels would take seconds and hundreds of megabytes: larger pictures are compared smaller. */
const mostPixels = 16_000_000;

interface Read {
  readonly one: ImageData;
  readonly other: ImageData;
  /** Whether fewer pixels were compared than there are. */
  readonly isReduced: boolean;
}

/** Draws where two pictures differ; the second is stretched to the size of the first. */
export class DifferencePane extends LitElement {
  static override properties = {
    input: { attribute: false },
    found: { state: true },
    failure: { state: true },
  };

  declare input: DifferenceInput | undefined;
  declare private found: (Difference & { readonly url: string }) | undefined;
  declare private failure: string | undefined;
  private read: Read | undefined;
  private turn = 0;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.turn++;
    this.release();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override updated(changed: PropertyValues): void {
    if (!changed.has('input')) return;
    const before = changed.get('input') as DifferenceInput | undefined;
    const { input } = this;
    if (input === undefined) return;
    const isOther = before?.first !== input.first || before.second !== input.second;
    if (isOther) this.read = undefined;
    if (isOther || before.strength !== input.strength) void this.compare(input);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { input, found, failure } = this;
    if (input === undefined) return nothing;
    if (failure !== undefined) return html`<p class="failure" role="alert">${failure}</p>`;
    const layers = found === undefined ? [] : [{ url: found.url, alt: l10n.t('Differences') }];
    return html`<zoom-pane
        aria-label=${l10n.t('Differences')}
        aria-busy=${found === undefined ? 'true' : 'false'}
        .layers=${layers}
        .view=${input.view}
        .onView=${input.onView}
      ></zoom-pane>
      <p class="picture-said" role="status">
        ${found === undefined ? nothing : this.text(found)}
      </p>`;
  }

  private text({ changed, all, greatest }: Difference): string {
    const format = new Intl.NumberFormat(document.documentElement.lang);
    const share = new Intl.NumberFormat(document.documentElement.lang, {
      style: 'percent',
      maximumSignificantDigits: 3,
    });
    const said =
      changed === 0
        ? l10n.t('No pixel differs.')
        : l10n.t(
            '{0} of {1} pixels differ ({2}), by {3} of 255 at most.',
            format.format(changed),
            format.format(all),
            share.format(changed / all),
            greatest,
          );
    return this.read?.isReduced === true
      ? `${said} ${l10n.t('The pictures were compared at a smaller size.')}`
      : said;
  }

  private async compare({ first, second, strength }: DifferenceInput): Promise<void> {
    const turn = ++this.turn;
    try {
      const read = this.read ?? (await readBoth(first, second));
      if (turn !== this.turn) return;
      this.read = read;
      const difference = pixelDifference(read.one.data, read.other.data, strength);
      const url = await drawn(difference, read.one);
      if (turn !== this.turn) {
        URL.revokeObjectURL(url);
        return;
      }
      this.release();
      this.found = { ...difference, url };
      this.failure = undefined;
    } catch (error) {
      if (turn === this.turn)
        this.failure = l10n.t('The pictures cannot be compared: {0}', reasonOf(error));
    }
  }

  private release(): void {
    if (this.found !== undefined) URL.revokeObjectURL(this.found.url);
    this.found = undefined;
  }
}

async function readBoth(first: string, second: string): Promise<Read> {
  const [one, other] = await Promise.all([decoded(first), decoded(second)]);
  const width = one.naturalWidth || 300;
  const height = one.naturalHeight || 150;
  const reduction = Math.min(1, Math.sqrt(mostPixels / (width * height)));
  const size = [
    Math.max(1, Math.round(width * reduction)),
    Math.max(1, Math.round(height * reduction)),
  ] as const;
  return {
    one: pixelsOf(one, ...size),
    other: pixelsOf(other, ...size),
    isReduced: reduction < 1,
  };
}

async function decoded(url: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = url;
  await image.decode();
  return image;
}

function pixelsOf(image: HTMLImageElement, width: number, height: number): ImageData {
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('2d');
  context.drawImage(image, 0, 0, width, height);
  return context.getImageData(0, 0, width, height);
}

async function drawn({ pixels }: Difference, { width, height }: ImageData): Promise<string> {
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d')?.putImageData(new ImageData(pixels, width, height), 0, 0);
  return URL.createObjectURL(await canvas.convertToBlob({ type: 'image/png' }));
}

customElements.define('difference-pane', DifferencePane);
