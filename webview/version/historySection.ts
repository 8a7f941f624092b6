import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { VersionView } from '../../src/protocol/versionPage';
import { fact } from '../kit/fact';
import { oneLine } from '../kit/oneLine';
import { ageText, dateText } from '../kit/times';
import { section } from './pageParts';
import type { PageParts } from './pageParts';

/** What is known of who changed what when: little, which is said. */
export function historySection(parts: PageParts, { facts }: VersionView): TemplateResult {
  const { creationTime, lastUpdatedTime, user = '' } = facts ?? {};
  const content = (): TemplateResult =>
    html`<div class="part-content">
      <dl class="page-facts">
        ${creationTime === undefined ? nothing : fact(l10n.t('Registered'), timeView(creationTime, user))}
        ${lastUpdatedTime === undefined ? nothing : fact(l10n.t('Last changed'), timeView(lastUpdatedTime, ''))}
      </dl>
      <p class="faint">
        ${l10n.t('MLflow’s registry keeps no history: who moved stages, aliases, tags or the description, and when, it cannot tell. Only the time of the last change of the version is kept.')}
      </p>
    </div>`;
  return section(parts, 'history', l10n.t('Changes'), content);
}

const longestUser = 200;

function timeView(time: number, user: string): TemplateResult {
  return html`<time title=${dateText(time)}>${ageText(time)}</time>
    ${user === '' ? nothing : l10n.t('by {0}', oneLine(user, longestUser))}`;
}
