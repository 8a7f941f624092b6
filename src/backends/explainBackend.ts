import * as vscode from 'vscode';

import { SaidError } from '../host/explainError';
import { displayUri } from '../mlflow/trackingUri';
import type { LaunchBackend } from '../projects/launchContracts';
import {
  type BackendPlace,
  type BackendProblem,
  type BackendProblemKind,
  checkBackend,
} from './checkBackend';

/** Throws a sentence where nothing can be run on a backend. */
export async function needBackend(
  backend: LaunchBackend | undefined,
  place: BackendPlace,
): Promise<void> {
  const problem = backend && (await checkBackend(backend, place));
  if (problem !== undefined) {
    throw new SaidError(sentences[problem.kind](problem));
  }
}

const sentences: Record<BackendProblemKind, (problem: BackendProblem) => string> = {
  noConfig: ({ backend }) =>
    vscode.l10n.t('The backend {0} needs a configuration: a JSON file.', backend),
  notJsonName: ({ detail }) =>
    vscode.l10n.t(
      'MLflow takes a backend’s configuration from a file whose name ends with .json: {0} does not.',
      detail,
    ),
  noJson: ({ backend, detail }) =>
    vscode.l10n.t('The configuration of the backend {0} cannot be read: {1}', backend, detail),
  missingKey: ({ backend, detail }) =>
    vscode.l10n.t('The configuration of the backend {0} lacks {1}.', backend, detail),
  noTemplate: ({ detail }) =>
    vscode.l10n.t('The template of the Kubernetes job is not there: {0}.', detail),
  noDocker: () =>
    vscode.l10n.t('Kubernetes runs images: the project needs docker_env in its MLproject.'),
  existingCluster: () =>
    vscode.l10n.t(
      'MLflow runs projects on new clusters of Databricks only: describe one in place of existing_cluster_id.',
    ),
  storeHere: ({ detail }) =>
    vscode.l10n.t(
      'Runs on Databricks could not log to {0}. Connect to a server.',
      displayUri(detail),
    ),
  noSweep: ({ backend }) =>
    vscode.l10n.t(
      'MLflow makes runs of its own on the backend {0}, which a sweep could not follow. Sweeps run on local or ray.',
      backend,
    ),
};
