import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { ComparedRun, ComparePage } from '../../src/protocol/comparePage';
import { announceOutcome } from '../kit/announce';
import { textButton } from '../kit/controls';
import { icon } from '../kit/icons';
import type { Link } from '../kit/link';
import type { Dispatch, PageState } from './state';

/** What is wrong, each as a sentence with its next step; nothing where all is well. */
export function banners(
  state: PageState,
  dispatch: Dispatch,
  link: Link<ComparePage>,
): TemplateResult | typeof nothing {
  const failed = state.runs.filter(({ standing }) => standing === 'failed');
  const gone = state.runs.filter(({ standing }) => standing === 'gone');
  if (failed.length + gone.length === 0 && state.trouble === undefined) return nothing;
  return html`<div class="banners" role="alert">
    ${state.trouble === undefined ? nothing : banner(state.trouble, nothing)}
    ${failed.length === 0 ? nothing : failedBanner(failed, dispatch, link)}
    ${gone.length === 0 ? nothing : goneBanner(gone, dispatch, link)}
  </div>`;
}

function banner(sentence: string, action: TemplateResult | typeof nothing): TemplateResult {
  return html`<p class="banner">${icon('warning')}<span>${sentence}</span>${action}</p>`;
}

function failedBanner(
  failed: readonly ComparedRun[],
  dispatch: Dispatch,
  link: Link<ComparePage>,
): TemplateResult {
  const runs = failed.map(({ key }) => key);
  const retry = (): void => {
    dispatch({ type: 'retrying', runs });
    void announceOutcome(link.call('retry', { runs }));
  };
  const problem = failed.find((run) => run.problem !== undefined)?.problem ?? '';
  const sentence =
    failed.length === 1
      ? l10n.t('{0} could not be read. {1}', failed[0]?.name ?? '', problem)
      : l10n.t('{0} runs could not be read. {1}', failed.length, problem);
  return banner(sentence, textButton(l10n.t('Retry'), retry));
}

function goneBanner(
  gone: readonly ComparedRun[],
  dispatch: Dispatch,
  link: Link<ComparePage>,
): TemplateResult {
  const runs = gone.map(({ key }) => key);
  const remove = (): void => {
    dispatch({ type: 'removed', runs });
    link.notify('removeRuns', runs);
  };
  const sentence =
    gone.length === 1
      ? l10n.t(
          '{0} is gone from the server; what was read before is still shown.',
          gone[0]?.name ?? '',
        )
      : l10n.t(
          '{0} runs are gone from the server; what was read before is still shown.',
          gone.length,
        );
  return banner(sentence, textButton(l10n.t('Remove'), remove));
}
