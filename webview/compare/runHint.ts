import * as l10n from '@vscode/l10n';
import type { ComparedRun } from '../../src/protocol/comparePage';

/** What a hover says of a run. */
export function runHint(run: ComparedRun): string {
  return [
    run.name,
    `${statusText(run.status)}${run.deleted ? ` · ${l10n.t('deleted')}` : ''}`,
    run.experimentName,
    run.connection,
    run.runId,
    run.problem ?? '',
  ]
    .filter(Boolean)
    .join('\n');
}

export function statusText(status: ComparedRun['status']): string {
  return {
    RUNNING: () => l10n.t('Running'),
    SCHEDULED: () => l10n.t('Scheduled'),
    FINISHED: () => l10n.t('Finished'),
    FAILED: () => l10n.t('Failed'),
    KILLED: () => l10n.t('Killed'),
  }[status]();
}
