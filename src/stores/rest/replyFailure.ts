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
  /** Of a range that lies beyond the end: it says how much there is. */
  readonly contentRange?: string | undefined;
  readonly text: string;
  /** Seconds, where the server asks to be left alone (`Retry-After`). */
  readonly retryAfter?: number | undefined;
  /** Whether the request held an `Authorization` header. */
  readonly signedIn?: boolean | undefined;
  /** The proxy that passed the request on, where this looks like its own answer, not the server's. */
  readonly ofProxy?: string | undefined;
}

type Meaning = readonly [MlflowErrorKind, MlflowErrorReason];

/** What a reply other than a good one means; `undefined` when it may be read as JSON. */
export function replyFailure(reply: Reply, detail: MlflowErrorDetail): MlflowError | undefined {
  const own = ownError(reply);
  const [kind, reason] = meaningOf(reply, own?.code) ?? [];
  if (kind === undefined || reason === undefined) {
    return undefined;
  }
  return new MlflowError(kind, reason, {
    ...detail,
    status: reply.status,
    errorCode: own?.code,
    serverMessage: toServerMessage(own === undefined ? reply.text : own.message),
    proxy: reply.ofProxy,
    retryAfter: reply.retryAfter,
  });
}

function meaningOf(reply: Reply, code: string | undefined): Meaning | undefined {
  const { status } = reply;
  if (status >= 200 && status < 300) return isHtml(reply) ? ['unreachable', 'html'] : undefined;
  if (code === 'FEATURE_DISABLED') return ['unsupported', 'feature'];
  // MLflow answers 500 where a thing is deleted that would have to be active.
  if (code === 'INVALID_STATE') return ['rejected', 'invalid'];
  if (status === 407) return ['unreachable', 'proxySignIn'];
  if (code === undefined && reply.ofProxy !== undefined) return ['unreachable', 'proxy'];
  if (status === 401) return ['unauthorized', reply.signedIn ? 'signInRefused' : 'signIn'];
  if (status === 403) {
    const isHostCheck = reply.text.startsWith('Invalid Host header');
    return ['unauthorized', isHostCheck ? 'hostCheck' : 'forbidden'];
  }
  if (status === 408 || status === 429) return ['unreachable', 'busy'];
  if (status >= 500) return ['unreachable', 'serverError'];
  if (status >= 300 && status < 400) return ['unreachable', 'redirect'];
  if (code === undefined) return ['unreachable', wantsCertificate(reply) ? 'tls' : 'html'];
  return code === 'RESOURCE_DOES_NOT_EXIST' || status === 404
    ? ['notFound', 'missing']
    : ['rejected', 'invalid'];
}

/** nginx answers with a page where a client's certificate is missing or not accepted. */
function wantsCertificate({ text }: Reply): boolean {
  return /No required SSL certificate was sent|The SSL certificate error/.test(text);
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
