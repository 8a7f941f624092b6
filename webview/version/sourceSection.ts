import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { RunLink } from '../../src/protocol/runPage';
import type { VersionRun, VersionView } from '../../src/protocol/versionPage';
import { iconButton } from '../kit/controls';
import { fact } from '../kit/fact';

import { oneLine } from '../kit/oneLine';
import { textLink } from '../kit/textLink';
import { ageText, dateText } from '../kit/times';
import { copy, partView, section } from './pageParts';
import type { PageParts } from './pageParts';

/** Where the version comes from: its run, its logged model and its files. */
export function sourceSection(parts: PageParts, view: VersionView): TemplateResult {
  const { run, logged, facts } = view;
  const open = (key: string): Promise<undefined> => parts.link.call('open', key);
  const content = (): TemplateResult =>
    html`<dl class="page-facts part-content">
      ${fact(
        l10n.t('Source run'),
        partView(parts, run, (value) => runView(value, open)),
      )}
      ${
        logged.kind === 'ready' && logged.value === undefined
          ? nothing
          : fact(
              l10n.t('Logged model'),
              partView(parts, logged, (value) => linkView(value, open)),
            )
      }
      ${
        facts === undefined || facts.source === ''
          ? nothing
          : fact(l10n.t('Files'), addressView(parts, facts.source))
      }
    </dl>`;
  return section(parts, 'source', l10n.t('Source'), content);
}

function runView(
  run: VersionRun | undefined,
  open: (key: string) => Promise<undefined>,
): TemplateResult {
  if (run === undefined)
    return html`<span class="faint">${l10n.t('The version names no run.')}</span>`;
  const { link, experimentName, startTime, isDeleted } = run;
  return html`${textLink(link, open)}
    <span class="faint"
      >${l10n.t('in {0}', oneLine(experimentName))}${isDeleted ? html`, ${l10n.t('deleted')}` : nothing}${
        startTime === undefined
          ? nothing
          : html`, <time title=${dateText(startTime)}>${ageText(startTime)}</time>`
      }</span
    >`;
}

function linkView(
  link: RunLink | undefined,
  open: (key: string) => Promise<undefined>,
): TemplateResult | typeof nothing {
  return link === undefined ? nothing : textLink(link, open);
}

function addressView(parts: PageParts, address: string): TemplateResult {
  const label = l10n.t('Copy the address of the files');
  return html`<code>${oneLine(address)}</code>
    ${iconButton('copy', label, () => copy(parts, address))}`;
}
