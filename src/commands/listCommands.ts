import * as vscode from 'vscode';

import { views } from '../ids';
import { isOfModels, type ListKey } from '../mlflow/target';
import type { Sessions } from '../state/sessions';
import { copyLines } from './copyLines';
import type { CommandHandler } from './commandContext';

export const loadMore: CommandHandler = async ({ sessions, sidebar }, targets) => {
  for (const target of targets) {
    const session = sessions.get(target.connection);
    if (target.kind === 'list' && session !== undefined) {
      await inView(viewOf(target.of), () => sidebar.loadMore(session, target.of));
    }
  }
};

/** Tries again whatever failed, with progress in the view whose row it was called on. */
export const retry: CommandHandler = async ({ sessions }, targets) => {
  const row = targets.find((target) => target.kind === 'list');
  const session = sessions.get(row?.connection);
  await inView(row === undefined ? views.experiments : viewOf(row.of), async () => {
    if (session !== undefined && !mayBeElsewhere(sessions)) {
      await session.retryFailed();
    } else {
      sessions.reset();
    }
  });
};

/** Reads what is shown anew: what it was called on, or everything. */
export const refresh: CommandHandler = async ({ sessions }, targets) => {
  await inView(views.experiments, async () => {
    if (targets.length === 0) {
      await refreshAll(sessions);
    }
    for (const target of targets) {
      const session = sessions.get(target.connection);
      if (target.kind === 'experiment') {
        await session?.experiments?.runs(target.experimentId).reload();
      } else if (target.kind === 'connection') {
        await session?.reload();
      } else if (target.kind === 'artifact') {
        await session?.artifacts?.folder(target.place).reload();
      }
    }
  });
};

async function refreshAll(sessions: Sessions): Promise<void> {
  if (mayBeElsewhere(sessions)) {
    sessions.reset();
  } else {
    await Promise.all(sessions.all.map((session) => session.reload()));
    if (mayBeElsewhere(sessions)) {
      sessions.reset();
    }
  }
}

/** Where nothing is connected, a file or a server may say by now what to connect to. */
function mayBeElsewhere({ all }: Sessions): boolean {
  return all.every(({ connection, isLost }) => connection.status.kind === 'failed' || isLost);
}

export const copyValue: CommandHandler = async ({ sidebar }, targets) => {
  await copyLines(targets.length > 0 ? targets : sidebar.selection(), (target) =>
    target.kind === 'value' ? target.text : undefined,
  );
};

function viewOf(of: ListKey): string {
  return isOfModels(of) ? views.models : views.experiments;
}

function inView(viewId: string, work: () => Promise<void>): Thenable<void> {
  return vscode.window.withProgress({ location: { viewId } }, work);
}
