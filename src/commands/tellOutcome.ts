import * as vscode from 'vscode';

import { explainError } from '../host/explainError';
import { withoutLinks } from '../mlflow/format';
import { shortName, type Thing } from '../mlflow/thing';
import type { BulkResult } from '../state/bulk';
import type { CommandContext } from './commandContext';
import { tellFailure } from './guard';

/** How one kind of change is told; `what` is `run x`, `12 runs` and the like. */
export interface OutcomeTexts {
  readonly all: (what: string) => string;
  readonly some: (done: number, what: string, failed: number, why: string) => string;
  readonly none: (what: string, why: string) => string;
  readonly stopped: (done: number, what: string) => string;
}

export interface Outcome<T extends Thing> {
  readonly texts: OutcomeTexts;
  /** Everything that was meant. */
  readonly things: readonly T[];
  /** Everything that is done by now. */
  readonly done: readonly T[];
  /** What became of the last attempt. */
  readonly result: BulkResult<T>;
  /** Takes back what is done; where it is given, success is told in a message that offers it. */
  readonly undo?: () => Promise<void>;
  readonly retry: (rest: readonly T[]) => Promise<void>;
}

/** Tells in one message what became of a change of many things; does not wait for its answer. */
export function tellOutcome<T extends Thing>(context: CommandContext, outcome: Outcome<T>): void {
  const { result, undo, done } = outcome;
  const text = summary(outcome);
  const failed = result.failed.length > 0;
  if (!failed && result.left.length === 0 && undo === undefined) {
    vscode.window.setStatusBarMessage(text, 5000);
    return;
  }
  const rest = [...result.failed.map(({ item }) => item), ...result.left];
  const actions = new Map<string, () => Promise<void> | void>();
  if (undo !== undefined && done.length > 0) {
    actions.set(vscode.l10n.t('Undo'), undo);
  }
  if (failed) {
    actions.set(vscode.l10n.t('Retry'), () => outcome.retry(rest));
    actions.set(vscode.l10n.t('Show Log'), () => context.showLog());
  }
  void offer(context, text, severityOf(outcome), actions);
}

type Told = Omit<Outcome<Thing>, 'undo' | 'retry'>;
type Severity = 'information' | 'warning' | 'error';

function severityOf({ result, done }: Told): Severity {
  if (result.failed.length === 0) {
    return 'information';
  }
  return done.length === 0 ? 'error' : 'warning';
}

const messages: Record<
  Severity,
  (text: string, ...actions: string[]) => Thenable<string | undefined>
> = {
  information: (text, ...actions) => vscode.window.showInformationMessage(text, ...actions),
  warning: (text, ...actions) => vscode.window.showWarningMessage(text, ...actions),
  error: (text, ...actions) => vscode.window.showErrorMessage(text, ...actions),
};

/** Shows a message with ways on, and goes the one that is chosen. */
export async function offer(
  context: Pick<CommandContext, 'showLog'>,
  text: string,
  severity: Severity,
  actions: ReadonlyMap<string, () => Promise<void> | void>,
): Promise<void> {
  const answer = await messages[severity](withoutLinks(text), ...actions.keys());
  try {
    await (answer === undefined ? undefined : actions.get(answer)?.());
  } catch (error) {
    await tellFailure(error, context);
  }
}

function summary({ texts, things, done, result }: Told): string {
  const what = whatOf(things);
  const [failure] = result.failed;
  if (failure !== undefined) {
    const why = explainError(failure.error);
    return done.length === 0
      ? texts.none(what, why)
      : texts.some(done.length, what, things.length - done.length, why);
  }
  return result.left.length > 0 ? texts.stopped(done.length, what) : texts.all(what);
}

/** Names one thing, or counts several. */
export function whatOf(things: readonly Thing[]): string {
  const [first] = things;
  if (first !== undefined && things.length === 1) {
    const name = shortName(first);
    return first.kind === 'run'
      ? vscode.l10n.t('run {0}', name)
      : vscode.l10n.t('experiment {0}', name);
  }
  if (things.every(({ kind }) => kind === 'run')) {
    return vscode.l10n.t('{0} runs', things.length);
  }
  return things.every(({ kind }) => kind === 'experiment')
    ? vscode.l10n.t('{0} experiments', things.length)
    : vscode.l10n.t('{0} experiments and runs', things.length);
}
