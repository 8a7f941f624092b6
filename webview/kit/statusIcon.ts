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
export function statusIcon({ status, standing }: ComparedRun): SVGTemplateResult {
  if (standing === 'gone' || standing === 'failed') return icon('warning', 'status-problem');
  return icon(pictures[status], `status-${status.toLowerCase()}`);
}
