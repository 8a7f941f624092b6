import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type {
  ModelFile,
  ModelSummary,
  ModelSummaryInit,
  ModelSummaryPage,
  SchemaRow,
} from '../../src/protocol/modelSummaryPage';
import { announceOutcome } from '../kit/announce';
import { textButton } from '../kit/controls';
import { icon } from '../kit/icons';
import type { Link } from '../kit/link';
import { schemaGrid } from '../kit/schemaGrid';
import type { Example, PageState } from './state';

type PageLink = Link<ModelSummaryPage>;

/** The whole page. */
export function pageView(
  { init, summary, example, failure }: PageState,
  link: PageLink,
  retry: () => void,
): TemplateResult {
  if (init === undefined && failure === undefined)
    return html`<div class="starting" aria-busy="true"></div>`;
  return html`${header(init, link)} ${failure === undefined ? nothing : failed(failure, retry)}
  ${
    summary === undefined
      ? failure === undefined
        ? html`<div class="starting" aria-busy="true"></div>`
        : nothing
      : html`${loading(summary, link)} ${signature(summary, link)} ${flavors(summary)}
        ${exampleSection(summary, example, link)} ${environment(summary, link)}
        ${about(summary, link)}`
  }`;
}

function header(init: ModelSummaryInit | undefined, link: PageLink): TemplateResult {
  const { path = '', ownerName = '' } = init ?? {};
  const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  return html`<header class="top model-top">
    <h1>
      ${folder === '' ? ownerName : folder}
      ${folder === '' ? nothing : html`<span class="faint">${ownerName}</span>`}
    </h1>
    ${textButton(l10n.t('Open Text Beside'), () => say(link.call('openText', undefined)))}
  </header>`;
}

function failed(sentence: string, retry: () => void): TemplateResult {
  return html`<p class="banner" role="alert">
    ${icon('warning')} <span>${sentence}</span> ${textButton(l10n.t('Retry'), retry)}
  </p>`;
}

/** Lines of Python, each with ways to use them. */
function loading({ load }: ModelSummary, link: PageLink): TemplateResult {
  return section(
    'load',
    l10n.t('Load'),
    load.map(
      ({ uri, code }) =>
        html`<div class="code-line">
          <pre tabindex="0" aria-label=${l10n.t('Python that loads {0}', uri)}>
${code.trimEnd()}</pre>
          <div class="code-actions">
            ${textButton(l10n.t('Copy'), () => say(link.call('copy', code), l10n.t('Copied')))}
            ${textButton(l10n.t('Insert into Editor'), () => void insert(link, code))}
            ${textButton(l10n.t('Copy URI'), () => say(link.call('copy', uri), l10n.t('Copied')))}
          </div>
        </div>`,
    ),
  );
}

async function insert(link: PageLink, code: string): Promise<void> {
  await announceOutcome(
    link.call('insert', code).then((name) => l10n.t('Inserted into {0}', name)),
  );
}

function signature(summary: ModelSummary, link: PageLink): TemplateResult {
  const { inputs, outputs, params, signatureProblem } = summary;
  const copy = (text: string): void => say(link.call('copy', text), l10n.t('Copied'));
  const isAbsent = inputs === undefined && outputs === undefined && params === undefined;
  return section('signature', l10n.t('Signature'), [
    signatureProblem === undefined
      ? isAbsent
        ? html`<p class="faint">${l10n.t('The model was logged without a signature.')}</p>`
        : nothing
      : html`<p class="failure" role="alert">${icon('warning')} ${signatureProblem}</p>`,
    schemaView(l10n.t('Inputs'), inputs, copy),
    schemaView(l10n.t('Outputs'), outputs, copy),
    schemaView(l10n.t('Params'), params, copy),
  ]);
}

/** A part of the signature; nothing where the model says nothing of it. */
function schemaView(
  title: string,
  rows: readonly SchemaRow[] | undefined,
  copy: (text: string) => void,
): TemplateResult | typeof nothing {
  if (rows === undefined) return nothing;
  return html`<h3>${title} <span class="count">${rows.length}</span></h3>
    ${schemaGrid(title, rows, copy)}`;
}

function flavors({ flavors: all }: ModelSummary): TemplateResult {
  return section(
    'flavors',
    l10n.t('Flavors'),
    all.map(
      ({ name, facts }) =>
        html`<h3>${name}</h3>
          ${factList(facts.map(({ key, value }) => ({ key, text: value })))}`,
    ),
  );
}

function exampleSection(
  { example }: ModelSummary,
  shown: Example | undefined,
  link: PageLink,
): TemplateResult | typeof nothing {
  if (example === undefined) return nothing;
  const { file, serving, type } = example;
  return section('example', l10n.t('Input Example'), [
    html`<p>
      ${fileLink(file, link)} ${serving === undefined ? nothing : fileLink(serving, link)}
      <span class="faint">${type}</span>
    </p>`,
    shown === undefined
      ? html`<div class="starting" aria-busy="true"></div>`
      : 'text' in shown
        ? html`<pre class="example" tabindex="0" aria-label=${l10n.t('Input Example')}>
${readable(shown.text)}</pre>`
        : html`<p class="faint" role="alert">${shown.problem}</p>`,
  ]);
}

function environment({ environment: files }: ModelSummary, link: PageLink): TemplateResult {
  return section('environment', l10n.t('Environment'), [
    html`<p>${files.map((file) => html`${fileLink(file, link)} `)}</p>`,
  ]);
}

function about({ facts, metadata }: ModelSummary, link: PageLink): TemplateResult {
  return section('about', l10n.t('About'), [
    factList(facts, (text) => say(link.call('copy', text), l10n.t('Copied'))),
    metadata === undefined
      ? nothing
      : html`<h3>${l10n.t('Metadata')}</h3>
          <pre tabindex="0" aria-label=${l10n.t('Metadata')}>${readable(metadata)}</pre>`,
  ]);
}

function section(name: string, title: string, content: readonly unknown[]): TemplateResult {
  return html`<section class="part" aria-labelledby="heading-${name}">
    <h2 id="heading-${name}">${title}</h2>
    ${content}
  </section>`;
}

function factList(
  facts: readonly {
    readonly key: string;
    readonly text: string;
    readonly full?: string | undefined;
  }[],
  copy?: (text: string) => void,
): TemplateResult {
  return html`<dl class="facts">
    ${facts.map(
      ({ key, text, full }) =>
        html`<dt>${key}</dt>
          <dd title=${full ?? text}>
            ${text}
            ${
              copy === undefined
                ? nothing
                : html`<button
                    type="button"
                    class="icon-button"
                    aria-label=${l10n.t('Copy {0}', key)}
                    title=${l10n.t('Copy {0}', key)}
                    @click=${() => copy(full ?? text)}
                  >
                    ${icon('copy')}
                  </button>`
            }
          </dd>`,
    )}
  </dl>`;
}

function fileLink({ path, text }: ModelFile, link: PageLink): TemplateResult {
  return html`<button
    type="button"
    class="file-link"
    @click=${() => say(link.call('openFile', path))}
  >
    ${icon('file')}${text}
  </button>`;
}

/** JSON on several lines; any other text as it is. */
function readable(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}

function say(work: Promise<unknown>, done?: string): void {
  void announceOutcome(work.then(() => done));
}
