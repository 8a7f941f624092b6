import * as vscode from 'vscode';

import { SaidError } from '../../host/explainError';
import { promotionSettings } from '../../host/promotionSettings';
import { hasStages, versionsIn, type RegistryState } from '../../mlflow/registry/registryState';
import { mayArchive, stages, type Stage } from '../../mlflow/registry/stages';
import type { CommandHandler } from '../commandContext';
import type { VersionThing } from '../../mlflow/registry/modelThing';
import { chooseVersion } from './chooseVersion';
import { versionName, type ChosenModel } from './chosenModels';
import { movedText, versionsText } from './moveTexts';
import { makeMove } from './moveVersions';
import { stateWith } from './promote';

/** Moves a version to any stage, back out of the archive, too. */
export const transitionStage: CommandHandler = async (context, targets) => {
  const chosen = await chooseVersion(context, targets, vscode.l10n.t('Transition Stage'));
  if (chosen === undefined) {
    return;
  }
  const { session, thing } = chosen;
  const { name, version } = thing;
  const shown = await stateWith(chosen);
  if (!hasStages(shown)) {
    throw new SaidError(
      vscode.l10n.t('This registry has no stages. Set an alias on the version instead.'),
    );
  }
  const title = vscode.l10n.t('Transition {0} to', versionName(thing));
  const stage = await askStage(title, shown.stages.get(version));
  if (stage === undefined) {
    return;
  }
  const decided = await decideArchive(title, chosen, stage);
  if (decided !== undefined) {
    await makeMove(context, {
      session,
      name,
      before: decided.before,
      steps: [{ kind: 'stage', version, stage, archiveOthers: decided.archiveOthers }],
      said: (was, now) => movedText(name, version, was, now),
    });
  }
};

interface Decided {
  readonly before: RegistryState;
  readonly archiveOthers: boolean;
}

/** Asks again when others are in the stage by the time of the answer. */
async function decideArchive(
  title: string,
  chosen: ChosenModel<VersionThing>,
  stage: Stage,
): Promise<Decided | undefined> {
  const { version } = chosen.thing;
  let before = await stateWith(chosen);
  for (;;) {
    const holders = versionsIn(before, stage).filter((each) => each !== version);
    if (!mayArchive(stage) || holders.length === 0) {
      return { before, archiveOthers: false };
    }
    const { archiveExisting } = promotionSettings();
    if (archiveExisting !== 'ask') {
      return { before, archiveOthers: archiveExisting === 'always' };
    }
    const archiveOthers = await askArchive(title, holders, stage);
    if (archiveOthers === undefined) {
      return undefined;
    }
    const asked = versionsIn(before, stage).join();
    before = await stateWith(chosen);
    if (versionsIn(before, stage).join() === asked) {
      return { before, archiveOthers };
    }
  }
}

async function askStage(title: string, current: Stage | undefined): Promise<Stage | undefined> {
  const items = stages
    .filter((stage) => stage !== current)
    .map((stage) => ({ label: `${stage}`, stage }));
  const placeHolder = current === undefined ? '' : vscode.l10n.t('It is in stage {0} now', current);
  const picked = await vscode.window.showQuickPick(items, { title, placeHolder });
  return picked?.stage;
}

/** Whether those that are in the stage go to the archive; `undefined` when the question was left. */
async function askArchive(
  title: string,
  holders: readonly string[],
  stage: Stage,
): Promise<boolean | undefined> {
  const items = [
    { label: vscode.l10n.t('Archive {0}', versionsText(holders)), archive: true },
    { label: vscode.l10n.t('Keep {0} there, too', versionsText(holders)), archive: false },
  ];
  const placeHolder = vscode.l10n.t('In {0} now: {1}', stage, versionsText(holders));
  const picked = await vscode.window.showQuickPick(items, {
    title: `${title} ${stage}`,
    placeHolder,
    ignoreFocusOut: true,
  });
  return picked?.archive;
}
