import * as vscode from 'vscode';

import { SaidError } from '../../host/explainError';
import { views } from '../../ids';
import type { ArtifactPlace, LoggedModel, Run } from '../../mlflow/model';
import { plainLabel } from '../../mlflow/plainLabel';
import {
  modelFolder,
  sourceFor,
  sourceOfFolder,
  sourceOfLogged,
  sourcesOfRun,
  type ModelSource,
} from '../../mlflow/registry/modelSources';
import type { Target } from '../../mlflow/target';
import type { TrackingStore } from '../../mlflow/trackingStore';
import type { Session } from '../../state/session';
import { chosenRuns } from '../chosenThings';
import type { CommandContext, CommandHandler } from '../commandContext';
import { opened, sessionOf } from '../sessionOf';
import { findModelFolders } from './findModelFolders';
import { makeVersion } from './makeVersion';
import { pickModelName } from './pickModelName';

const never = new AbortController().signal;

/** Registers a model that a run logged, or a folder of artifacts that holds one. */
export const registerModel: CommandHandler = async (context, targets) => {
  const found = await inExperiments(() => findSources(context, targets));
  const source = await chooseSource(found.sources);
  if (source === undefined) {
    return;
  }
  const { session } = found;
  const title = vscode.l10n.t('Register {0} as', plainLabel(source.label));
  const picked = await pickModelName(session, title, { mayBeNew: true });
  if (picked !== undefined) {
    const { store, registry, name } = await opened(session);
    const place = sourceFor(source, registry === store, name);
    await makeVersion(context, session, picked, { ...place, description: '', tags: [] });
  }
};

async function findSources(
  context: CommandContext,
  targets: readonly Target[],
): Promise<{ readonly session: Session; readonly sources: readonly ModelSource[] }> {
  const artifact = targets.find((target) => target.kind === 'artifact');
  if (artifact !== undefined) {
    const session = await sessionOf(context.sessions, artifact);
    const { store } = await opened(session);
    return { session, sources: [await sourceOf(store, modelFolder(artifact.place))] };
  }
  const rows = targets.length > 0 ? targets : context.sidebar.selection();
  const [chosen] = await chosenRuns(context, rows);
  const [thing] = chosen?.things ?? [];
  if (chosen === undefined || thing === undefined) {
    throw new vscode.CancellationError();
  }
  const { session } = chosen;
  const { store } = await opened(session);
  const run = await store.getRun(thing.id, never);
  const sources = await sourcesIn(store, run);
  if (sources.length === 0) {
    throw new SaidError(
      vscode.l10n.t('Run {0} has no model among its artifacts.', plainLabel(run.name)),
    );
  }
  return { session, sources };
}

/** The model that a folder holds; rejects where it holds none, or one that no registry can be told of. */
async function sourceOf(
  store: TrackingStore,
  { owner, path }: ArtifactPlace,
): Promise<ModelSource> {
  if (owner.kind === 'run') {
    const { files } = await store.listArtifacts(owner, path, never);
    const file = path === '' ? 'MLmodel' : `${path}/MLmodel`;
    if (!files.some((each) => each.path === file && !each.isDirectory)) {
      throw new SaidError(
        vscode.l10n.t('The folder {0} holds no file MLmodel, so it is no model.', path || '/'),
      );
    }
    return sourceOfFolder(await store.getRun(owner.runId, never), path);
  }
  if (path !== '') {
    throw new SaidError(
      vscode.l10n.t('A model can only be registered as a whole, not a folder inside it.'),
    );
  }
  if (owner.kind === 'loggedModel') {
    return sourceOfLogged(await store.getLoggedModel(owner.modelId, never));
  }
  const { name, version } = owner;
  const of = { artifactUri: undefined, runId: undefined, modelId: undefined };
  return { ...of, label: `${name} ${version}`, source: `models:/${name}/${version}` };
}

/** What the run says that it logged; where it says nothing, folders that look like models. */
async function sourcesIn(store: TrackingStore, run: Run): Promise<readonly ModelSource[]> {
  const outputs = await Promise.allSettled(
    run.modelOutputs.map(({ modelId }) => store.getLoggedModel(modelId, never)),
  );
  const logged: readonly LoggedModel[] = outputs.flatMap((each) =>
    each.status === 'fulfilled' ? [each.value] : [],
  );
  const told = sourcesOfRun(run, logged);
  if (told.length > 0) {
    return told;
  }
  const unread = outputs.find((each) => each.status === 'rejected');
  if (unread !== undefined) {
    throw unread.reason;
  }
  const folders = await findModelFolders(store, run.id);
  return folders.map((folder) => sourceOfFolder(run, folder));
}

async function chooseSource(sources: readonly ModelSource[]): Promise<ModelSource | undefined> {
  const [only] = sources;
  if (sources.length === 1) {
    return only;
  }
  const items = sources.map((source) => ({
    label: plainLabel(source.label),
    description: plainLabel(source.source),
    source,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Register Model'),
    placeHolder: vscode.l10n.t('Choose a model of the run'),
    matchOnDescription: true,
  });
  return picked?.source;
}

function inExperiments<T>(work: () => Promise<T>): Promise<T> {
  return Promise.resolve(
    vscode.window.withProgress({ location: { viewId: views.experiments } }, work),
  );
}
