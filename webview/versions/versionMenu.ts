import * as l10n from '@vscode/l10n';
import type { ComparedVersion } from '../../src/protocol/versionsPage';
import { announceOutcome } from '../kit/announce';
import { openMenu } from '../kit/menu';
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
      label: l10n.t('Copy Model URI'),
      run: () => copy(parts, `models:/${version.model}/${version.version}`),
    },
    'separator',
    { label: l10n.t('Remove from Comparison'), run: () => remove(parts, [key]) },
  ]);
}

/** What a hover says of a version. */
export function hintOf(version: ComparedVersion | undefined): string {
  if (version === undefined) return '';
  const { model, name, problem, run, signature } = version;
  return [name, model, run.runId, problem ?? '', run.problem ?? '', signature.problem ?? '']
    .filter((part) => part !== '')
    .join('\n');
}
