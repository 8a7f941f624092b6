import type { TemplateResult } from 'lit';
import * as l10n from '@vscode/l10n';
import { html } from 'lit';
import type { Part } from '../../src/protocol/runPage';
import type { VersionAction, VersionPage } from '../../src/protocol/versionPage';
import { announceOutcome } from '../kit/announce';
import { textButton } from '../kit/controls';
import type { Link } from '../kit/link';
import { oneLine } from '../kit/oneLine';
import { sectionsBy } from '../kit/partSection';
import type { Dispatch, PageState } from './state';

/** What each part of the page is made from. */
export interface PageParts {
  readonly state: PageState;
  readonly dispatch: Dispatch;
  readonly link: Link<VersionPage>;
}

/** A part of the page below a heading that folds it. */
export const section = sectionsBy<PageParts>(({ state, dispatch }) => ({
  folded: state.kept.folded,
  fold: (name, isFolded) => dispatch({ type: 'fold', section: name, isFolded }),
}));

/** A button for a command of the Models view. */
export function actionButton(
  { link }: PageParts,
  label: string,
  action: VersionAction,
): TemplateResult {
  return textButton(label, () => void announceOutcome(link.call('act', action)));
}

/** An alias as it is seen at a glance. */
export function aliasChip(alias: string): TemplateResult {
  return html`<span class="chip">@${oneLine(alias)}</span>`;
}

/** Copies a text, and says so. */
export function copy({ link }: PageParts, text: string): void {
  void announceOutcome(link.call('copy', text).then(() => l10n.t('Copied')));
}

/** Reads again what failed. */
export function retry({ dispatch, link }: PageParts): void {
  dispatch({ type: 'retrying' });
  void announceOutcome(link.call('retry', undefined));
}

/** What is read by itself: what there is, that it is not there yet, or why not, with the next step. */
export function partView<T>(
  parts: PageParts,
  part: Part<T>,
  present: (value: T) => unknown,
): unknown {
  switch (part.kind) {
    case 'loading':
      return html`<span class="faint">${unreadText(parts)}</span>`;
    case 'failed':
      return html`<span class="problem">${part.sentence}</span>
        ${textButton(l10n.t('Retry'), () => retry(parts))}`;
    case 'ready':
      return present(part.value);
  }
}

/** Nothing is read any more of a version that cannot be read itself. */
function unreadText({ state }: PageParts): string {
  return state.view?.standing === 'gone' || state.view?.standing === 'failed'
    ? l10n.t('Not read')
    : l10n.t('Reading…');
}
