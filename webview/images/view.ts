import * as l10n from '@vscode/l10n';
import { html } from 'lit';
import type { TemplateResult, nothing } from 'lit';
import type { ImagesPage, ImagesRun } from '../../src/protocol/imagesPage';
import { gallerySource } from '../gallery/gallerySource';
import type { GalleryInput } from '../gallery/source';
import { announceOutcome } from '../kit/announce';
import { textButton } from '../kit/controls';
import { icon } from '../kit/icons';
import { lastResult } from '../kit/lastResult';
import type { Link } from '../kit/link';
import { statusIcon } from '../kit/statusIcon';
import type { Dispatch, PageState } from './state';

const sourceOf = lastResult((link: Link<ImagesPage>) => gallerySource(link));
const runsOf = lastResult((runs: readonly ImagesRun[]) =>
  runs.map(({ key, name, color, status }) => ({ key, name, color, isLive: status === 'RUNNING' })),
);

/** The whole page. */
export function pageView(
  state: PageState,
  dispatch: Dispatch,
  link: Link<ImagesPage>,
): TemplateResult {
  if (state.phase === 'starting') return html`<div class="starting" aria-busy="true"></div>`;
  if (state.phase === 'failed')
    return html`<p class="failure" role="alert">${icon('warning')} ${state.failure}</p>`;
  const input: GalleryInput = {
    runs: runsOf(state.runs),
    source: sourceOf(link),
    layout: state.gallery,
    onLayout: (gallery) => dispatch({ type: 'gallery', gallery }),
    refreshInterval: state.refreshInterval,
    reading: state.reading,
  };
  return html`<h1 class="visually-hidden">${title(state.runs)}</h1>
    <header class="top images-top">
      <div class="images-runs">${state.runs.map(runView)}</div>
      <button
        type="button"
        class="icon-button"
        title=${l10n.t('Read Again')}
        aria-label=${l10n.t('Read Again')}
        @click=${() => readAgain(dispatch, link)}
      >
        ${icon('refresh')}
      </button>
    </header>
    ${troubles(state, dispatch, link)}
    <div class="images-content"><image-gallery .input=${input}></image-gallery></div>`;
}

function title(runs: readonly ImagesRun[]): string {
  const [only] = runs;
  return runs.length === 1 && only !== undefined
    ? l10n.t('Images: {0}', only.name)
    : l10n.t('Images: {0} runs', runs.length);
}

function runView({
  name,
  color,
  status,
  standing,
  experimentName,
  runId,
}: ImagesRun): TemplateResult {
  return html`<span class="images-run" title=${`${experimentName} · ${runId}`}
    ><span class="tile-dot run-color-${color}" aria-hidden="true">●</span
    >${statusIcon({ status, standing })} ${name}</span
  >`;
}

function troubles(
  { runs, trouble }: PageState,
  dispatch: Dispatch,
  link: Link<ImagesPage>,
): readonly TemplateResult[] | typeof nothing {
  const sentences = [
    ...(trouble === undefined ? [] : [trouble]),
    ...runs.flatMap(({ name, standing, problem }) =>
      standing === 'gone'
        ? [l10n.t('The server has no run {0}.', name)]
        : problem === undefined
          ? []
          : [l10n.t('{0} could not be read. {1}', name, problem)],
    ),
  ];
  return sentences.map(
    (sentence) =>
      html`<p class="banner" role="alert">
        ${icon('warning')} <span>${sentence}</span>
        ${textButton(l10n.t('Retry'), () => readAgain(dispatch, link))}
      </p>`,
  );
}

function readAgain(dispatch: Dispatch, link: Link<ImagesPage>): void {
  dispatch({ type: 'readAgain' });
  void announceOutcome(link.call('retry', undefined));
}
