import '../gallery/gallery.css';

import * as l10n from '@vscode/l10n';
import { html, LitElement, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { ComparedRun, ComparePage } from '../../src/protocol/comparePage';
import { readGallery, writeGallery } from '../gallery/galleryLayout';
import { gallerySource } from '../gallery/gallerySource';
import type { GalleryInput } from '../gallery/source';
import { reasonOf } from '../kit/announce';
import { icon } from '../kit/icons';
import { lastResult } from '../kit/lastResult';
import type { Link } from '../kit/link';
import { sectionHeading } from '../kit/sectionHeading';
import type { Dispatch, PageState } from './state';

const sourceOf = lastResult((link: Link<ComparePage>) => gallerySource(link));
const layoutOf = lastResult(readGallery);
/** MLflow gives it to runs that log images by key. */
const imagesTag = 'mlflow.loggedImages';
const hasImages = ({ tags }: ComparedRun): boolean => tags.some(({ key }) => key === imagesTag);
const someHaveImages = lastResult((runs: readonly ComparedRun[]) => runs.some(hasImages));
/** Runs without images are not asked for them. */
const runsOf = lastResult((runs: readonly ComparedRun[], hidden: ReadonlySet<string>) =>
  runs
    .filter((run) => !hidden.has(run.key) && hasImages(run))
    .map(({ key, name, color, status }) => ({ key, name, color, isLive: status === 'RUNNING' })),
);

/** The images that the runs logged, where any of them did. */
export function imagesSection(
  state: PageState,
  dispatch: Dispatch,
  link: Link<ComparePage>,
): TemplateResult | typeof nothing {
  if (!someHaveImages(state.runs)) return nothing;
  const isFolded = state.layout.folded.has('images');
  const input: GalleryInput = {
    runs: runsOf(state.runs, state.kept.hidden),
    source: sourceOf(link),
    layout: layoutOf(state.kept.gallery),
    onLayout: (gallery) => dispatch({ type: 'kept', change: { gallery: writeGallery(gallery) } }),
    refreshInterval: state.live ? state.refreshInterval : 0,
    reading: 0,
  };
  return html`<section aria-labelledby="heading-images">
    ${sectionHeading('images', l10n.t('Images'), isFolded, (folded) =>
      dispatch({ type: 'fold', section: 'images', folded }),
    )}
    ${
      isFolded
        ? nothing
        : html`<div class="charts-content"><late-gallery .input=${input}></late-gallery></div>`
    }
  </section>`;
}

/** The gallery, whose code is loaded once it is near. */
class LateGallery extends LitElement {
  static override properties = {
    input: { attribute: false },
    isLoaded: { state: true },
    failure: { state: true },
  };

  declare input: GalleryInput | undefined;
  declare private isLoaded: boolean;
  declare private failure: string | undefined;
  private readonly watcher = new IntersectionObserver(
    (entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) void this.load();
    },
    { rootMargin: '300px' },
  );

  override connectedCallback(): void {
    super.connectedCallback();
    this.watcher.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.watcher.disconnect();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    if (this.failure !== undefined)
      return html`<p class="failure" role="alert">${icon('warning')} ${this.failure}</p>`;
    return this.isLoaded
      ? html`<image-gallery .input=${this.input}></image-gallery>`
      : html`<div class="starting" aria-busy="true"></div>`;
  }

  private async load(): Promise<void> {
    this.watcher.disconnect();
    try {
      await import('../gallery/main');
      this.isLoaded = true;
    } catch (error) {
      this.failure = reasonOf(error);
    }
  }
}

customElements.define('late-gallery', LateGallery);
