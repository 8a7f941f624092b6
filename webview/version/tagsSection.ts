import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { VersionView } from '../../src/protocol/versionPage';
import '../kit/fittedGrid';
import { openFullText } from '../kit/fullText';
import { keyedModel } from '../kit/keyedModel';
import { actionButton, copy, section } from './pageParts';
import type { PageParts } from './pageParts';

/** The tags of the version. */
export function tagsSection(parts: PageParts, { facts, standing }: VersionView): TemplateResult {
  const title = l10n.t('Tags');
  const tags = facts?.tags ?? [];
  const controls =
    standing === 'gone' || facts === undefined
      ? nothing
      : html`<span class="count">${tags.length}</span>
          ${actionButton(parts, l10n.t('Set Tag…'), 'setTag')}`;
  const copyTag = (text: string): void => copy(parts, text);
  const make = (width: number) =>
    keyedModel({
      ...{
        label: title,
        entries: tags,
        shown: tags.map((_, place) => place),
        width,
        copy: copyTag,
      },
      open: ({ key, text }, element) => openFullText(key, text, element, copyTag),
    });
  const content = (): TemplateResult =>
    tags.length === 0
      ? html`<p class="nothing">
          ${facts === undefined ? l10n.t('Not read yet') : l10n.t('None')}
        </p>`
      : html`<fitted-grid .make=${make}></fitted-grid>`;
  return section(parts, 'tags', title, content, controls);
}
