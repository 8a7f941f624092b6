import * as l10n from '@vscode/l10n';
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { announceOutcome } from '../kit/announce';
import { textButton } from '../kit/controls';
import { icon } from '../kit/icons';
import { oneLine } from '../kit/oneLine';
import { banners } from './banners';
import { tableNames } from './layout';
import type { PageParts } from './pageParts';
import { tableView } from './tables';
import { toolbar } from './toolbar';

/** The whole page. */
export function pageView(parts: PageParts): TemplateResult {
  const { phase, failure, versions } = parts.state;
  if (phase === 'starting') return html`<div class="starting" aria-busy="true"></div>`;
  if (phase === 'failed')
    return html`<p class="failure" role="alert">${icon('warning')} ${failure}</p>`;
  if (versions.length === 0) return noVersions(parts);
  const models = [...new Set(versions.map(({ model }) => oneLine(model)))].join(', ');
  return html`<h1 class="visually-hidden">${l10n.t('Compare: {0} versions', models)}</h1>
    <header class="top">${toolbar(parts)}</header>
    ${banners(parts)} ${tableNames.map((name) => tableView(name, parts))}`;
}

function noVersions({ link }: PageParts): TemplateResult {
  return html`<div class="nothing">
    <p>${l10n.t('There are no versions to compare.')}</p>
    ${textButton(l10n.t('Add Versions…'), () => void announceOutcome(link.call('addVersions', undefined)))}
  </div>`;
}
