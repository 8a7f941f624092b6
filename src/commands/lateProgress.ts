import * as vscode from 'vscode';

import { formatSize } from '../mlflow/format';

/** Whoever waits longer than this wants to know how far it is, and a way to stop it. */
const moment = 700;

/** Says how far it is, in a few words. */
export type Report = (message: string) => void;

/** Says how many bytes came, of how many where that is known. */
export function reportBytes(report: Report): (received: number, size: number | undefined) => void {
  return (received, size) =>
    report(
      size === undefined
        ? formatSize(received)
        : vscode.l10n.t('{0} of {1}', formatSize(received), formatSize(size)),
    );
}

/** Works, and tells of it in a notification that can be cancelled when it takes longer than a moment. */
export async function withLateProgress<T>(
  title: string,
  work: (report: Report, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let message = '';
  let show: Report = () => undefined;
  const working = work((text) => {
    message = text;
    show(text);
  }, controller.signal);
  const notify = (): void => {
    const { Notification } = vscode.ProgressLocation;
    const options = { location: Notification, title, cancellable: true };
    void vscode.window.withProgress(options, async (progress, token) => {
      token.onCancellationRequested(() => controller.abort());
      show = (text) => progress.report({ message: text });
      show(message);
      await working.catch(() => undefined);
    });
  };
  const timer = setTimeout(notify, moment);
  try {
    return await working;
  } finally {
    clearTimeout(timer);
  }
}
