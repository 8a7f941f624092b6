import * as l10n from '@vscode/l10n';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { ComparedFile, ComparedVersion } from '../../src/protocol/versionsPage';
import { announceOutcome } from '../kit/announce';
import { iconButton, textButton } from '../kit/controls';
import { openMenu } from '../kit/menu';
import { readAgain } from './pageParts';
import type { PageParts } from './pageParts';
import { baselineOf } from './state';

/** What is done with all of the versions. */
export function toolbar(parts: PageParts): TemplateResult {
  const { state, link } = parts;
  const { versions } = state;
  const runs = new Set(versions.map(({ run }) => run.runId).filter((id) => id !== ''));
  return html`<div class="toolbar">
    <span class="count" role="status">${l10n.t('{0} versions', versions.length)}</span>
    <span class="toolbar-gap"></span>
    ${fileButton(parts, 'requirements.txt', l10n.t('Compare Requirements'))}
    ${fileButton(parts, 'MLmodel', l10n.t('Compare MLmodel'))}
    ${
      runs.size < 2
        ? nothing
        : textButton(
            l10n.t('Compare Source Runs'),
            () => void announceOutcome(link.call('compareRuns', undefined)),
          )
    }
    ${iconButton('refresh', l10n.t('Refresh'), () =>
      readAgain(
        parts,
        versions.map(({ key }) => key),
      ),
    )}
    ${textButton(l10n.t('Add Versions…'), () => void announceOutcome(link.call('addVersions', undefined)))}
  </div>`;
}

/** Shows a file of the baseline beside that of another version, which is asked for where there are several. */
function fileButton(
  parts: PageParts,
  file: ComparedFile,
  label: string,
): TemplateResult | typeof nothing {
  const { state } = parts;
  const left = baselineOf(state);
  const others = state.versions.filter(({ key }) => key !== left?.key);
  if (left === undefined || others.length === 0) return nothing;
  const show = (right: ComparedVersion | undefined): void => {
    if (right === undefined) return;
    const asked = { file, left: left.key, right: right.key };
    void announceOutcome(parts.link.call('diff', asked));
  };
  const press = ({ currentTarget }: Event): void => {
    if (others.length === 1) show(others[0]);
    else
      openMenu(
        currentTarget as HTMLElement,
        label,
        others.map((right) => ({
          label: `${left.name} ↔ ${right.name}`,
          run: () => show(right),
        })),
      );
  };
  return textButton(label, press);
}
