import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { VersionView } from '../../src/protocol/versionPage';
import { textButton } from '../kit/controls';
import { icon } from '../kit/icons';
import { retry } from './pageParts';
import type { PageParts } from './pageParts';
import { versionName } from './versionName';

/** What is wrong with the whole of it, as a sentence with its next step; nothing where all is well. */
export function banners(parts: PageParts, view: VersionView): TemplateResult | typeof nothing {
  const sentence = sentenceOf(view);
  if (sentence === undefined) return nothing;
  return html`<div class="banners" role="alert">
    <p class="banner">
      ${icon('warning')}<span>${sentence}</span>${textButton(l10n.t('Retry'), () => retry(parts))}
    </p>
  </div>`;
}

function sentenceOf(view: VersionView): string | undefined {
  const { standing, problem, facts } = view;
  if (standing === 'failed')
    return l10n.t('{0} could not be read. {1}', versionName(view), problem ?? '');
  if (standing === 'gone') {
    return facts === undefined
      ? l10n.t('The registry has no {0}.', versionName(view))
      : l10n.t(
          '{0} is gone from the registry; what was read before is still shown.',
          versionName(view),
        );
  }
  return facts?.status === 'failed' ? facts.statusText : undefined;
}
