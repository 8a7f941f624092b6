import * as vscode from 'vscode';

import { views } from '../ids';
import type { ListKey } from '../mlflow/target';
import { copyLines } from './copyLines';
import type { CommandHandler } from './commandContext';

export const loadMore: CommandHandler = async ({ sidebar }, targets) => {
  for (const target of targets) {
    if (target.kind === 'list') {
      await inView(viewOf(target.of), () => sidebar.loadMore(target.of));
    }
  }
};

/** Tries again whatever failed, with progress in the view whose row it was called on. */
export const retry: CommandHandler = async ({ session }, targets) => {
  const row = targets.find((target) => target.kind === 'list');
  await inView(row === undefined ? views.experiments : viewOf(row.of), () => session.retryFailed());
};

/** Reads what is shown anew: the experiments it was called on, or everything. */
export const refresh: CommandHandler = async ({ session }, targets) => {
  await inView(views.experiments, async () => {
    const ids = targets.flatMap((target) =>
      target.kind === 'experiment' ? [target.experimentId] : [],
    );
    if (ids.length === 0) {
      await session.reload();
    }
    for (const id of ids) {
      await session.experiments?.runs(id).reload();
    }
  });
};

export const copyValue: CommandHandler = async ({ sidebar }, targets) => {
  await copyLines(targets.length > 0 ? targets : sidebar.selection(), (target) =>
    target.kind === 'value' ? target.text : undefined,
  );
};

function viewOf(of: ListKey): string {
  return of.list === 'models' || of.list === 'versions' ? views.models : views.experiments;
}

function inView(viewId: string, work: () => Promise<void>): Thenable<void> {
  return vscode.window.withProgress({ location: { viewId } }, work);
}
