import * as vscode from 'vscode';

import type { RegistryState } from '../../mlflow/registry/registryState';
import type { Stage } from '../../mlflow/registry/stages';
import { versionName } from './chosenModels';

/** `version 3`, or `versions 3, 2`. */
export function versionsText(versions: readonly string[]): string {
  const [only] = versions;
  return versions.length === 1 && only !== undefined
    ? vscode.l10n.t('version {0}', only)
    : vscode.l10n.t('versions {0}', versions.join(', '));
}

/** What is different for one version, and for those that it took the place of, in one sentence. */
export function movedText(
  name: string,
  version: string,
  before: RegistryState,
  now: RegistryState,
): string {
  const whole = versionName({ name, version });
  const stage = now.stages.get(version);
  const isMoved = stage !== before.stages.get(version);
  const aliases = [...now.aliases]
    .filter(([alias, is]) => is === version && before.aliases.get(alias) !== version)
    .map(([alias]) => alias);
  const archived = archivedIn(before, now, version);
  const aside = asideText(archived, aliases, before);
  const places = [...(isMoved && stage ? [stageText(stage)] : []), ...aliases.map((a) => `@${a}`)];
  if (places.length === 0) {
    return archived.length > 0
      ? vscode.l10n.t('{0} is alone in its stage now ({1}).', whole, aside)
      : vscode.l10n.t('{0} is where it was.', whole);
  }
  const where = places.join(', ');
  if (isMoved) {
    return aside === ''
      ? vscode.l10n.t('{0} is now in {1}.', whole, where)
      : vscode.l10n.t('{0} is now in {1} ({2}).', whole, where, aside);
  }
  return aside === ''
    ? vscode.l10n.t('{0} is now {1}.', whole, where)
    : vscode.l10n.t('{0} is now {1} ({2}).', whole, where, aside);
}

/** Versions that went to the archive to make room for `version`. */
function archivedIn(before: RegistryState, now: RegistryState, version: string): readonly string[] {
  return [...now.stages]
    .filter(([each, stage]) => stage === 'Archived' && before.stages.get(each) !== 'Archived')
    .map(([each]) => each)
    .filter((each) => each !== version);
}

function asideText(
  archived: readonly string[],
  aliases: readonly string[],
  before: RegistryState,
): string {
  const from = aliases.flatMap((alias) => before.aliases.get(alias) ?? []);
  return [
    ...(archived.length > 0 ? [vscode.l10n.t('{0} archived', versionsText(archived))] : []),
    ...(from.length > 0 ? [vscode.l10n.t('moved from {0}', versionsText(from))] : []),
  ].join(', ');
}

/** `None` is no stage. */
function stageText(stage: Stage): string {
  return stage === 'None' ? vscode.l10n.t('no stage') : stage;
}
