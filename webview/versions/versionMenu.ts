import * as l10n from '@vscode/l10n';
import type { VersionAction } from '../../src/protocol/versionPage';
import type { ComparedVersion } from '../../src/protocol/versionsPage';
import { announceOutcome } from '../kit/announce';
import { openMenu } from '../kit/menu';
import type { MenuEntry } from '../kit/menu';
import { copy, remove } from './pageParts';
import type { PageParts } from './pageParts';

/** What can be done with one of the versions, in a menu below `anchor`. */
export function openVersionMenu(key: string, anchor: HTMLElement, parts: PageParts): void {
  const { state, dispatch, link } = parts;
  const version = state.versions.find((one) => one.key === key);
  if (version === undefined) return;
  openMenu(anchor, l10n.t('Actions for {0}', version.name), [
    {
      label: l10n.t('Make Baseline'),
      run: () => dispatch({ type: 'kept', change: { baseline: key } }),
    },
    'separator',
    {
      label: l10n.t('Open Model Version'),
      run: () => void announceOutcome(link.call('open', key)),
    },
    {
      label: l10n.t('Open Source Run'),
      isDisabled: version.run.standing !== 'ready',
      run: () => void announceOutcome(link.call('openRun', key)),
    },
    {
      label: l10n.t('Copy Model URI'),
      isDisabled: version.uri === undefined,
      run: () => copy(parts, version.uri ?? ''),
    },
    'separator',
    actEntry(l10n.t('Promote to Production'), 'promote', version, parts),
    actEntry(l10n.t('Transition Stage…'), 'transition', version, parts),
    actEntry(l10n.t('Set Alias…'), 'setAlias', version, parts),
    'separator',
    { label: l10n.t('Remove from Comparison'), run: () => remove(parts, [key]) },
  ]);
}

function actEntry(
  label: string,
  action: VersionAction,
  { key, standing }: ComparedVersion,
  { link }: PageParts,
): MenuEntry {
  return {
    label,
    isDisabled: standing === 'gone',
    run: () => void announceOutcome(link.call('act', { action, version: key })),
  };
}

/** What a hover says of a version. */
export function hintOf(version: ComparedVersion | undefined): string {
  if (version === undefined) return '';
  const { model, name, problem, run, signature } = version;
  return [name, model, run.runId, problem ?? '', run.problem ?? '', signature.problem ?? '']
    .filter((part) => part !== '')
    .join('\n');
}
