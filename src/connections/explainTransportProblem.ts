import * as vscode from 'vscode';

import { MlflowError } from '../mlflow/errors';
import { TransportProblem, type TransportFault } from './transportProblem';

/** A `TransportProblem` as the failure that a connection ends with; other errors as they are. */
export function explained(error: unknown, origin: string | undefined): unknown {
  return error instanceof TransportProblem
    ? new MlflowError('unsupported', 'transport', { origin, serverMessage: sentence(error.fault) })
    : error;
}

function sentence(fault: TransportFault): string {
  switch (fault.what) {
    case 'caFile':
      return vscode.l10n.t(
        'The certificates of authorities in {0} cannot be read ({1}). Check mlflow.tls.caFile and MLFLOW_TRACKING_SERVER_CERT_PATH.',
        fault.path,
        fault.why,
      );
    case 'clientCertificate':
      return vscode.l10n.t(
        'The client certificate {0} cannot be read ({1}). Check mlflow.tls.clientCertificate and MLFLOW_TRACKING_CLIENT_CERT_PATH.',
        fault.path,
        fault.why,
      );
    case 'noCertificate':
      return vscode.l10n.t('{0} holds no valid certificate in PEM format.', fault.path);
    case 'noKey':
      return vscode.l10n.t(
        '{0} holds no private key. A client certificate and its key must be in one PEM file.',
        fault.path,
      );
    case 'encryptedKey':
      return vscode.l10n.t(
        'The private key in {0} is protected by a passphrase, which is not supported. Use a key without one.',
        fault.path,
      );
    case 'otherKey':
      return vscode.l10n.t(
        'The private key in {0} does not belong to the certificate beside it.',
        fault.path,
      );
    case 'insecureAndCa':
      return vscode.l10n.t(
        'Certificates of authorities are named although no certificate is to be checked. Set only one of mlflow.tls.insecure (MLFLOW_TRACKING_INSECURE_TLS) and mlflow.tls.caFile (MLFLOW_TRACKING_SERVER_CERT_PATH).',
      );
    case 'insecureFlag':
      return vscode.l10n.t('MLFLOW_TRACKING_INSECURE_TLS must be true, false, 1 or 0.');
    case 'headerName':
      return vscode.l10n.t(
        'mlflow.requestHeaders names the header "{0}", which cannot be set.',
        fault.name,
      );
    case 'headerValue':
      return vscode.l10n.t(
        'mlflow.requestHeaders has a value for "{0}" that cannot be sent in a header.',
        fault.name,
      );
  }
}
