import * as vscode from 'vscode';

import { SaidError } from '../host/explainError';
import { displayUri } from '../mlflow/trackingUri';
import { RayProblem, type RayProblemKind } from './jobs/rayProblem';

/** The same error with a sentence that says what to do. */
export function explainRay(error: unknown): unknown {
  return error instanceof RayProblem ? new SaidError(sentences[error.kind](error)) : error;
}

const sentences: Record<RayProblemKind, (problem: RayProblem) => string> = {
  noJson: ({ detail }) =>
    vscode.l10n.t('The configuration for Ray cannot be read as JSON: {0}', detail),
  unknownKey: ({ detail }) =>
    vscode.l10n.t('The configuration for Ray has a key that means nothing: {0}.', detail),
  wrongValue: ({ detail }) =>
    vscode.l10n.t('A value in the configuration for Ray does not fit. {0}', detail),
  address: ({ detail }) =>
    vscode.l10n.t(
      '{0} is no address of a Ray cluster. Jobs are sent to its dashboard, such as http://127.0.0.1:8265.',
      displayUri(detail),
    ),
  storeHere: ({ detail, address }) =>
    vscode.l10n.t(
      'Runs on {1} could not log to {0}, which this machine alone reaches. Connect to a tracking server that the cluster reaches, too, or name its address there as MLFLOW_TRACKING_URI below runtime_env.env_vars.',
      displayUri(detail),
      address,
    ),
  noServer: () =>
    vscode.l10n.t('Runs on a cluster need a tracking server to log to. Set a tracking URI first.'),
  outside: ({ detail }) =>
    vscode.l10n.t(
      'What is to be run is not in the working directory that goes to the cluster: {0}.',
      detail,
    ),
  noFolder: ({ detail }) =>
    vscode.l10n.t('The working directory for the cluster is not there: {0}.', detail),
  tooLarge: ({ detail }) =>
    vscode.l10n.t(
      'The working directory is too large for a cluster: 100 MB zipped are the most. Its largest parts: {0}. Leave out what runs do not need in a .rayignore file.',
      detail,
    ),
  tooLong: ({ detail }) =>
    vscode.l10n.t(
      'The command for this run has {0} KB; a cluster takes 127 KB. Give long values in a file.',
      detail,
    ),
  unreachable: ({ detail, address }) =>
    vscode.l10n.t(
      'No Ray cluster answers at {0}: {1}. Start it, or set another address.',
      address,
      detail,
    ),
  unauthorized: ({ address }) =>
    vscode.l10n.t(
      'The Ray cluster at {0} wants another token. Set RAY_AUTH_TOKEN, or keep it in ~/.ray/auth_token.',
      address,
    ),
  noCluster: ({ detail, address }) =>
    vscode.l10n.t(
      'What answers at {0} is no Ray dashboard that takes jobs: {1}. Is Ray installed there as ray[default]?',
      address,
      detail,
    ),
  rejected: ({ detail, address }) =>
    vscode.l10n.t('The Ray cluster at {0} refused this run: {1}', address, detail),
};
