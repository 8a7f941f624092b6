import { type SecureContext, createSecureContext, getCACertificates } from 'node:tls';
import { MlflowError } from '../../mlflow/errors';
import type { TlsOptions } from '../../mlflow/transport';

/** What a TLS connection is opened with, as `tls.connect` takes it. */
export interface TlsSettings {
  readonly rejectUnauthorized: boolean;
  /** Left out where Node's own authorities are all that counts. */
  readonly secureContext?: SecureContext;
}

/**
 * Reads certificates and key once, for all connections. Throws `unsupported` (`transport`) with a
 * sentence where they cannot be used.
 */
export function tlsSettings(options: TlsOptions = {}): TlsSettings {
  const { clientCertificate } = options;
  const authorities = [
    ...(options.ca ?? []),
    ...(options.systemCertificates === true ? getCACertificates('system') : []),
  ];
  return {
    rejectUnauthorized: options.insecure !== true,
    ...((authorities.length > 0 || clientCertificate !== undefined) && {
      secureContext: contextOf(authorities, clientCertificate),
    }),
  };
}

/** A list of authorities takes the place of Node's own ones, so these stand in it, too. */
function contextOf(
  authorities: readonly string[],
  clientCertificate: TlsOptions['clientCertificate'],
): SecureContext {
  const ca =
    authorities.length === 0 ? undefined : [...getCACertificates('default'), ...authorities];
  try {
    return createSecureContext({ ca, ...clientCertificate });
  } catch (error) {
    // OpenSSL's own words may quote what it read.
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    throw new MlflowError('unsupported', 'transport', {
      serverMessage: `A certificate, or the key of the client certificate, cannot be used${code}.`,
    });
  }
}
