import * as vscode from 'vscode';

import { isAbortError } from '../mlflow/errors';
import { withoutLinks } from '../mlflow/format';
import { sweepStateOf } from '../mlflow/sweepFacts';
import type { LaunchingHost } from '../launching/launchingHost';
import type { SweepLives } from './sweepLives';
import type { RememberedSweep } from './sweepPlaces';

/** Offers, once, to take up sweeps that the window closed in the middle of; those that others have finished are forgotten. */
export async function offerInterrupted(host: LaunchingHost, lives: SweepLives): Promise<void> {
  for (const sweep of lives.places.all) {
    const state = await stateOf(host, sweep);
    if (state === undefined) {
      continue;
    }
    const { connection, experimentId, parentRunId: runId } = sweep;
    if (state === 'stopping') {
      // The window closed before what a person wanted was done.
      await lives.stopElsewhere({ connection, experimentId, runId });
      continue;
    }
    await lives.places.remove(sweep.parentRunId);
    const resume = vscode.l10n.t('Resume Sweep');
    const text = vscode.l10n.t(
      'The sweep {0} was interrupted when its window closed. What is done is kept.',
      withoutLinks(sweep.fileName),
    );
    const isGoing = state === 'running';
    if (isGoing && (await vscode.window.showInformationMessage(text, resume)) === resume) {
      await lives.takeUp({ connection, experimentId, runId }, false);
    }
  }
}

/** The sweep's state; undefined where that cannot be told: the window is connected to something else, or to nothing. */
async function stateOf(
  { sessions, log }: LaunchingHost,
  { connection, parentRunId }: RememberedSweep,
): Promise<string | undefined> {
  await sessions.ensure();
  const session = sessions.get(connection);
  await session?.connection.ensure();
  try {
    const run = await session?.store?.getRun(parentRunId, new AbortController().signal);
    return run && (run.lifecycleStage === 'active' ? (sweepStateOf(run) ?? '') : 'deleted');
  } catch (error) {
    if (!isAbortError(error)) {
      log.warn(`looking for the interrupted sweep ${parentRunId}: ${String(error)}`);
    }
    return undefined;
  }
}
