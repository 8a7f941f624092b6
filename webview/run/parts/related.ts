import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Part, RunLink } from '../../../src/protocol/runPage';
import { announceOutcome } from '../../kit/announce';
import { textButton } from '../../kit/controls';
import { codeBlock } from '../../kit/codeBlock';
import { copyText } from './copyText';
import { linkView } from './links';
import type { PageParts } from './pageParts';
import { section } from './section';

/** Models of the run, and Python that loads what it logged; nothing where there is none. */
export function modelsSection(parts: PageParts): TemplateResult | typeof nothing {
  const { details } = parts.state;
  if (details === undefined) return nothing;
  const { models, snippet } = details;
  if (models.kind === 'ready' && models.value.length === 0 && snippet === '') return nothing;
  const content = (): TemplateResult =>
    html`<div class="part-content">
      ${linkList(parts, models)}
      ${
        snippet === ''
          ? nothing
          : codeBlock(l10n.t('Python that loads it'), snippet, (code) => copyText(parts, code))
      }
    </div>`;
  const act = (what: 'register' | 'promote') => (): void =>
    void announceOutcome(parts.link.call('model', what));
  const controls =
    parts.state.readOnly === undefined
      ? html`${textButton(l10n.t('Register Model…'), act('register'))}
        ${textButton(l10n.t('Promote to Production'), act('promote'))}`
      : nothing;
  return section(parts, 'models', l10n.t('Models'), content, controls);
}

/** The runs that this one is nested in, and that are nested in it; nothing where there are none. */
export function relatedSection(parts: PageParts): TemplateResult | typeof nothing {
  const { details } = parts.state;
  if (details === undefined) return nothing;
  const { parent, children, hasMoreChildren } = details;
  const hasNoChildren = children.kind !== 'failed' && childrenOf(children).length === 0;
  if (parent === undefined && hasNoChildren) return nothing;
  const content = (): TemplateResult =>
    html`<div class="part-content">
      ${parent === undefined ? nothing : html`<p>${l10n.t('Parent run')}: ${linkView(parts, parent)}</p>`}
      ${
        hasNoChildren
          ? nothing
          : html`<p>${l10n.t('Child runs')}:</p>
              ${linkList(parts, children)}`
      }
      ${
        hasMoreChildren
          ? html`<p class="faint">
              ${l10n.t('These are the first {0}; the Experiments view has all of them.', childrenOf(children).length)}
            </p>`
          : nothing
      }
    </div>`;
  return section(parts, 'related', l10n.t('Nested runs'), content);
}

function childrenOf(children: Part<readonly RunLink[]>): readonly RunLink[] {
  return children.kind === 'ready' ? children.value : [];
}

function linkList(parts: PageParts, part: Part<readonly RunLink[]>): TemplateResult {
  switch (part.kind) {
    case 'loading':
      return html`<p class="faint">${l10n.t('Reading…')}</p>`;
    case 'failed':
      return html`<p class="problem">
        ${part.sentence}
        ${textButton(l10n.t('Retry'), () => void announceOutcome(parts.link.call('retry', undefined)))}
      </p>`;
    case 'ready':
      return html`<ul class="links">
        ${part.value.map((link) => html`<li>${linkView(parts, link)}</li>`)}
      </ul>`;
  }
}
