import * as vscode from 'vscode';

import { isAbortError } from '../mlflow/errors';
import type { SaveOutcome } from '../protocol/comparePage';
import { askTarget } from './saveFile';
import { openTarget, type TargetFile } from './targetFile';

export interface FileExport {
  /** With its extension. */
  readonly suggested: string;
  /** Of the notification. */
  readonly title: string;
  /** Writes all of it; rejects with an `AbortError` once `signal` fires. */
  readonly write: (
    file: TargetFile,
    progress: vscode.Progress<{ readonly message?: string; readonly increment?: number }>,
    signal: AbortSignal,
  ) => Promise<void>;
}

/**
 * Asks where to and lets a file be written. A notification shows how far it is and lets it be given up; a file that is not
 * whole does not stay.
 */
export async function exportFile({ suggested, title, write }: FileExport): Promise<SaveOutcome> {
  const target = await askTarget(suggested);
  if (target === undefined) {
    return 'cancelled';
  }
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress(
    { location, title, cancellable: true },
    async (progress, token) => {
      const controller = new AbortController();
      token.onCancellationRequested(() => controller.abort());
      const file = await openTarget(target);
      try {
        await write(file, progress, controller.signal);
        controller.signal.throwIfAborted();
        await file.keep();
        return 'saved';
      } catch (error) {
        await file.discard();
        if (isAbortError(error)) {
          return 'cancelled';
        }
        throw error;
      }
    },
  );
}
