import * as vscode from 'vscode';

import { views } from '../ids';
import type { CommandHandler } from './commandContext';

export const loadMore: CommandHandler = async ({ sidebar }, targets) => {
  for (const target of targets) {
    if (target.kind === 'list') {
      await inView(() => sidebar.loadMore(target.of));
    }
  }
};

export const retry: CommandHandler = async ({ sidebar }, targets) => {
  for (const target of targets) {
    if (target.kind === 'list') {
      await inView(() => sidebar.retry(target.of));
    }
  }
};

/** Reads what is shown anew: the experiments it was called on, or everything. */
export const refresh: CommandHandler = async ({ session }, targets) => {
  const ids = targets.filter(({ kind }) => kind === 'experiment');
  await inView(async () => {
    if (ids.length === 0) {
      await session.reload();
    }
    for (const target of ids) {
      if (target.kind === 'experiment') {
        await session.experiments?.runs(target.experimentId).reload();
      }
    }
  });
};

export const copyValue: CommandHandler = async (_context, targets) => {
  const texts = targets.map((target) => (target.kind === 'value' ? target.text : undefined));
  await vscode.env.clipboard.writeText(texts.filter((text) => text !== undefined).join('\n'));
};

function inView(work: () => Promise<void>): Thenable<void> {
  return vscode.window.withProgress({ location: { viewId: views.experiments } }, work);
}
