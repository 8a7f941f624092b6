import * as vscode from 'vscode';

import { SaidError } from '../host/explainError';
import { currentSettings } from '../host/settings';
import { settings } from '../ids';
import { isLive } from '../mlflow/runFacts';
import type { Target } from '../mlflow/target';
import type { Experiments } from '../state/experiments';
import type { CommandContext, CommandHandler } from './commandContext';
import { experimentsOf, sessionOf } from './sessionOf';

/** Looks at runs until they end, so that their end can be told. */
export const watchRun: CommandHandler = async (context, targets) => {
  if (currentSettings.refreshInterval() === 0) {
    const text = vscode.l10n.t(
      'Nothing refreshes by itself while {0} is 0, so the end of a run would not be noticed.',
      settings.refreshInterval,
    );
    throw new SaidError(text);
  }
  let watched = 0;
  await eachRun(context, targets, (experiments, place) => {
    const run = experiments.runs(place.experimentId).run(place.runId);
    if (run !== undefined && isLive(run)) {
      experiments.watch(place);
      watched++;
    }
  });
  if (watched === 0) {
    throw new SaidError(vscode.l10n.t('Only a run that is in progress can be watched.'));
  }
};

export const unwatchRun: CommandHandler = async (context, targets) => {
  await eachRun(context, targets, (experiments, place) => experiments.unwatch(place));
};

type RunTarget = Extract<Target, { kind: 'run' }>;

async function eachRun(
  { sessions, sidebar }: CommandContext,
  targets: readonly Target[],
  work: (experiments: Experiments, place: Pick<RunTarget, 'experimentId' | 'runId'>) => void,
): Promise<void> {
  for (const target of targets.length > 0 ? targets : sidebar.selection()) {
    if (target.kind === 'run') {
      const { experimentId, runId } = target;
      work(await experimentsOf(await sessionOf(sessions, target)), { experimentId, runId });
    }
  }
}
