import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { icon } from '../kit/icons';
import { banners } from './banners';
import { codeSection } from './codeSection';
import { descriptionSection } from './descriptionSection';
import { header } from './header';
import { historySection } from './historySection';
import { exampleSection, modelSection } from './modelSection';
import type { PageParts } from './pageParts';
import { signatureSection } from './signatureSection';
import { sourceSection } from './sourceSection';
import { stageSection } from './stageSection';
import { tagsSection } from './tagsSection';

/** The whole page. */
export function pageView(parts: PageParts): TemplateResult {
  const { phase, failure, view } = parts.state;
  if (phase === 'failed')
    return html`<p class="failure" role="alert">${icon('warning')} ${failure}</p>`;
  if (view === undefined) return html`<div class="starting" aria-busy="true"></div>`;
  return html`${header(parts, view)} ${banners(parts, view)} ${stageSection(parts, view)}
  ${descriptionSection(parts, view)} ${codeSection(parts, view)} ${sourceSection(parts, view)}
  ${signatureSection(parts, view)} ${exampleSection(parts, view)} ${modelSection(parts, view)}
  ${tagsSection(parts, view)} ${historySection(parts, view)}`;
}
