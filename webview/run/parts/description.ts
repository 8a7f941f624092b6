import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { announceOutcome } from '../../kit/announce';
import { textButton } from '../../kit/controls';
import { lastResult } from '../../kit/lastResult';
import type { Link } from '../../kit/link';
import type { RunPage } from '../../../src/protocol/runPage';
import { markdown } from '../../kit/markdown/markdown';
import type { PageParts } from './pageParts';
import { section } from './section';

const rendered = lastResult((note: string, link: Link<RunPage>) =>
  markdown(note, (address) => {
    void announceOutcome(link.call('openAddress', address));
  }),
);

/** The description, as its Markdown means it; VS Code's own editor changes it. */
export function descriptionSection(parts: PageParts): TemplateResult | typeof nothing {
  const { link } = parts;
  const { details, readOnly } = parts.state;
  if (details === undefined) return nothing;
  const edit = (): void => void announceOutcome(link.call('editNote', undefined));
  const isEmpty = details.note.trim() === '';
  const label = isEmpty ? l10n.t('Add Description…') : l10n.t('Edit Description…');
  const controls = readOnly === undefined ? textButton(label, edit) : nothing;
  const content = (): TemplateResult =>
    isEmpty
      ? html`<p class="nothing">${l10n.t('None')}</p>`
      : html`<div class="part-content">${rendered(details.note, link)}</div>`;
  return section(parts, 'description', l10n.t('Description'), content, html`${controls}`);
}
