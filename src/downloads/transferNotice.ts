import * as vscode from 'vscode';

import { formatDuration, formatSize } from '../mlflow/format';
import type { TransferProgress } from './download';
import { TransferRate } from './transferRate';

/** A notification drawn more often than this would cost more than it tells. */
const interval = 250;

/** Shows how far a transfer is in a notification that can be cancelled; resolves to what `work` does. */
export async function withTransferNotice<T>(
  title: string,
  progress: () => TransferProgress,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const location = vscode.ProgressLocation.Notification;
  const options = { location, title, cancellable: true };
  return vscode.window.withProgress(options, async (notice, token) => {
    const controller = new AbortController();
    token.onCancellationRequested(() => controller.abort());
    const rate = new TransferRate();
    let shown = 0;
    const timer = setInterval(() => {
      const now = progress();
      rate.add(now.bytes, performance.now());
      const share = shareOf(now) * 100;
      notice.report({ message: progressText(now, rate), increment: Math.max(0, share - shown) });
      shown = Math.max(shown, share);
    }, interval);
    try {
      return await work(controller.signal);
    } finally {
      clearInterval(timer);
    }
  });
}

/** Unknown totals are no share of anything. */
function shareOf({ bytes, totalBytes, files, totalFiles, isListed }: TransferProgress): number {
  if (!isListed || totalFiles === 0) {
    return 0;
  }
  return totalBytes > 0 ? bytes / totalBytes : files / totalFiles;
}

function progressText(now: TransferProgress, rate: TransferRate): string {
  const { files, totalFiles, bytes, totalBytes, isListed } = now;
  const perSecond = rate.perSecond();
  const rest = isListed ? rate.timeFor(totalBytes - bytes) : undefined;
  const parts = [
    totalFiles > 1 ? countText(files, totalFiles, isListed) : '',
    isListed && totalBytes > 0
      ? vscode.l10n.t('{0} of {1}', formatSize(bytes), formatSize(totalBytes))
      : formatSize(bytes),
    perSecond === undefined ? '' : vscode.l10n.t('{0}/s', formatSize(perSecond)),
    rest === undefined || rest < 1000 ? '' : vscode.l10n.t('{0} left', formatDuration(rest)),
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

function countText(files: number, totalFiles: number, isListed: boolean): string {
  return isListed
    ? vscode.l10n.t('{0} of {1} files', files, totalFiles)
    : vscode.l10n.t('{0} of {1} files so far', files, totalFiles);
}
