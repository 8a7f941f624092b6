import * as vscode from 'vscode';

import { ConnectionGone } from '../mlflow/connectionGone';
import { MlflowError, type MlflowErrorReason } from '../mlflow/errors';
import { withoutLinks } from '../mlflow/format';
import { suggestedUri } from '../mlflow/trackingUri';
import { explainArtifacts } from './explainArtifacts';
import {
  explainBusy,
  explainProxy,
  explainProxySignIn,
  explainRedirect,
  explainTls,
} from './explainConnection';

/** An error whose message is a whole sentence in the user's language, to be shown as it is. */
export class SaidError extends Error {
  override readonly name = 'SaidError';

  /** The extension and what it loads later each have a class of their own, and know the errors of both. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'SaidError';
  }
}

type Explain = (error: MlflowError) => string;

/** One sentence or two in the user's language: what happened, and what to do about it. Never a link. */
export function explainError(error: unknown): string {
  return withoutLinks(sentenceFor(error));
}

function sentenceFor(error: unknown): string {
  if (error instanceof MlflowError) {
    const explain = (error.detail.isLocal && localExplanations[error.reason]) || undefined;
    return (explain ?? explanations[error.reason])(error);
  }
  if (error instanceof SaidError) {
    return error.message;
  }
  if (error instanceof ConnectionGone) {
    return explainGone(error);
  }
  const message = error instanceof Error ? error.message : String(error);
  return vscode.l10n.t('Something went wrong: {0}. See the MLflow log for more.', message);
}

/** An address of an artifact knows its server by a hash alone. */
function explainGone({ connection }: ConnectionGone): string {
  return connection === undefined
    ? vscode.l10n.t(
        'This window is not connected to the server that has this artifact. Switch to it, then try again.',
      )
    : vscode.l10n.t(
        'This window is not connected to {0}. Switch to it, then try again.',
        connection,
      );
}

const explanations: Record<MlflowErrorReason, Explain> = {
  refused: (error) =>
    vscode.l10n.t(
      'Nothing answers at {0}. Start the tracking server, or set another tracking URI.',
      server(error),
    ),
  dns: (error) =>
    vscode.l10n.t(
      'The host of {0} was not found. Check the tracking URI and your network.',
      server(error),
    ),
  timeout: (error) =>
    vscode.l10n.t(
      '{0} took too long to answer. Try again, or look at how busy the server is.',
      server(error),
    ),
  cut: (error) =>
    vscode.l10n.t('{0} broke off in the middle of its answer. Try again.', server(error)),
  tls: (error) => explainTls(server(error), words(error), error.detail),
  network: (error) =>
    vscode.l10n.t(
      '{0} cannot be reached ({1}). Check the tracking URI and your network.',
      server(error),
      words(error),
    ),
  proxy: (error) => explainProxy(server(error), words(error), error.detail),
  proxySignIn: (error) => explainProxySignIn(server(error), words(error), error.detail),
  unknownOutcome: (error) =>
    vscode.l10n.t(
      '{0} broke off before it said whether this was done, and cannot be asked. Refresh before you try again.',
      server(error),
    ),
  serverError: (error) =>
    error.detail.retryAfter === undefined
      ? vscode.l10n.t(
          '{0} failed with an error of its own ({1}). Try again, or look at the server’s log.',
          server(error),
          statusAndWords(error),
        )
      : explainBusy(server(error), status(error), error.detail),
  busy: (error) => explainBusy(server(error), status(error), error.detail),
  html: (error) =>
    vscode.l10n.t(
      '{0} answered with a web page ({1}), not as an MLflow server does. Check the address, its path, and any proxy in between.',
      server(error),
      status(error),
    ),
  redirect: (error) => explainRedirect(server(error), words(error), error.detail),
  signIn: (error) =>
    vscode.l10n.t('{0} wants a sign-in ({1}). Choose Sign In.', server(error), status(error)),
  signInRefused: (error) =>
    vscode.l10n.t(
      '{0} refused the sign-in ({1}). Sign in again, or choose another server.',
      server(error),
      status(error),
    ),
  unapproved: (error) =>
    vscode.l10n.t(
      '{0} wants a sign-in ({1}). You did not choose this server yourself, so your saved sign-in was not sent to it. Choose Sign In if you trust the server.',
      server(error),
      status(error),
    ),
  transport: (error) => words(error),
  forbidden: (error) =>
    vscode.l10n.t(
      '{0} does not allow you to do this ({1}). Ask its administrator for access.',
      server(error),
      status(error),
    ),
  hostCheck: (error) =>
    vscode.l10n.t(
      '{0} does not accept requests under this host name. Its administrator must allow the name with `--allowed-hosts` or MLFLOW_SERVER_ALLOWED_HOSTS.',
      server(error),
    ),
  missing: (error) =>
    vscode.l10n.t('{0} does not know this (any more): {1}', server(error), words(error)),
  json: (error) =>
    vscode.l10n.t(
      '{0} sent an answer that is not whole or not JSON. Try again, and check any proxy in between.',
      server(error),
    ),
  shape: (error) =>
    vscode.l10n.t(
      '{0} sent an answer that MLflow would not send (at {1}). Check that the address is that of an MLflow server.',
      server(error),
      error.detail.path ?? '?',
    ),
  paging: (error) =>
    vscode.l10n.t(
      '{0} keeps sending the same page, so the rest of the list cannot be read. Updating the server may help.',
      server(error),
    ),
  tooLarge: (error) =>
    vscode.l10n.t(
      '{0} sent an answer that is too large to read at once. Choose a smaller page size or a narrower filter.',
      server(error),
    ),
  invalid: (error) => vscode.l10n.t('{0} refused: {1}', server(error), words(error)),
  paramTaken: (error) => vscode.l10n.t('{0} refused: {1}', server(error), words(error)),
  scheme: (error) => explainScheme(error.detail.origin ?? ''),
  feature: (error) => vscode.l10n.t('{0} cannot do this: {1}', server(error), words(error)),
  artifacts: (error) => explainArtifacts(error.detail, server(error), words(error)),
  disk: (error) =>
    vscode.l10n.t(
      'A file on this computer cannot be read or written ({0}). Check how much space is left, and your rights there.',
      words(error),
    ),
  ownedServer: (error) => words(error),
};

/** What is different for a store on this machine. */
const localExplanations: Partial<Record<MlflowErrorReason, Explain>> = {
  network: (error) =>
    vscode.l10n.t(
      '{0} cannot be read ({1}). Check that it is there and that you may read it.',
      server(error),
      words(error),
    ),
  busy: (error) =>
    vscode.l10n.t(
      'Another program writes to {0} and does not let it be read ({1}). Try again.',
      server(error),
      words(error),
    ),
  shape: (error) =>
    vscode.l10n.t(
      '{0} is damaged, or not a store of MLflow ({1}). Check the tracking URI.',
      server(error),
      words(error),
    ),
};

function explainScheme(uri: string): string {
  const meant = suggestedUri(uri);
  return meant === undefined
    ? vscode.l10n.t(
        'The tracking URI {0} is not supported yet. Use the http(s) address of a tracking server, a folder, or a database URI.',
        uri,
      )
    : vscode.l10n.t('The tracking URI {0} has no scheme. Did you mean {1}?', uri, meant);
}

function server(error: MlflowError): string {
  return error.detail.origin ?? vscode.l10n.t('The tracking server');
}

function words(error: MlflowError): string {
  return error.detail.serverMessage ?? error.detail.errorCode ?? status(error);
}

function status(error: MlflowError): string {
  return error.detail.status === undefined ? error.reason : String(error.detail.status);
}

function statusAndWords(error: MlflowError): string {
  const { serverMessage } = error.detail;
  return serverMessage === undefined ? status(error) : `${status(error)}: ${serverMessage}`;
}
