import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { VersionFacts, VersionView } from '../../src/protocol/versionPage';
import { fact } from '../kit/fact';
import { announceOutcome } from '../kit/announce';
import { textButton } from '../kit/controls';
import { textLink } from '../kit/textLink';
import { actionButton, aliasChip, partView, section } from './pageParts';
import type { PageParts } from './pageParts';

/** Where the version stands now, with the commands that move it. */
export function stageSection(parts: PageParts, view: VersionView): TemplateResult {
  const { facts, standing } = view;
  const controls =
    standing === 'gone' || facts === undefined
      ? nothing
      : html`${facts.stage === '' ? nothing : actionButton(parts, l10n.t('Transition Stage…'), 'transition')}
        ${actionButton(parts, l10n.t('Set Alias…'), 'setAlias')}
        ${facts.aliases.length === 0 ? nothing : actionButton(parts, l10n.t('Delete Alias…'), 'deleteAlias')}`;
  const content = (): TemplateResult =>
    html`<dl class="page-facts part-content">
      ${facts === undefined ? fact(l10n.t('Stage'), l10n.t('Not read yet')) : factViews(facts)}
      ${fact(
        l10n.t('In production'),
        partView(parts, view.production, (versions) => holders(parts, view, versions)),
      )}
    </dl>`;
  return section(parts, 'stage', l10n.t('Stage and Aliases'), content, controls);
}

function factViews({ stage, aliases }: VersionFacts): unknown {
  return [
    fact(l10n.t('Stage'), stage === '' ? l10n.t('This registry has no stages.') : stageText(stage)),
    fact(
      l10n.t('Aliases'),
      aliases.length === 0
        ? l10n.t('None')
        : html`<span class="chips">${aliases.map(aliasChip)}</span>`,
    ),
  ];
}

/** Who is in production now, with what one does about it: look at it, and hold it against this version. */
function holders(
  { link }: PageParts,
  { version: own, standing }: VersionView,
  versions: readonly string[],
): unknown {
  if (versions.length === 0) return l10n.t('No version');
  return versions.map((version) =>
    version === own
      ? html`<span>${l10n.t('this version')}</span> `
      : html`${textLink({ key: version, text: `v${version}`, hint: undefined }, (key) => link.call('openVersion', key))}
        ${
          standing === 'gone'
            ? nothing
            : textButton(
                l10n.t('Compare With v{0}', version),
                () => void announceOutcome(link.call('compareWith', version)),
              )
        } `,
  );
}

/** `None` is MLflow's word for no stage. */
function stageText(stage: string): string {
  return stage === 'None' ? l10n.t('None') : stage;
}
