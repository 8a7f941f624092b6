import * as vscode from 'vscode';
import type { MlflowErrorDetail } from '../mlflow/errors';
import { formatDuration } from '../mlflow/format';
import { tlsProblem, type TlsProblem } from './tlsProblem';

type Explain = (server: string, words: string, detail: MlflowErrorDetail) => string;

const tlsSentences: Record<TlsProblem, Explain> = {
  expired: (server) =>
    vscode.l10n.t('The certificate of {0} has expired. Ask its administrator to renew it.', server),
  notYetValid: (server) =>
    vscode.l10n.t(
      'The certificate of {0} is not valid yet. Check the clock of this machine.',
      server,
    ),
  unknownAuthority: (server, words) =>
    vscode.l10n.t(
      'The certificate of {0} is not signed by an authority that is trusted here ({1}). Set mlflow.tls.caFile to a file with the certificate of its authority.',
      server,
      words,
    ),
  otherHost: (server, words, { certificateHosts }) =>
    vscode.l10n.t(
      'The certificate of {0} is for another host ({1}). Set a tracking URI with a name that it is for.',
      server,
      certificateHosts ?? words,
    ),
  clientCertificate: (server, words) =>
    vscode.l10n.t(
      '{0} did not accept the client certificate, or wants one ({1}). Set mlflow.tls.clientCertificate to one that its administrator gave you.',
      server,
      words,
    ),
  noTls: (server, words) =>
    vscode.l10n.t(
      '{0} does not speak HTTPS ({1}). Set the same tracking URI with http if that is meant.',
      server,
      words,
    ),
  other: (server, words) =>
    vscode.l10n.t(
      'A secure connection to {0} could not be made ({1}). Ask its administrator, and check mlflow.tls.caFile.',
      server,
      words,
    ),
};

/** Why no secure connection came about; `words` is the code. */
export const explainTls: Explain = (server, words, detail) =>
  tlsSentences[tlsProblem(words)](server, words, detail);

/** Why there is no way through the proxy: nobody answers, it cannot, or it will not. */
export const explainProxy: Explain = (server, words, { status, proxy }) => {
  const name = proxyName(proxy);
  if (status === undefined) {
    return vscode.l10n.t(
      'The proxy {0}, behind which {1} is looked for, cannot be used ({2}). Check http.proxy, or HTTP_PROXY and HTTPS_PROXY.',
      name,
      server,
      words,
    );
  }
  return status >= 500
    ? vscode.l10n.t(
        'The proxy {0} cannot reach {1} ({2}). Check the tracking URI, or name its host in http.noProxy or NO_PROXY.',
        name,
        server,
        words,
      )
    : vscode.l10n.t(
        'The proxy {0} does not let anybody through to {1} ({2}). Ask its administrator, or name the host in http.noProxy or NO_PROXY.',
        name,
        server,
        words,
      );
};

export const explainProxySignIn: Explain = (_server, _words, { proxy }) =>
  vscode.l10n.t(
    'The proxy {0} wants a user name and password (407), or refused those it got. Put them into the address of the proxy, or set http.proxyAuthorization.',
    proxyName(proxy),
  );

/** For a server that says it is too busy; `words` is the status. */
export const explainBusy: Explain = (server, words, { retryAfter }) =>
  retryAfter === undefined
    ? vscode.l10n.t('{0} is too busy ({1}). Try again in a while.', server, words)
    : vscode.l10n.t(
        '{0} is too busy ({1}). Try again in {2}.',
        server,
        words,
        formatDuration(retryAfter * 1000),
      );

/** `words` is the origin that was named instead, if one was. */
export const explainRedirect: Explain = (server, words) =>
  /^https?:/.test(words) && words !== server
    ? vscode.l10n.t(
        '{0} redirects to another address ({1}), which is not followed. Set that address as tracking URI if you trust it.',
        server,
        words,
      )
    : vscode.l10n.t(
        '{0} redirects in a way that is not followed. Check the path of the tracking URI, and any proxy in between.',
        server,
      );

function proxyName(proxy: string | undefined): string {
  return proxy ?? vscode.l10n.t('of your network');
}
