import { X509Certificate, createPrivateKey } from 'node:crypto';
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
 * sentence where one cannot be used.
 */
export function tlsSettings(options: TlsOptions = {}): TlsSettings {
  const authorities = [
    ...(options.ca ?? []).flatMap(authoritiesOf),
    ...(options.systemCertificates === true ? getCACertificates('system') : []),
  ];
  const { clientCertificate } = options;
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
    const context = createSecureContext({ ca, ...clientCertificate });
    if (clientCertificate === undefined || belongTogether(clientCertificate)) {
      return context;
    }
  } catch (error) {
    throw refusal(`The client certificate cannot be used: ${whyUnusable(error)}.`);
  }
  throw refusal('The client certificate cannot be used: its key belongs to another certificate.');
}

/** OpenSSL notices only where both are of the same kind. */
function belongTogether({ cert, key }: { readonly cert: string; readonly key: string }): boolean {
  const [keyBlock = key] =
    /-----BEGIN [A-Z ]*PRIVATE KEY-----[^]+?-----END [^-]+-----/.exec(key) ?? [];
  return new X509Certificate(cert).checkPrivateKey(createPrivateKey(keyBlock));
}

function authoritiesOf(pem: string): string[] {
  const blocks = pem.match(
    /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[^]+?-----END [^-]+-----/g,
  );
  if (blocks === null) {
    throw refusal('The file of trusted authorities holds no certificate in PEM format.');
  }
  for (const block of blocks) {
    try {
      new X509Certificate(block);
    } catch {
      throw refusal('The file of trusted authorities holds a certificate that cannot be read.');
    }
  }
  return blocks;
}

/** OpenSSL's codes in words; its own messages may quote what it read. */
function whyUnusable(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code.includes('KEY_VALUES_MISMATCH')) return 'its key belongs to another certificate';
  if (/PASSPHRASE|PASSWORD|BAD_DECRYPT|INTERRUPTED_OR_CANCELLED/.test(code)) {
    return 'its key is protected by a passphrase';
  }
  if (/NO_START_LINE|UNSUPPORTED/.test(code)) {
    return 'a certificate and a key in PEM format are needed';
  }
  return code === '' ? 'it cannot be read' : `it cannot be read (${code})`;
}

function refusal(sentence: string): MlflowError {
  return new MlflowError('unsupported', 'transport', { serverMessage: sentence });
}
