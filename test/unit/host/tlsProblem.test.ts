import assert from 'node:assert/strict';
import { tlsProblem } from '../../../src/host/tlsProblem';

describe('tlsProblem', () => {
  for (const [code, problem] of [
    ['CERT_HAS_EXPIRED', 'expired'],
    ['CERT_NOT_YET_VALID', 'notYetValid'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'unknownAuthority'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'unknownAuthority'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'unknownAuthority'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'unknownAuthority'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'otherHost'],
    ['HOSTNAME_MISMATCH', 'otherHost'],
    ['CLOSED_AFTER_HANDSHAKE', 'clientCertificate'],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'clientCertificate'],
    ['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', 'clientCertificate'],
    ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'clientCertificate'],
    ['400 No required SSL certificate was sent', 'clientCertificate'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'noTls'],
    ['ERR_SSL_PACKET_LENGTH_TOO_LONG', 'noTls'],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'other'],
    ['CERT_REVOKED', 'other'],
    ['', 'other'],
  ] as const) {
    it(`reads ${code || 'no code'} as ${problem}`, () => {
      assert.equal(tlsProblem(code), problem);
    });
  }
});
