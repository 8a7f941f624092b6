import {
  MlflowError,
  type MlflowErrorDetail,
  type MlflowErrorKind,
  type MlflowErrorReason,
} from '../../mlflow/errors';
import { toServerMessage } from './serverMessage';

/** One whole answer of a server. */
export interface Reply {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

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
  const code = codeOf(error);
  const message = toServerMessage(error instanceof Error ? error.message : String(error));
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') {
    return new MlflowError('malformed', 'tooLarge', detail);
  }
  if (isTlsCode(code)) {
    return new MlflowError('unreachable', 'tls', { ...detail, serverMessage: code });
  }
  const reason = reasonOf(code);
  return new MlflowError('unreachable', reason, {
    ...detail,
    ...(reason === 'network' && { serverMessage: message }),
  });
}

function reasonOf(code: string): MlflowErrorReason {
  if (refusedCodes.includes(code)) return 'refused';
  if (dnsCodes.includes(code)) return 'dns';
  if (timeoutCodes.includes(code)) return 'timeout';
  if (cutCodes.includes(code)) return 'cut';
  return 'network';
}

/** Whether the connection ended under a request, as a stale keep-alive one does. */
export function isReset(error: unknown): boolean {
  return cutCodes.includes(codeOf(error));
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

/** What a reply other than a good one means; `undefined` when it may be read as JSON. */
export function replyFailure(reply: Reply, detail: MlflowErrorDetail): MlflowError | undefined {
  const own = ownError(reply);
  const fail = (kind: MlflowErrorKind, reason: MlflowErrorReason): MlflowError =>
    new MlflowError(kind, reason, {
      ...detail,
      status: reply.status,
      errorCode: own?.code,
      serverMessage: toServerMessage(own === undefined ? reply.text : own.message),
    });
  const { status } = reply;
  if (status >= 200 && status < 300) {
    return isHtml(reply) ? fail('unreachable', 'html') : undefined;
  }
  if (own?.code === 'FEATURE_DISABLED') return fail('unsupported', 'feature');
  if (status === 401) return fail('unauthorized', 'signIn');
  if (status === 403) {
    const reason = reply.text.startsWith('Invalid Host header') ? 'hostCheck' : 'forbidden';
    return fail('unauthorized', reason);
  }
  if (status === 408 || status === 429) return fail('unreachable', 'busy');
  if (status >= 500) return fail('unreachable', 'serverError');
  if (status >= 300 && status < 400) return fail('unreachable', 'redirect');
  if (own === undefined) return fail('unreachable', 'html');
  return own.code === 'RESOURCE_DOES_NOT_EXIST' || status === 404
    ? fail('notFound', 'missing')
    : fail('rejected', 'invalid');
}

function isHtml(reply: Reply): boolean {
  return (
    reply.contentType.includes('text/html') || /^\s*<(?:!doctype|html|\?xml)/i.test(reply.text)
  );
}

/** MLflow's own error body, which a proxy or another server does not send. */
function ownError(reply: Reply): { code: string; message: string } | undefined {
  if (!/^\s*\{/.test(reply.text) || reply.status < 400) {
    return undefined;
  }
  try {
    const body = JSON.parse(reply.text) as Record<string, unknown>;
    const { error_code: code, message } = body;
    return typeof code === 'string'
      ? { code, message: typeof message === 'string' ? message : '' }
      : undefined;
  } catch {
    return undefined;
  }
}
