/** What is wrong when a secure connection does not come about, as far as the user can do something. */
export type TlsProblem =
  | 'expired'
  | 'notYetValid'
  | 'unknownAuthority'
  | 'otherHost'
  | 'clientCertificate'
  | 'noTls'
  | 'other';

const problems: readonly (readonly [RegExp, TlsProblem])[] = [
  [/^CERT_HAS_EXPIRED$/, 'expired'],
  [/^CERT_NOT_YET_VALID$/, 'notYetValid'],
  [
    /^(?:UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT.*|SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|CERT_UNTRUSTED)$/,
    'unknownAuthority',
  ],
  [/^(?:ERR_TLS_CERT_ALTNAME_.*|HOSTNAME_MISMATCH)$/, 'otherHost'],
  [/^CLOSED_AFTER_HANDSHAKE$/, 'clientCertificate'],
  [/_ALERT_(?:.*CERTIFICATE.*|UNKNOWN_CA|ACCESS_DENIED)$/, 'clientCertificate'],
  // nginx says it in a page.
  [/SSL certificate/, 'clientCertificate'],
  [/^(?:ERR_SSL_WRONG_VERSION_NUMBER|ERR_SSL_PACKET_LENGTH_TOO_LONG|EPROTO)$/, 'noTls'],
];

/**
 * Reads the code of a TLS failure: https://nodejs.org/api/tls.html#x509-certificate-error-codes and
 * OpenSSL's, whose alerts are the server's words.
 */
export function tlsProblem(code: string): TlsProblem {
  return problems.find(([pattern]) => pattern.test(code))?.[1] ?? 'other';
}
