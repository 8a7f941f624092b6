import * as l10n from '@vscode/l10n';
import type { SVGTemplateResult } from 'lit';
import type { ComparedRun } from '../../src/protocol/comparePage';
import { icon } from './icons';
import type { IconName } from './icons';

const pictures: Readonly<Record<ComparedRun['status'], IconName>> = {
  RUNNING: 'play',
  SCHEDULED: 'circleHalf',
  FINISHED: 'check',
  FAILED: 'close',
  KILLED: 'stop',
};

/** The status of a run, or that it could not be read, in the colors of VS Code's tests. */
export function statusIcon({
  status,
  standing,
}: Pick<ComparedRun, 'status' | 'standing'>): SVGTemplateResult {
  if (standing === 'gone' || standing === 'failed') return icon('warning', 'status-problem');
  return icon(pictures[status], `status-${status.toLowerCase()}`);
}

/** The status of a run in words. */
export function statusText(status: ComparedRun['status']): string {
  return {
    RUNNING: () => l10n.t('Running'),
    SCHEDULED: () => l10n.t('Scheduled'),
    FINISHED: () => l10n.t('Finished'),
    FAILED: () => l10n.t('Failed'),
    KILLED: () => l10n.t('Killed'),
  }[status]();
}
