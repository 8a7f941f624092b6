import { MlflowError, type MlflowErrorDetail, type MlflowErrorReason } from '../../mlflow/errors';
import { ProxyFailure } from './proxyFailure';
import { toServerMessage } from './serverMessage';

const refusedCodes = ['ECONNREFUSED'];
const dnsCodes = ['ENOTFOUND', 'EAI_AGAIN'];
const timeoutCodes = [
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
];
const cutCodes = [
  'ECONNRESET',
  'EPIPE',
  'UND_ERR_SOCKET',
  'UND_ERR_DESTROYED',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
  'HPE_INVALID_EOF_STATE',
];

/** Turns what undici or Node threw into the one error that crosses rooms. */
export function networkFailure(error: unknown, detail: MlflowErrorDetail): MlflowError {
  if (error instanceof MlflowError) {
    return error;
  }
  if (error instanceof ProxyFailure) {
    return proxyFailure(error, detail);
  }
  const code = codeOf(error);
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') {
    return new MlflowError('malformed', 'tooLarge', detail);
  }
  if (isTlsCode(code)) {
    return new MlflowError('unreachable', 'tls', {
      ...detail,
      serverMessage: code,
      certificateHosts: hostsOfCertificate(error),
    });
  }
  const reason = reasonOf(code);
  return new MlflowError('unreachable', reason, {
    ...detail,
    ...(reason === 'network' && { serverMessage: wordsOf(error) }),
    ...(code === 'UND_ERR_CONNECT_TIMEOUT' && { notSent: true }),
  });
}

function proxyFailure(error: ProxyFailure, detail: MlflowErrorDetail): MlflowError {
  const words = error.words ?? (codeOf(error.cause) || wordsOf(error.cause));
  return new MlflowError('unreachable', error.status === 407 ? 'proxySignIn' : 'proxy', {
    ...detail,
    proxy: error.proxy,
    status: error.status,
    notSent: true,
    serverMessage: words === undefined ? undefined : toServerMessage(words),
  });
}

/** Whether the connection ended under a request, as a stale keep-alive one does. */
export function isReset(error: unknown): boolean {
  return cutCodes.includes(codeOf(error));
}

function reasonOf(code: string): MlflowErrorReason {
  if (refusedCodes.includes(code)) return 'refused';
  if (dnsCodes.includes(code)) return 'dns';
  if (timeoutCodes.includes(code)) return 'timeout';
  if (cutCodes.includes(code)) return 'cut';
  return 'network';
}

function wordsOf(error: unknown): string | undefined {
  return toServerMessage(error instanceof Error ? error.message : String(error));
}

/** The code of the error or of the first cause that has one (several addresses fail together). */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) {
    return '';
  }
  if ('code' in error && typeof error.code === 'string') {
    return error.code;
  }
  return codeOf(error instanceof AggregateError ? error.errors[0] : error.cause);
}

/** https://nodejs.org/api/tls.html#x509-certificate-error-codes, OpenSSL's own included. */
function isTlsCode(code: string): boolean {
  return (
    /^(?:ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|CRL_|HOSTNAME_)/.test(code) ||
    ['EPROTO', 'INVALID_CA', 'INVALID_PURPOSE', 'PATH_LENGTH_EXCEEDED'].includes(code)
  );
}

/** What a certificate for another host is for: Node's error carries it. */
function hostsOfCertificate(error: unknown): string | undefined {
  const names = (error as { cert?: { subjectaltname?: unknown } }).cert?.subjectaltname;
  return typeof names === 'string'
    ? toServerMessage(names.replace(/\b(?:DNS|IP Address):/g, ''))?.slice(0, 200)
    : undefined;
}
