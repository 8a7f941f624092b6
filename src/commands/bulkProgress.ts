import * as vscode from 'vscode';

import { views } from '../ids';
import type { BulkResult } from '../state/bulk';
import type { BulkControl } from '../state/writes';

/** Whoever waits longer than this wants to know how far it is, and a way to stop it. */
const moment = 1000;
/** A notification drawn more often than this would cost more than it tells. */
const reportInterval = 100;

/**
 * Works in bulk with progress in the view, and, when it takes longer than a moment, in a notification
 * that tells how many of how many, where it can be cancelled.
 */
export async function withBulkProgress<T>(
  title: string,
  total: number,
  run: (control: BulkControl) => Promise<BulkResult<T>>,
): Promise<BulkResult<T>> {
  const controller = new AbortController();
  let ended = 0;
  let report = (): void => undefined;
  const onProgress = (count: number): void => {
    ended = count;
    report();
  };
  const running = Promise.resolve(
    vscode.window.withProgress({ location: { viewId: views.experiments } }, () =>
      run({ signal: controller.signal, onProgress }),
    ),
  );
  const notify = (): void => {
    const { Notification } = vscode.ProgressLocation;
    const options = { location: Notification, title, cancellable: true };
    void vscode.window.withProgress(options, async (progress, token) => {
      token.onCancellationRequested(() => controller.abort());
      let told = 0;
      let toldAt = 0;
      report = () => {
        if (Date.now() - toldAt >= reportInterval) {
          const message = vscode.l10n.t('{0} of {1}', ended, total);
          progress.report({ message, increment: ((ended - told) * 100) / total });
          told = ended;
          toldAt = Date.now();
        }
      };
      report();
      await running.catch(() => undefined);
    });
  };
  const timer = setTimeout(notify, moment);
  try {
    return await running;
  } finally {
    clearTimeout(timer);
  }
}
