import * as vscode from 'vscode';

import { SaidError } from '../host/explainError';
import type { Target } from '../mlflow/target';
import { isGoingOn, type Launch } from '../state/launches';
import type { CommandContext, CommandHandler, RunPlace } from './commandContext';
import { openRun } from './openReference';
import { sessionOf } from './sessionOf';

/** Asks which entry point is to be run, and with what; a code lens says both. */
export const runEntryPoint: CommandHandler = async (context, _, resources = [], word) => {
  checkTrust();
  await (await context.launching()).runEntryPoint(resources[0] ?? openProject(), word);
};

/** Starts what runs came from once more. */
export const runAgain: CommandHandler = async (context, targets) => {
  checkTrust();
  const runs: RunPlace[] = [];
  for (const target of targets.length > 0 ? targets : context.sidebar.selection()) {
    if (target.kind === 'run') {
      const { id } = await sessionOf(context.sessions, target);
      const { experimentId, runId } = target;
      runs.push({ connection: id, experimentId, runId });
    }
  }
  await (await context.launching()).runAgain(runs);
};

export const stopLaunch: CommandHandler = async (context, targets) => {
  const chosen = await launchesOf(context, targets, isGoingOn);
  const launching = await context.launching();
  await Promise.all(
    chosen.map(async ({ id, kind }) =>
      kind === 'run'
        ? launching.stop(id)
        : (await context.sweeping()).stopSweep([{ kind: 'launch', id }]),
    ),
  );
};

export const showLaunchTerminal: CommandHandler = async (context, targets) => {
  const [launch] = await launchesOf(context, targets);
  if (launch !== undefined) {
    const { id, parent } = launch;
    (await (parent === undefined ? context.launching() : context.sweeping())).show(id);
  }
};

/** Shows the run in its list and in a page of its own; before it is known, the terminal. */
export const openLaunchedRun: CommandHandler = async (context, targets) => {
  const [launch] = await launchesOf(context, targets);
  if (launch?.run === undefined) {
    await showLaunchTerminal(context, targets);
    return;
  }
  const { connection, runId } = launch.run;
  const session = await sessionOf(context.sessions, { kind: 'connection', connection });
  const { experimentId } = await openRun(context, session, runId);
  const { run } = await context.pages();
  run.openRun({ connection, experimentId, runId });
};

export const retryLaunch: CommandHandler = async (context, targets) => {
  checkTrust();
  const chosen = await launchesOf(context, targets);
  const launching = await context.launching();
  for (const { id } of chosen) {
    await launching.retry(id);
  }
};

export const launchSweep: CommandHandler = async (context, _, files = []) => {
  checkTrust();
  await (await context.sweeping()).launchSweep(files);
};

export const stopSweep: CommandHandler = async (context, targets) =>
  (await context.sweeping()).stopSweep(targets);

export const resumeSweep: CommandHandler = async (context, targets) => {
  checkTrust();
  await (await context.sweeping()).resumeSweep(targets);
};

export const retryFailedRuns: CommandHandler = async (context, targets) => {
  checkTrust();
  await (await context.sweeping()).retryFailedRuns(targets);
};

export const removeLaunch: CommandHandler = async (context, targets) => {
  const chosen = await launchesOf(context, targets);
  const launching = await context.launching();
  chosen.forEach(({ id }) => launching.remove(id));
};

export const removeEndedLaunches: CommandHandler = async (context) => {
  const actions = await context.launching();
  context.launches.all
    .filter((launch) => !isGoingOn(launch))
    .forEach(({ id }) => actions.remove(id));
};

/** Said before anything is asked: VS Code would refuse the task at the end of all questions. */
function checkTrust(): void {
  if (!vscode.workspace.isTrusted) {
    throw new SaidError(
      vscode.l10n.t(
        'Nothing is launched in Restricted Mode: projects are code. Trust this workspace to run them.',
      ),
    );
  }
}

/** The MLproject that is being edited. */
function openProject(): vscode.Uri | undefined {
  const uri = vscode.window.activeTextEditor?.document.uri;
  return uri !== undefined && /(?:^|\/)mlproject$/i.test(uri.path) ? uri : undefined;
}

/** The launches of rows; from the palette one that is picked. */
async function launchesOf(
  { launches }: CommandContext,
  targets: readonly Target[],
  isMeant: (launch: Launch) => boolean = () => true,
): Promise<readonly Launch[]> {
  if (targets.length > 0) {
    return targets
      .flatMap((target) => (target.kind === 'launch' ? [launches.get(target.id)] : []))
      .filter((launch) => launch !== undefined)
      .filter(isMeant);
  }
  const all = launches.all.filter(isMeant);
  if (all.length === 0) {
    throw new SaidError(vscode.l10n.t('Nothing that was launched in this workspace fits.'));
  }
  const items = all.map((launch) => ({ label: launch.name, launch }));
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: vscode.l10n.t('Choose a launch'),
  });
  return picked === undefined ? [] : [picked.launch];
}
