import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { formatSize } from '../../src/mlflow/format';
import type { ComparedPicture, PicturesPage } from '../../src/protocol/picturesPage';
import type { Picture, PictureCache } from '../gallery/pictureCache';
import type { Layer } from '../gallery/zoomPane';
import '../gallery/zoomPane';
import type { Size, ZoomView } from '../gallery/zoomView';
import { announceOutcome } from '../kit/announce';
import { textButton } from '../kit/controls';
import { icon } from '../kit/icons';
import type { Link } from '../kit/link';
import { toolbar } from './toolbar';
import './differencePane';
import type { Dispatch, PageState } from './state';

/** What the page reads from. */
export interface PictureParts {
  readonly link: Link<PicturesPage>;
  readonly cache: PictureCache;
}

/** The whole page. */
export function pageView(
  state: PageState,
  dispatch: Dispatch,
  parts: PictureParts,
): TemplateResult {
  if (state.phase === 'starting') return html`<div class="starting" aria-busy="true"></div>`;
  if (state.phase === 'failed')
    return html`<p class="failure" role="alert">${icon('warning')} ${state.failure}</p>`;
  const { kept, pictures } = state;
  const path = pictures[0]?.path ?? '';
  return html`<h1 class="visually-hidden">${l10n.t('Compare: {0}', path)}</h1>
    ${toolbar(state, dispatch)}
    <div class="pictures mode-${kept.mode}">
      ${kept.mode === 'side' ? sideBySide(state, dispatch, parts) : overEachOther(state, dispatch, parts)}
    </div>`;
}

function sideBySide(
  state: PageState,
  dispatch: Dispatch,
  parts: PictureParts,
): readonly TemplateResult[] {
  return state.pictures.map(
    (picture) =>
      html`<figure aria-label=${picture.name}>
        ${caption(picture, state, parts)} ${pane([picture], state, dispatch, parts, picture.name)}
      </figure>`,
  );
}

function overEachOther(
  state: PageState,
  dispatch: Dispatch,
  parts: PictureParts,
): TemplateResult | typeof nothing {
  const { kept, pictures, sizes } = state;
  const first = pictures[kept.first];
  const second = pictures[kept.second];
  if (first === undefined || second === undefined) return nothing;
  return html`<figure aria-label=${l10n.t('{0} and {1}', first.name, second.name)}>
    <figcaption class="pair">
      ${captionContent(first, state, parts)} ${captionContent(second, state, parts)}
    </figcaption>
    ${stretched(sizes.get(first.key), sizes.get(second.key))}
    ${
      kept.mode === 'difference'
        ? difference(first, second, state, dispatch, parts)
        : pane(
            [first, second],
            state,
            dispatch,
            parts,
            l10n.t('{0} and {1}', first.name, second.name),
          )
    }
  </figure>`;
}

/** Pictures over each other; the second as the mode has it. */
function pane(
  pictures: readonly ComparedPicture[],
  { kept, view }: PageState,
  dispatch: Dispatch,
  { cache }: PictureParts,
  label: string,
): TemplateResult {
  const known = pictures.map((picture) => ({ picture, read: readOf(cache, picture) }));
  const failed = known.find(({ read }) => read.kind === 'failed');
  if (failed?.read.kind === 'failed') return problem(failed.picture, failed.read.sentence, cache);
  const isReady = known.every(({ read }) => read.kind === 'ready');
  const layers = known.flatMap(({ picture, read }, at): readonly Layer[] =>
    read.kind === 'ready' && isReady
      ? [{ url: read.url, alt: picture.name, ...(at === 0 ? {} : laid(kept.mode, kept.share)) }]
      : [],
  );
  return html`<zoom-pane
    aria-label=${l10n.t('{0}. Zoom with plus and minus, move with arrows, 0 shows all.', label)}
    aria-busy=${isReady ? 'false' : 'true'}
    .layers=${layers}
    .view=${view}
    .onView=${(changed: ZoomView) => dispatch({ type: 'view', view: changed })}
    .onSize=${(url: string, size: Size) => {
      const found = known.find(({ read }) => read.kind === 'ready' && read.url === url);
      if (found) dispatch({ type: 'size', key: found.picture.key, size });
    }}
  ></zoom-pane>`;
}

function laid(mode: PageState['kept']['mode'], share: number): Partial<Layer> {
  return mode === 'slider' ? { cut: share } : { opacity: share };
}

function difference(
  first: ComparedPicture,
  second: ComparedPicture,
  { kept, view }: PageState,
  dispatch: Dispatch,
  { cache }: PictureParts,
): TemplateResult {
  const [one, other] = [readOf(cache, first), readOf(cache, second)];
  if (one.kind === 'failed') return problem(first, one.sentence, cache);
  if (other.kind === 'failed') return problem(second, other.sentence, cache);
  if (one.kind === 'loading' || other.kind === 'loading')
    return html`<div class="starting" aria-busy="true"></div>`;
  const input = {
    ...{ first: one.url, second: other.url, strength: kept.strength, view },
    onView: (changed: ZoomView) => dispatch({ type: 'view', view: changed }),
  };
  return html`<difference-pane .input=${input}></difference-pane>`;
}

function problem(picture: ComparedPicture, sentence: string, cache: PictureCache): TemplateResult {
  const retry = (): void => cache.retry({ run: picture.key, path: picture.path });
  return html`<p class="failure" role="alert">
    ${icon('warning')} ${picture.name}: ${sentence} ${textButton(l10n.t('Retry'), retry)}
  </p>`;
}

function caption(picture: ComparedPicture, state: PageState, parts: PictureParts): TemplateResult {
  return html`<figcaption>${captionContent(picture, state, parts)}</figcaption>`;
}

function captionContent(
  picture: ComparedPicture,
  { sizes }: PageState,
  { link, cache }: PictureParts,
): TemplateResult {
  const { key, name, owner, color, path } = picture;
  const size = sizes.get(key);
  const read = readOf(cache, picture);
  const said = [
    size === undefined ? '' : `${size.width} × ${size.height}`,
    read.kind === 'ready' ? formatSize(read.size) : '',
  ].filter((part) => part !== '');
  return html`<span class="picture-name" title=${`${owner} · ${path}`}
    >${
      color === undefined
        ? nothing
        : html`<span class="tile-dot run-color-${color}" aria-hidden="true">●</span>`
    }${name}
    <span class="faint">${said.join(' · ')}</span>
    <button
      type="button"
      class="icon-button"
      aria-label=${l10n.t('Open {0} in Editor', name)}
      title=${l10n.t('Open in Editor')}
      @click=${() => void announceOutcome(link.call('openPicture', key))}
    >
      ${icon('file')}
    </button></span
  >`;
}

function stretched(
  one: Size | undefined,
  other: Size | undefined,
): TemplateResult | typeof nothing {
  if (one === undefined || other === undefined) return nothing;
  if (one.width === other.width && one.height === other.height) return nothing;
  return html`<p class="picture-said" role="status">
    ${l10n.t('The pictures have other sizes: the second is stretched to the first.')}
  </p>`;
}

function readOf(cache: PictureCache, { key, path }: ComparedPicture): Picture {
  return cache.get({ run: key, path });
}
