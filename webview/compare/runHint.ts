import * as l10n from '@vscode/l10n';
import type { ComparedRun } from '../../src/protocol/comparePage';
import { statusText } from '../kit/statusIcon';

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
