import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { ComparedVersion } from '../../src/protocol/versionsPage';
import { textButton } from '../kit/controls';
import { icon } from '../kit/icons';
import { readAgain, remove } from './pageParts';
import type { PageParts } from './pageParts';

/** What is wrong, each as a sentence with its next step; nothing where all is well. */
export function banners(parts: PageParts): TemplateResult | typeof nothing {
  const { versions } = parts.state;
  const gone = versions.filter(({ standing }) => standing === 'gone');
  const failures = [
    failed(
      parts,
      versions.filter(({ standing }) => standing === 'failed'),
      ({ problem }) => problem,
    ),
    failed(parts, versions.filter(isReadWithout('run')), ({ run }) => run.problem),
    failed(
      parts,
      versions.filter(isReadWithout('signature')),
      ({ signature }) => signature.problem,
    ),
  ].filter((one) => one !== undefined);
  if (gone.length + failures.length === 0) return nothing;
  return html`<div class="banners" role="alert">
    ${failures}${gone.length === 0 ? nothing : goneBanner(parts, gone)}
  </div>`;
}

function isReadWithout(part: 'run' | 'signature') {
  return (version: ComparedVersion): boolean =>
    version.standing === 'ready' && version[part].standing === 'failed';
}

function failed(
  parts: PageParts,
  versions: readonly ComparedVersion[],
  problemOf: (version: ComparedVersion) => string | undefined,
): TemplateResult | undefined {
  const [first] = versions;
  if (first === undefined) return undefined;
  const keys = versions.map(({ key }) => key);
  const retry = (): void => readAgain(parts, keys);
  const sentence = l10n.t(
    'Of {0} not all could be read. {1}',
    namesOf(versions),
    problemOf(first) ?? '',
  );
  return banner(sentence, textButton(l10n.t('Retry'), retry));
}

function goneBanner(parts: PageParts, gone: readonly ComparedVersion[]): TemplateResult {
  const sentence = l10n.t(
    'Gone from the registry: {0}. What was read before is still shown.',
    namesOf(gone),
  );
  const take = (): void =>
    remove(
      parts,
      gone.map(({ key }) => key),
    );
  return banner(sentence, textButton(l10n.t('Remove'), take));
}

const mostNames = 5;

/** Who is meant, in a line even where it is all of them. */
function namesOf(versions: readonly ComparedVersion[]): string {
  const names = versions.slice(0, mostNames).map(({ name }) => name);
  const more = versions.length - names.length;
  return more === 0 ? names.join(', ') : l10n.t('{0} and {1} more', names.join(', '), more);
}

function banner(sentence: string, action: TemplateResult): TemplateResult {
  return html`<p class="banner">${icon('warning')}<span>${sentence}</span>${action}</p>`;
}
