import * as vscode from 'vscode';

import { SaidError } from '../host/explainError';
import type { LifecycleStage } from '../mlflow/model';
import type { ExperimentThing, RunThing, Thing } from '../mlflow/thing';
import type { Target } from '../mlflow/target';
import type { Session } from '../state/session';
import type { Writes } from '../state/writes';
import type { CommandContext } from './commandContext';
import { opened, sessionOf } from './sessionOf';

/** Things of one connection. */
export interface Chosen<T extends Thing = Thing> {
  readonly session: Session;
  readonly things: readonly T[];
}

/**
 * What a change is about: the rows it was called on, else what a key press in the view is about.
 * With `stage` only things in this stage; with several connections one entry for each.
 */
export async function chosenThings(
  { sessions, sidebar }: CommandContext,
  targets: readonly Target[],
  stage?: LifecycleStage,
): Promise<readonly Chosen[]> {
  const all = targets.length > 0 ? targets : await sidebar.keyed('experiments');
  const chosen = new Map<Session, Thing[]>();
  for (const target of all) {
    if (target.kind === 'run' || target.kind === 'experiment') {
      const session = await sessionOf(sessions, target);
      const known = thingOf(session, target);
      if (stage === undefined || known.stage === stage) {
        const things = chosen.get(session) ?? [];
        things.push(known.thing);
        chosen.set(session, things);
      }
    }
  }
  return [...chosen].map(([session, things]) => ({ session, things }));
}

/** The runs among what was chosen; throws when there are none. */
export async function chosenRuns(
  context: CommandContext,
  targets: readonly Target[],
  stage?: LifecycleStage,
): Promise<readonly Chosen<RunThing>[]> {
  const chosen = await chosenThings(context, targets, stage);
  const runs = chosen.flatMap(({ session, things }) => {
    const some = things.filter((thing) => thing.kind === 'run');
    return some.length === 0 ? [] : [{ session, things: some }];
  });
  if (runs.length === 0) {
    throw new SaidError(vscode.l10n.t('Select a run in the Experiments view first.'));
  }
  return runs;
}

/** The experiments among what was chosen; throws when there are none. */
export async function chosenExperiments(
  context: CommandContext,
  targets: readonly Target[],
  stage?: LifecycleStage,
): Promise<readonly Chosen<ExperimentThing>[]> {
  const chosen = await chosenThings(context, targets, stage);
  const experiments = chosen.flatMap(({ session, things }) => {
    const some = things.filter((thing) => thing.kind === 'experiment');
    return some.length === 0 ? [] : [{ session, things: some }];
  });
  if (experiments.length === 0) {
    throw new SaidError(vscode.l10n.t('Select an experiment in the Experiments view first.'));
  }
  return experiments;
}

/** What changes things of a session, whose connection is opened if need be. */
export async function writesOf(session: Session): Promise<Writes> {
  await opened(session);
  if (session.writes === undefined) {
    throw new vscode.CancellationError();
  }
  return session.writes;
}

/** A thing by what is known of it; what is not is taken for active, and its id for its name. */
function thingOf(
  { experiments }: Session,
  target: Extract<Target, { kind: 'run' | 'experiment' }>,
): { readonly thing: Thing; readonly stage: LifecycleStage } {
  const { kind, experimentId } = target;
  if (kind === 'experiment') {
    const known = experiments?.experiment(experimentId);
    const thing = { kind, id: experimentId, name: known?.name ?? experimentId };
    return { thing, stage: known?.lifecycleStage ?? 'active' };
  }
  const { runId } = target;
  const listed = experiments?.runs(experimentId).run(runId);
  const name = listed?.name ?? target.known?.name ?? runId;
  const stage = target.known?.stage ?? listed?.lifecycleStage ?? 'active';
  return { thing: { kind, experimentId, id: runId, name }, stage };
}
