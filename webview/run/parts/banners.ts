import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { ComparedRun } from '../../../src/protocol/comparePage';
import { announceOutcome } from '../../kit/announce';
import { textButton } from '../../kit/controls';
import { icon } from '../../kit/icons';
import type { PageParts } from './pageParts';

/** What is wrong, each as a sentence with its next step; nothing where all is well. */
export function banners(parts: PageParts, run: ComparedRun): TemplateResult | typeof nothing {
  const { state, dispatch, link } = parts;
  const retry = textButton(l10n.t('Retry'), () => {
    dispatch({ type: 'retrying' });
    void announceOutcome(link.call('retry', undefined));
  });
  const restore = textButton(
    l10n.t('Restore'),
    () => void announceOutcome(link.call('restoreRun', undefined)),
  );
  const readAgain = textButton(l10n.t('Retry'), () => dispatch({ type: 'readAgain' }));
  const all = [
    state.trouble === undefined ? undefined : banner(state.trouble, nothing),
    state.unreadExtremes === undefined
      ? undefined
      : banner(
          l10n.t('The least and greatest values could not be read. {0}', state.unreadExtremes),
          readAgain,
        ),
    run.standing === 'failed'
      ? banner(l10n.t('{0} could not be read. {1}', run.name, run.problem ?? ''), retry)
      : undefined,
    run.standing === 'gone' ? banner(goneText(run), retry) : undefined,
    run.deleted && run.standing === 'ready'
      ? banner(l10n.t('{0} is deleted, but can be restored.', run.name), restore)
      : undefined,
  ].filter((one) => one !== undefined);
  return all.length === 0 ? nothing : html`<div class="banners" role="alert">${all}</div>`;
}

function goneText({ name, params, metrics }: ComparedRun): string {
  const isKnown = params.length + metrics.keys.length > 0;
  return isKnown
    ? l10n.t('{0} is gone from the server; what was read before is still shown.', name)
    : l10n.t('The server has no run {0}.', name);
}

function banner(sentence: string, action: TemplateResult | typeof nothing): TemplateResult {
  return html`<p class="banner">${icon('warning')}<span>${sentence}</span>${action}</p>`;
}
