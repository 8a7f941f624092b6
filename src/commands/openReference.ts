import * as vscode from 'vscode';

import { SaidError } from '../host/explainError';
import { MlflowError } from '../mlflow/errors';
import { toOneLine } from '../mlflow/format';
import type { Run } from '../mlflow/model';
import type { Reference } from '../mlflow/runReference';
import { sameServer } from '../mlflow/sameServer';
import { displayUri } from '../mlflow/trackingUri';
import type { AddressProblem } from '../mlflow/workbenchAddress';
import type { Session } from '../state/session';
import type { CommandContext } from './commandContext';
import { offerServer } from './offerServer';
import { experimentsOf, sessionOf } from './sessionOf';

const never = new AbortController().signal;

/**
 * Shows a run or an experiment in the connection that it names, else in the active one. A server
 * that this window has never been connected to is asked for nothing before somebody agrees.
 */
export async function openReference(
  context: CommandContext,
  reference: Reference | AddressProblem,
): Promise<void> {
  if (typeof reference === 'string') {
    throw new SaidError(problemText(reference));
  }
  const session = await sessionFor(context, reference);
  if (session !== undefined) {
    await (reference.kind === 'run'
      ? openRunPage(context, session, reference.runId)
      : openExperiment(context, session, reference.experimentId));
  }
}

/** Shows a run in a page of its own, and where its row is. */
async function openRunPage(
  context: CommandContext,
  session: Session,
  runId: string,
): Promise<void> {
  const { experimentId } = await openRun(context, session, runId);
  const { run } = await context.pages();
  run.openRun({ connection: session.id, experimentId, runId });
}

/** Shows a run of a session, wherever in its lists it is. */
export async function openRun(
  { sidebar }: CommandContext,
  session: Session,
  runId: string,
): Promise<Run> {
  const experiments = await experimentsOf(session);
  try {
    const run = await experiments.show(runId, never);
    await sidebar.revealRun(session, run.experimentId, run.id);
    return run;
  } catch (error) {
    if (error instanceof MlflowError && error.kind === 'notFound') {
      const text = vscode.l10n.t(
        'Run {0} does not exist on this tracking server. Check the ID, or set another tracking URI.',
        runId,
      );
      throw new SaidError(text, { cause: error });
    }
    throw error;
  }
}

async function openExperiment(
  { sidebar }: CommandContext,
  session: Session,
  experimentId: string,
): Promise<void> {
  const experiments = await experimentsOf(session);
  await experiments.list.ensure();
  if (experiments.experiment(experimentId) === undefined) {
    await experiments.include([experimentId], never);
  }
  if (experiments.experiment(experimentId) === undefined) {
    throw (
      experiments.list.error ??
      new SaidError(
        vscode.l10n.t('Experiment {0} does not exist on this tracking server.', experimentId),
      )
    );
  }
  await sidebar.revealExperiment(session, experimentId);
}

/** The session that a reference means; `undefined` when nobody wants to connect to its server. */
async function sessionFor(
  context: CommandContext,
  reference: Reference,
): Promise<Session | undefined> {
  const { sessions, connections } = context;
  const { serverUrl } = reference;
  if (serverUrl === undefined) {
    return sessionOf(sessions);
  }
  const all = await sessions.ensure();
  const here = all.find((session) => isServerOf(session, serverUrl));
  if (here !== undefined) {
    return here;
  }
  if (!/^https?:/i.test(serverUrl)) {
    const text = vscode.l10n.t(
      'This link leads to {0}, which this window is not connected to. A link can lead to http(s) servers only.',
      toOneLine(displayUri(serverUrl)),
    );
    throw new SaidError(text);
  }
  const known = connections.remembered.find(({ uri }) => sameServer(uri, serverUrl));
  return known === undefined
    ? offerServer(context, { ...reference, serverUrl })
    : connections.putBeside(known);
}

/** MLflow's web pages may lie elsewhere than its API. */
function isServerOf({ name, info }: Session, serverUrl: string): boolean {
  return [name, info?.uiUrl].some((uri) => uri !== undefined && sameServer(uri, serverUrl));
}

function problemText(problem: AddressProblem): string {
  switch (problem) {
    case 'what':
      return vscode.l10n.t('This link names neither a run nor an experiment.');
    case 'userInfo':
      return vscode.l10n.t(
        'This link is not followed, since its tracking URI holds a user name or password. Ask for a link without one.',
      );
    case 'uri':
      return vscode.l10n.t('This link is not followed, since its tracking URI cannot be read.');
  }
}
