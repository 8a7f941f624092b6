import * as vscode from 'vscode';

import { formatDuration, withoutLinks } from '../mlflow/format';
import { countByStatus, type EndStatus, type RunEnd } from './runEnds';

/** The end of one run, as in `calm-elk finished after 2h 3m. rmse 0.742`. */
export function endText(end: RunEnd): string {
  const sentence =
    end.took === undefined ? plainSentence(end) : timedSentence(end, formatDuration(end.took));
  return withoutLinks(end.metric === undefined ? sentence : `${sentence} ${end.metric}`);
}

/** The ends of several runs, as in `3 runs ended: 2 finished, 1 failed.` */
export function endsText(ends: readonly RunEnd[]): string {
  const counts = countByStatus(ends).map(([status, count]) => countText(status, count));
  return vscode.l10n.t('{0} runs ended: {1}.', ends.length, counts.join(', '));
}

function timedSentence({ name, status }: RunEnd, took: string): string {
  switch (status) {
    case 'FINISHED':
      return vscode.l10n.t('{0} finished after {1}.', name, took);
    case 'FAILED':
      return vscode.l10n.t('{0} failed after {1}.', name, took);
    case 'KILLED':
      return vscode.l10n.t('{0} was killed after {1}.', name, took);
  }
}

function plainSentence({ name, status }: RunEnd): string {
  switch (status) {
    case 'FINISHED':
      return vscode.l10n.t('{0} finished.', name);
    case 'FAILED':
      return vscode.l10n.t('{0} failed.', name);
    case 'KILLED':
      return vscode.l10n.t('{0} was killed.', name);
  }
}

function countText(status: EndStatus, count: number): string {
  switch (status) {
    case 'FINISHED':
      return vscode.l10n.t('{0} finished', count);
    case 'FAILED':
      return vscode.l10n.t('{0} failed', count);
    case 'KILLED':
      return vscode.l10n.t('{0} killed', count);
  }
}
