import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { VersionPage, VersionView } from '../../src/protocol/versionPage';
import { announceOutcome } from '../kit/announce';
import { lastResult } from '../kit/lastResult';
import type { Link } from '../kit/link';
import { markdown } from '../kit/markdown/markdown';
import { actionButton, section } from './pageParts';
import type { PageParts } from './pageParts';

const rendered = lastResult((text: string, link: Link<VersionPage>) =>
  markdown(text, (address) => {
    void announceOutcome(link.call('openAddress', address));
  }),
);

/** The description, as its Markdown means it; VS Code's own editor changes it. */
export function descriptionSection(
  parts: PageParts,
  { facts, standing }: VersionView,
): TemplateResult {
  const isEmpty = (facts?.description ?? '').trim() === '';
  const label = isEmpty ? l10n.t('Add Description…') : l10n.t('Edit Description…');
  const controls =
    standing === 'gone' || facts === undefined ? nothing : actionButton(parts, label, 'describe');
  const content = (): TemplateResult =>
    isEmpty
      ? html`<p class="nothing">
          ${facts === undefined ? l10n.t('Not read yet') : l10n.t('None')}
        </p>`
      : html`<div class="part-content">${rendered(facts?.description ?? '', parts.link)}</div>`;
  return section(parts, 'description', l10n.t('Description'), content, controls);
}
