import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { ModelFile, ModelSummary } from '../../src/protocol/modelSummaryPage';
import type { VersionView } from '../../src/protocol/versionPage';
import { announce, reasonOf } from '../kit/announce';
import { textButton } from '../kit/controls';
import { fact } from '../kit/fact';
import { oneLine } from '../kit/oneLine';
import { textLink } from '../kit/textLink';
import { copy, partView, section } from './pageParts';
import type { PageParts } from './pageParts';

/** What else the `MLmodel` says: flavors, size, versions, files. */
export function modelSection(parts: PageParts, { model }: VersionView): TemplateResult {
  const content = (): TemplateResult =>
    html`<div class="part-content">
      ${partView(parts, model, (value) => modelView(parts, value))}
    </div>`;
  return section(parts, 'model', l10n.t('Model'), content);
}

function modelView(parts: PageParts, { flavors, facts, environment }: ModelSummary): unknown {
  const files = [{ path: 'MLmodel', text: 'MLmodel' }, ...environment];
  return html`<dl class="page-facts">
      ${facts.map(({ key, text, full }) => fact(key, html`<span title=${full ?? nothing}>${oneLine(text, longestFact)}</span>`))}
      ${fact(
        l10n.t('Files'),
        files.map((file) => fileView(parts, file)),
      )}
    </dl>
    <table class="facts" aria-label=${l10n.t('Flavors')}>
      <tbody>
        ${flavors.slice(0, mostFlavors).map(
          ({ name, facts: own }) =>
            html`<tr>
              <th scope="row">${oneLine(name)}</th>
              <td>
                ${oneLine(own.map(({ key, value }) => `${key} ${value}`).join(' · '), longestFlavor)}
              </td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${
      flavors.length > mostFlavors
        ? html`<p class="faint">
            ${l10n.t('{0} more are in the MLmodel file.', flavors.length - mostFlavors)}
          </p>`
        : nothing
    }`;
}

const mostFlavors = 50;
const longestFlavor = 400;
const longestFact = 200;

function fileView({ link }: PageParts, { path, text }: ModelFile): TemplateResult {
  return html`${textLink({ key: path, text: oneLine(text, longestFact) }, () => link.call('openFile', path))} `;
}

/** How a request for the model looks; read when somebody asks for it. */
export function exampleSection(
  parts: PageParts,
  { model }: VersionView,
): TemplateResult | typeof nothing {
  const example = model.kind === 'ready' ? model.value.example : undefined;
  if (example === undefined) return nothing;
  const shown = parts.state.example;
  const content = (): TemplateResult =>
    html`<div class="part-content">
      <p>
        ${fileView(parts, example.file)}<span class="faint"
          >${oneLine(example.type, longestFact)}</span
        >
        ${example.serving === undefined ? nothing : fileView(parts, example.serving)}
      </p>
      ${shown === undefined ? nothing : html`<div>${exampleView(shown)}</div>`}
    </div>`;
  const controls =
    shown === undefined || shown.kind === 'failed'
      ? textButton(l10n.t('Show'), () => void read(parts))
      : shown.kind === 'ready'
        ? textButton(l10n.t('Copy'), () => copy(parts, shown.value))
        : nothing;
  return section(parts, 'example', l10n.t('Input Example'), content, controls);
}

function exampleView(shown: NonNullable<PageParts['state']['example']>): unknown {
  switch (shown.kind) {
    case 'loading':
      return html`<span class="faint">${l10n.t('Reading…')}</span>`;
    case 'failed':
      return html`<span class="problem">${shown.sentence}</span>`;
    case 'ready':
      return html`<pre
        class="example"
        tabindex="0"
        aria-label=${l10n.t('Input Example')}
      ><code>${indented(shown.value)}</code></pre>`;
  }
}

async function read({ dispatch, link }: PageParts): Promise<void> {
  dispatch({ type: 'example', example: { kind: 'loading' } });
  try {
    const value = await link.call('example', undefined);
    dispatch({ type: 'example', example: { kind: 'ready', value } });
  } catch (error) {
    const sentence = reasonOf(error);
    dispatch({ type: 'example', example: { kind: 'failed', sentence } });
    announce(sentence);
  }
}

/** JSON in lines that people read; whatever else it is stays as it is. */
function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}
