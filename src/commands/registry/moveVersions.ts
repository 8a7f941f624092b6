import * as vscode from 'vscode';

import { explainError } from '../../host/explainError';
import { views } from '../../ids';
import { MlflowError } from '../../mlflow/errors';
import {
  afterStep,
  type RegistryState,
  type RegistryStep,
} from '../../mlflow/registry/registryState';
import { undoSteps } from '../../mlflow/registry/undoSteps';
import type { Move } from '../../state/modelWrites';
import type { Session } from '../../state/session';
import type { CommandContext } from '../commandContext';
import { offer } from '../tellOutcome';
import { modelWritesOf, shortModelName } from './chosenModels';
import { versionsText } from './moveTexts';

/** A move that a person asked for. */
export interface MeantMove {
  readonly session: Session;
  readonly name: string;
  /** As it was when the person was asked. */
  readonly before: RegistryState;
  readonly steps: readonly RegistryStep[];
  /** One sentence about what is different now. */
  readonly said: (before: RegistryState, now: RegistryState) => string;
  /** Another way where the first step cannot be done on this server. */
  readonly instead?: { readonly label: string; readonly run: () => Promise<void> } | undefined;
}

type Action = () => Promise<void> | void;

/** Makes a move, tells what came of it and offers to take it back, also after an error half-way. */
export async function makeMove(context: CommandContext, meant: MeantMove): Promise<void> {
  const { session, name, before, steps } = meant;
  const writes = await modelWritesOf(session);
  const move = await inModels(() => writes.carryOut(name, before, steps));
  if (move.error === undefined) {
    const text = meant.said(before, move.after ?? steps.reduce(afterStep, before));
    const undo: Action = () => takeBack(context, session, move);
    void offer(context, text, 'information', new Map([[vscode.l10n.t('Undo'), undo]]));
    return;
  }
  if (isUntouched(move)) {
    refuse(context, meant, move.error);
    return;
  }
  tellHalfWay(context, meant, move);
}

/** Nothing of it is there. */
function isUntouched({ done, after, before, steps }: Move): boolean {
  return done === 0 && after !== undefined && undoSteps(before, steps, after).steps.length === 0;
}

function refuse(context: CommandContext, meant: MeantMove, error: unknown): void {
  if (meant.instead === undefined || !isBeyondServer(error)) {
    throw error;
  }
  const text = vscode.l10n.t('This registry has no stages: {0}', explainError(error));
  const { label, run } = meant.instead;
  void offer(context, text, 'error', new Map([[label, run]]));
}

/** Registries without stages answer as if there were no such call, or say so. */
function isBeyondServer(error: unknown): boolean {
  if (!(error instanceof MlflowError)) {
    return false;
  }
  const { status, errorCode = '' } = error.detail;
  return (
    error.kind === 'unsupported' ||
    (error.reason === 'html' && (status === 404 || status === 405)) ||
    status === 501 ||
    /ENDPOINT_NOT_FOUND|NOT_IMPLEMENTED|FEATURE_DISABLED|UNSUPPORTED/.test(errorCode)
  );
}

function tellHalfWay(context: CommandContext, meant: MeantMove, move: Move): void {
  const { session, before } = meant;
  const why = explainError(move.error);
  const text =
    move.after === undefined
      ? vscode.l10n.t('{0} may have been changed in part: {1}', shortModelName(meant.name), why)
      : vscode.l10n.t('{0} Not all of it was done: {1}', meant.said(before, move.after), why);
  const actions = new Map<string, Action>([
    [vscode.l10n.t('Undo'), () => takeBack(context, session, move)],
    [vscode.l10n.t('Retry'), () => makeMove(context, meant)],
    [vscode.l10n.t('Show Log'), () => context.showLog()],
  ]);
  void offer(context, text, 'warning', actions);
}

/** Takes a move back; what fails half-way can be tried again. */
async function takeBack(context: CommandContext, session: Session, move: Move): Promise<void> {
  const name = shortModelName(move.name);
  try {
    const writes = await modelWritesOf(session);
    const { left } = await inModels(() => writes.undo(move));
    if (left.length === 0) {
      vscode.window.setStatusBarMessage(vscode.l10n.t('{0} is as it was before.', name), 5000);
      return;
    }
    const what = vscode.l10n.t(
      'Somebody has changed {0} since: {1} stays as it is.',
      name,
      leftText(left),
    );
    void offer(context, what, 'warning', new Map());
  } catch (error) {
    const text = vscode.l10n.t(
      'Could not take back all of it on {0}: {1}',
      name,
      explainError(error),
    );
    const actions = new Map<string, Action>([
      [vscode.l10n.t('Retry'), () => takeBack(context, session, move)],
      [vscode.l10n.t('Show Log'), () => context.showLog()],
    ]);
    void offer(context, text, 'error', actions);
  }
}

function leftText(left: readonly string[]): string {
  const aliases = left.filter((each) => each.startsWith('@'));
  const versions = left.filter((each) => !each.startsWith('@'));
  return [...(versions.length > 0 ? [versionsText(versions)] : []), ...aliases].join(', ');
}

/** Does something with progress in the Models view. */
export function inModels<T>(work: () => Promise<T>): Promise<T> {
  return Promise.resolve(vscode.window.withProgress({ location: { viewId: views.models } }, work));
}
