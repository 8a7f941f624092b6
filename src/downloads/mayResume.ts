import type { DownloadResult } from './download';
import { toDiskError, type DiskProblem } from './diskError';

/** Nothing of it changes by another try at the same place. */
const lasting: readonly DiskProblem[] = ['gone', 'denied', 'exists', 'link', 'folder', 'tooLong'];

/** Whether another try may bring what is missing: it was stopped, or something failed that may pass. */
export function mayResume({
  failed,
  isStopped,
}: Pick<DownloadResult, 'failed' | 'isStopped'>): boolean {
  const problems = failed.named.map(({ error }) => toDiskError(error, '')?.problem);
  const mayPass = problems.some((problem) => problem === undefined || !lasting.includes(problem));
  return mayPass || (isStopped && !problems.includes('gone'));
}
