import * as vscode from 'vscode';

import { formatShort, withoutLinks } from '../mlflow/format';
import { childrenOf, quoteKey } from '../mlflow/filterText';
import type { LaunchingHost, RunPlace } from '../launching/launchingHost';
import type { RunningSweep, SweepProgress } from '../projects/sweepContracts';
import { mostCompared } from '../state/comparedRuns';
import { countText, runsText } from './texts';

/** Of sweeps with more runs than can be compared, so many of the best are: more than that nobody reads. */
const mostBest = 100;

/**
 * Shows what came of a sweep: the comparison of its runs where the window still looks at what it was launched from, else a
 * message that offers it. What went wrong is always told.
 */
export async function tellEnd(
  host: LaunchingHost,
  connection: string,
  sweep: RunningSweep,
  progress: SweepProgress,
  hasGoneOn: boolean,
  retryFailed: () => Promise<void>,
): Promise<void> {
  const { state, done, trouble } = progress;
  if (state === 'stopped') {
    if (trouble !== undefined) {
      await host.tellFailure(trouble);
    }
    return;
  }
  const isWorthComparing = done > 1;
  if (isWorthComparing && !hasGoneOn) {
    await compareRuns(host, connection, sweep);
  }
  if (state === 'finished' && isWorthComparing && !hasGoneOn) {
    return;
  }
  const compare = vscode.l10n.t('Compare Runs');
  const retry = vscode.l10n.t('Retry Failed Runs');
  const offered = [
    ...(state === 'failed' ? [retry] : []),
    ...(isWorthComparing && hasGoneOn ? [compare] : []),
  ];
  const { showInformationMessage, showWarningMessage } = vscode.window;
  const chosen = await (state === 'failed'
    ? showWarningMessage(failedText(sweep, progress), ...offered)
    : showInformationMessage(finishedText(sweep, progress), ...offered));
  if (chosen === compare) {
    await compareRuns(host, connection, sweep);
  } else if (chosen === retry) {
    await retryFailed();
  }
}

/** A notification would draw links, and what a sweep is called may have been written by anybody. */
function finishedText(sweep: RunningSweep, { done, best }: SweepProgress): string {
  const { metric } = sweep;
  const name = withoutLinks(sweep.name);
  return best === undefined || metric === undefined
    ? vscode.l10n.t('Sweep {0} has finished: {1}.', name, runsText(done))
    : vscode.l10n.t(
        'Sweep {0} has finished: {1}, best {2} {3}.',
        ...[name, runsText(done), withoutLinks(metric.name), formatShort(best.value)],
      );
}

function failedText({ name }: RunningSweep, { failed, total }: SweepProgress): string {
  return vscode.l10n.t(
    'Sweep {0}: {1} of {2} runs failed.',
    ...[withoutLinks(name), countText(failed), countText(total)],
  );
}

async function compareRuns(
  host: LaunchingHost,
  connection: string,
  { parentRunId, experimentId, metric }: RunningSweep,
): Promise<void> {
  const store = host.sessions.get(connection)?.store;
  if (store === undefined) {
    return;
  }
  const order =
    metric && `metrics.${quoteKey(metric.name)} ${metric.goal === 'minimize' ? 'ASC' : 'DESC'}`;
  const { signal } = new AbortController();
  const found: RunPlace[] = [];
  let pageToken: string | undefined;
  do {
    const page = await store.searchRuns(
      {
        experimentIds: [experimentId],
        filter: `${childrenOf(parentRunId)} AND attributes.status = 'FINISHED'`,
        orderBy: order === undefined ? ['attributes.start_time ASC'] : [order],
        ...{ view: 'active', maxResults: 200, pageToken },
      },
      signal,
    );
    found.push(...page.items.map(({ id }) => ({ connection, experimentId, runId: id })));
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined && found.length <= mostCompared);
  await host.compare(found.length > mostCompared ? found.slice(0, mostBest) : found);
  if (found.length > mostCompared) {
    void vscode.window.showInformationMessage(
      metric === undefined
        ? vscode.l10n.t('The first {0} runs of the sweep are compared.', mostBest)
        : vscode.l10n.t('The {0} best runs of the sweep are compared.', mostBest),
    );
  }
}
