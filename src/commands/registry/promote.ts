import * as vscode from 'vscode';

import { SaidError } from '../../host/explainError';
import { promotionSettings } from '../../host/promotionSettings';
import type { VersionThing } from '../../mlflow/registry/modelThing';
import {
  promotionOf,
  promotionSteps,
  sameQuestion,
  type Promotion,
  type PromotionWay,
} from '../../mlflow/registry/promotion';
import type { RegistryState } from '../../mlflow/registry/registryState';
import type { CommandContext, CommandHandler } from '../commandContext';
import { chooseVersion } from './chooseVersion';
import { modelWritesOf, versionName, type ChosenModel } from './chosenModels';
import { movedText, versionsText } from './moveTexts';
import { inModels, makeMove } from './moveVersions';
import { versionOfRun } from './versionOfRun';

/**
 * Brings a version into production: the stage where the registry has stages, else the alias that stands for it. On a run it
 * is about the version that was made of it.
 */
export const promoteToProduction: CommandHandler = async (context, targets) => {
  const title = vscode.l10n.t('Promote to Production');
  const run = targets.find(({ kind }) => kind === 'run');
  const chosen =
    run === undefined
      ? await chooseVersion(context, targets, title)
      : await versionOfRun(context, run, title);
  if (chosen !== undefined) {
    await promote(context, chosen);
  }
};

async function promote(context: CommandContext, chosen: ChosenModel<VersionThing>): Promise<void> {
  const { session, thing } = chosen;
  const decided = await decide(chosen);
  if (decided === undefined) {
    return;
  }
  const { state, way } = decided;
  const { mode, alias } = promotionSettings();
  await makeMove(context, {
    session,
    name: thing.name,
    before: state,
    steps: promotionSteps(thing.version, way),
    said: (before, now) => movedText(thing.name, thing.version, before, now),
    ...(way.stage &&
      mode === 'auto' && {
        instead: {
          label: vscode.l10n.t('Set Alias @{0}', alias),
          run: () => promoteByAlias(context, chosen, alias),
        },
      }),
  });
}

/** The way a person chose, for the state that they were told of: should it be another by then, they are asked again. */
async function decide(
  chosen: ChosenModel<VersionThing>,
): Promise<{ readonly state: RegistryState; readonly way: PromotionWay } | undefined> {
  const { version } = chosen.thing;
  const settings = promotionSettings();
  let state = await stateWith(chosen);
  for (;;) {
    const promotion = promotionOf(state, version, settings);
    const [first] = promotion.ways;
    if (first === undefined) {
      throw new SaidError(
        vscode.l10n.t('{0} is in production already.', versionName(chosen.thing)),
      );
    }
    if (!promotion.asks) {
      return { state, way: first };
    }
    const way = await askWay(chosen.thing, promotion, settings.alias);
    if (way === undefined) {
      return undefined;
    }
    state = await stateWith(chosen);
    if (sameQuestion(promotion, promotionOf(state, version, settings))) {
      return { state, way };
    }
  }
}

async function promoteByAlias(
  context: CommandContext,
  chosen: ChosenModel<VersionThing>,
  alias: string,
): Promise<void> {
  const { session, thing } = chosen;
  const way = { stage: false, archive: false, alias };
  await makeMove(context, {
    session,
    name: thing.name,
    before: await stateWith(chosen),
    steps: promotionSteps(thing.version, way),
    said: (before, now) => movedText(thing.name, thing.version, before, now),
  });
}

/** Where the versions of the model stand now; rejects when the chosen one is gone. */
export async function stateWith({
  session,
  thing,
}: ChosenModel<VersionThing>): Promise<RegistryState> {
  const writes = await modelWritesOf(session);
  const state = await inModels(() => writes.stateOf(thing.name));
  if (!state.stages.has(thing.version)) {
    throw new SaidError(
      vscode.l10n.t('{0} does not exist any more. Somebody has deleted it.', versionName(thing)),
    );
  }
  return state;
}

async function askWay(
  thing: VersionThing,
  promotion: Promotion,
  alias: string,
): Promise<PromotionWay | undefined> {
  const items = promotion.ways.map((way) => ({ label: wayLabel(way, promotion), way }));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Promote {0} to Production', versionName(thing)),
    placeHolder: whoIsThere(promotion, alias),
    ignoreFocusOut: true,
  });
  return picked?.way;
}

function wayLabel(way: PromotionWay, { holders, aliasHolder }: Promotion): string {
  const stage = stageLabel(way, holders);
  if (way.alias === undefined) {
    return stage;
  }
  const moved =
    aliasHolder === undefined
      ? vscode.l10n.t('Set alias @{0}', way.alias)
      : vscode.l10n.t('Move alias @{0} here from {1}', way.alias, versionsText([aliasHolder]));
  return way.stage ? `${stage}; ${moved}` : moved;
}

function stageLabel(way: PromotionWay, holders: readonly string[]): string {
  if (way.archive) {
    return vscode.l10n.t('Move to stage Production and archive {0}', versionsText(holders));
  }
  return holders.length === 0
    ? vscode.l10n.t('Move to stage Production')
    : vscode.l10n.t('Move to stage Production and keep {0} there', versionsText(holders));
}

function whoIsThere({ holders, aliasHolder }: Promotion, alias: string): string {
  const [only] = holders;
  const inStage =
    only === undefined
      ? vscode.l10n.t('No other version is in Production.')
      : holders.length === 1
        ? vscode.l10n.t('In Production now: version {0}.', only)
        : vscode.l10n.t('In Production now: versions {0}.', holders.join(', '));
  return aliasHolder === undefined
    ? inStage
    : `${inStage} ${vscode.l10n.t('@{0} is version {1}.', alias, aliasHolder)}`;
}
