import * as l10n from '@vscode/l10n';
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { ModelSummary, SchemaRow } from '../../src/protocol/modelSummaryPage';
import type { VersionView } from '../../src/protocol/versionPage';
import { schemaGrid } from '../kit/schemaGrid';
import { copy, partView, section } from './pageParts';
import type { PageParts } from './pageParts';

/** What the model takes and gives. */
export function signatureSection(parts: PageParts, { model }: VersionView): TemplateResult {
  const content = (): unknown =>
    model.kind === 'ready'
      ? signatureView(parts, model.value)
      : html`<p class="part-content">${partView(parts, model, () => '')}</p>`;
  return section(parts, 'signature', l10n.t('Signature'), content);
}

function signatureView(
  parts: PageParts,
  { inputs, outputs, params, signatureProblem }: ModelSummary,
): unknown {
  if (signatureProblem !== undefined)
    return html`<p class="part-content problem">${signatureProblem}</p>`;
  if ((inputs ?? outputs ?? params) === undefined)
    return html`<p class="nothing">${l10n.t('The model was logged without a signature.')}</p>`;
  return [
    schemaView(parts, l10n.t('Inputs'), inputs),
    schemaView(parts, l10n.t('Outputs'), outputs),
    schemaView(parts, l10n.t('Params'), params),
  ];
}

function schemaView(
  parts: PageParts,
  title: string,
  rows: readonly SchemaRow[] | undefined,
): TemplateResult {
  const isEmpty = rows === undefined || rows.length === 0;
  return html`<h3 class="sub-heading">${title} <span class="count">${rows?.length ?? 0}</span></h3>
    ${
      isEmpty
        ? html`<p class="nothing">${l10n.t('None')}</p>`
        : schemaGrid(title, rows, (text) => copy(parts, text))
    }`;
}
