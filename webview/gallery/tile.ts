import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { icon } from '../kit/icons';
import type { Tile } from './galleryRows';
import type { Picture } from './pictureCache';

/** What a tile says of itself, for screen readers and hovers. */
export function tileText({ key, run, image }: Tile, isAlone: boolean): string {
  const what =
    image === undefined ? l10n.t('{0}, none yet', key) : l10n.t('{0}, step {1}', key, image.step);
  return isAlone ? what : l10n.t('{0}, {1}', what, run.name);
}

/** A picture with what it is; `picture` is absent where the run has none. */
export function tileView(
  tile: Tile,
  picture: Picture | undefined,
  isAlone: boolean,
): TemplateResult {
  const { run, image, isEarlier } = tile;
  return html`<div class="tile-picture">${pictureView(tile, picture, isAlone)}</div>
    <div class="tile-caption">
      ${
        isAlone
          ? nothing
          : html`<span class="tile-run"
              ><span class="tile-dot run-color-${run.color}" aria-hidden="true">●</span
              >${run.name}</span
            >`
      }
      ${
        image === undefined
          ? nothing
          : html`<span class=${isEarlier ? 'tile-step faint' : 'tile-step'}
              >${l10n.t('step {0}', image.step)}</span
            >`
      }
    </div>`;
}

function pictureView(
  tile: Tile,
  picture: Picture | undefined,
  isAlone: boolean,
): TemplateResult | string {
  switch (picture?.kind) {
    case 'ready':
      return html`<img
        src=${picture.url}
        alt=${tileText(tile, isAlone)}
        decoding="async"
        draggable="false"
      />`;
    case 'failed':
      return html`<span class="tile-problem" title=${picture.sentence}
        >${icon('warning')}<span>${picture.sentence}</span></span
      >`;
    case 'loading':
      return html`<span class="visually-hidden">${l10n.t('Reading…')}</span>`;
    case undefined:
      return html`<span class="faint">${l10n.t('none yet')}</span>`;
  }
}
