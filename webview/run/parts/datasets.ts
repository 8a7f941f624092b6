import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { RunDataset } from '../../../src/protocol/runPage';
import { oneLine } from '../../kit/oneLine';
import { profileOf, schemaOf } from './datasetFacts';
import type { PageParts } from './pageParts';
import { section } from './section';

/** What the run read, with how it looked. */
export function datasetsSection(parts: PageParts): TemplateResult | typeof nothing {
  const datasets = parts.state.details?.datasets ?? [];
  if (datasets.length === 0) return nothing;
  const controls = html`<span class="count">${datasets.length}</span>`;
  const content = (): TemplateResult =>
    html`<div class="part-content">${datasets.map(datasetView)}</div>`;
  return section(parts, 'datasets', l10n.t('Datasets'), content, controls);
}

function datasetView(dataset: RunDataset): TemplateResult {
  const { name, digest, context, sourceType, source, schema, profile } = dataset;
  const facts: readonly (readonly [string, string])[] = [
    [l10n.t('Digest'), digest],
    [l10n.t('Source'), sourceText(sourceType, source)],
    ...profileOf(profile),
  ];
  const columns = schemaOf(schema);
  return html`<details class="dataset">
    <summary>
      ${oneLine(name)} ${context === '' ? nothing : html`<span class="badge">${context}</span>`}
    </summary>
    <table class="facts">
      <tbody>
        ${facts
          .filter(([, value]) => value !== '')
          .map(
            ([label, value]) =>
              html`<tr>
                <th scope="row">${label}</th>
                <td>${value}</td>
              </tr>`,
          )}
      </tbody>
    </table>
    ${
      columns.length === 0
        ? nothing
        : html`<table class="facts">
            <thead>
              <tr>
                <th scope="col">${l10n.t('Column')}</th>
                <th scope="col">${l10n.t('Type')}</th>
              </tr>
            </thead>
            <tbody>
              ${columns.map(
                ([column, type]) =>
                  html`<tr>
                    <td>${column}</td>
                    <td>${type}</td>
                  </tr>`,
              )}
            </tbody>
          </table>`
    }
  </details>`;
}

function sourceText(type: string, source: string): string {
  return [type, source].filter((part) => part !== '').join(': ');
}
