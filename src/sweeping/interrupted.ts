import * as vscode from 'vscode';

import { isAbortError } from '../mlflow/errors';
import { sweepStateOf } from '../mlflow/sweepFacts';
import type { LaunchingHost } from '../launching/launchingHost';
import type { SweepLives } from './sweepLives';
import type { RememberedSweep } from './sweepPlaces';

/** Offers, once, to take up sweeps that the window closed in the middle of; those that others have finished are forgotten. */
export async function offerInterrupted(host: LaunchingHost, lives: SweepLives): Promise<void> {
  for (const sweep of lives.places.all) {
    const isGoing = await isUnfinished(host, sweep);
    if (isGoing === undefined) {
      continue;
    }
    await lives.places.remove(sweep.parentRunId);
    const resume = vscode.l10n.t('Resume Sweep');
    const text = vscode.l10n.t(
      'The sweep {0} was interrupted when its window closed. What is done is kept.',
      sweep.fileName,
    );
    if (isGoing && (await vscode.window.showInformationMessage(text, resume)) === resume) {
      const { connection, experimentId, parentRunId: runId } = sweep;
      await lives.takeUp({ connection, experimentId, runId }, false);
    }
  }
}

/** Undefined where that cannot be told: the window is connected to something else, or to nothing. */
async function isUnfinished(
  { sessions, log }: LaunchingHost,
  { connection, parentRunId }: RememberedSweep,
): Promise<boolean | undefined> {
  await sessions.ensure();
  const session = sessions.get(connection);
  await session?.connection.ensure();
  try {
    const run = await session?.store?.getRun(parentRunId, new AbortController().signal);
    return run && sweepStateOf(run) === 'running' && run.lifecycleStage === 'active';
  } catch (error) {
    if (!isAbortError(error)) {
      log.warn(`looking for the interrupted sweep ${parentRunId}: ${String(error)}`);
    }
    return undefined;
  }
}
