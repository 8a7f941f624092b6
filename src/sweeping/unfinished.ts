import * as vscode from 'vscode';

import { SaidError } from '../host/explainError';
import { age } from '../host/times';
import type { LaunchingHost, RunPlace } from '../launching/launchingHost';
import { connected } from '../launching/entryPoints';
import { plainLabel } from '../mlflow/plainLabel';
import { stateTag, sweepStateOf } from '../mlflow/sweepFacts';
import type { Run } from '../mlflow/model';
import type { Session } from '../state/session';

const most = 100;
/** Experiments that are asked for, the first ones of the list. */
const mostExperiments = 200;

/** Lets a person pick one of the sweeps that ended before all was done, the newest first; nothing when that was left. */
export async function pickUnfinished({ sessions }: LaunchingHost): Promise<RunPlace | undefined> {
  const session = await connected(await sessions.ensure(), sessions.active);
  const runs = session === undefined ? [] : await unfinished(session);
  if (session === undefined || runs.length === 0) {
    throw new SaidError(vscode.l10n.t('There is no sweep that was begun and is not finished.'));
  }
  const items = runs.map((run) => ({
    label: plainLabel(run.name),
    description: [
      session.experiments?.experiment(run.experimentId)?.name,
      sweepStateOf(run),
      run.startTime === undefined ? undefined : age(run.startTime),
    ]
      .filter((part) => part !== undefined)
      .join(' · '),
    run,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Sweep to Resume'),
    matchOnDescription: true,
  });
  return (
    picked && {
      connection: session.id,
      experimentId: picked.run.experimentId,
      runId: picked.run.id,
    }
  );
}

async function unfinished({ store, experiments }: Session): Promise<readonly Run[]> {
  const experimentIds = (experiments?.list.items ?? [])
    .filter(({ lifecycleStage }) => lifecycleStage === 'active')
    .slice(0, mostExperiments)
    .map(({ id }) => id);
  if (store === undefined || experimentIds.length === 0) {
    return [];
  }
  const { items } = await store.searchRuns(
    {
      experimentIds,
      filter: `tags.\`${stateTag}\` != 'finished'`,
      orderBy: ['attributes.start_time DESC'],
      ...{ view: 'active', maxResults: most },
    },
    new AbortController().signal,
  );
  return items.filter((run) => sweepStateOf(run) !== undefined);
}
