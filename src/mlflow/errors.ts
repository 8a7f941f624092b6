/**
 * What kind of failure it is, for whoever decides what to do next:
 * - `unreachable`: no usable answer came (network, time limit, a proxy's page, a 5xx); trying again may help
 * - `unauthorized`: the server wants another sign-in (401) or refuses this user or host (403)
 * - `notFound`: the thing asked for does not exist (any more)
 * - `malformed`: an answer came whose shape is not MLflow's
 * - `rejected`: the server understood and refused; its own message says why
 * - `unsupported`: this URI or this server cannot do what was asked
 */
export type MlflowErrorKind =
  'unreachable' | 'unauthorized' | 'notFound' | 'malformed' | 'rejected' | 'unsupported';

/** The cause within a kind; the editor side turns it into one sentence in the user's language. */
export type MlflowErrorReason =
  /** Nothing listens at host and port. */
  | 'refused'
  /** The host name does not resolve. */
  | 'dns'
  /** Connecting, or waiting for the answer, took longer than the limit. */
  | 'timeout'
  /** The connection ended before the answer was complete. */
  | 'cut'
  /** The proxy cannot be reached, or does not let this through; `serverMessage` says more. */
  | 'proxy'
  /** 407: the proxy wants a sign-in, or refused the one it got. */
  | 'proxySignIn'
  /** The certificate was not accepted; `serverMessage` holds the TLS code. */
  | 'tls'
  /** Any other network failure; `serverMessage` holds its text. */
  | 'network'
  /** The answer to a write was lost, and so was every look at whether it took effect. */
  | 'unknownOutcome'
  /** A 5xx answer. */
  | 'serverError'
  /** 408 or 429. */
  | 'busy'
  /** A page of HTML where JSON was expected: a proxy, a login page, or not an MLflow server. */
  | 'html'
  /** A redirect that is not followed, most often out of the origin; `serverMessage` is where it leads. */
  | 'redirect'
  /** 401, and no sign-in was sent. */
  | 'signIn'
  /** 401, although a sign-in was sent. */
  | 'signInRefused'
  /** 401; a sign-in exists, and was not sent to a server that the workspace chose. */
  | 'unapproved'
  /** 403 in general. */
  | 'forbidden'
  /** 403 of MLflow's Host check: an administrator has to allow the host name. */
  | 'hostCheck'
  /** 404 with MLflow's own error body. */
  | 'missing'
  /** The body is not JSON, or ends early. */
  | 'json'
  /** JSON of another shape; `path` says where. */
  | 'shape'
  /** A page token came twice, or pages stay empty: the list would never end. */
  | 'paging'
  /** An answer larger than the limit. */
  | 'tooLarge'
  /** 400 with MLflow's own error body. */
  | 'invalid'
  /** A param has another value already, and none of them changes. */
  | 'paramTaken'
  /** A certificate, key or header of the settings cannot be used; `serverMessage` says why. */
  | 'transport'
  /** The URI's scheme is not spoken. */
  | 'scheme'
  /** The server is too old, or was started without the feature. */
  | 'feature'
  /** The bytes of artifacts cannot be had from here; `rootUri` says where they lie, `serverMessage` what hinders. */
  | 'artifacts'
  /** A file on this machine cannot be read or written; `serverMessage` is the system's code, e.g. `ENOSPC`. */
  | 'disk'
  /** The owned `mlflow server` cannot be started; `serverMessage` says why. */
  | 'ownedServer';

/** Facts that help to explain a failure. None of them ever holds a secret. */
export interface MlflowErrorDetail {
  /** Scheme, host and port of the server, without credentials; the path of a store on this machine. */
  readonly origin?: string | undefined;
  /** There is no server in between: `origin` is a path. */
  readonly isLocal?: boolean | undefined;
  /** Where artifacts lie, without credentials, e.g. `s3://bucket/1`. */
  readonly rootUri?: string | undefined;
  /** HTTP status. */
  readonly status?: number | undefined;
  /** MLflow's `error_code`, e.g. `INVALID_PARAMETER_VALUE`. */
  readonly errorCode?: string | undefined;
  /** The other side's own words, at most 2,000 characters, plain text. */
  readonly serverMessage?: string | undefined;
  /** Where in the reply the shape is wrong, e.g. `runs[3].info.run_id`. */
  readonly path?: string | undefined;
  /** Path of the request, e.g. `/api/2.0/mlflow/runs/search`. */
  readonly request?: string | undefined;
  /** The proxy in between, without credentials. */
  readonly proxy?: string | undefined;
  /** Names that the certificate is for, where they are not the host's. */
  readonly certificateHosts?: string | undefined;
  /** The request surely never reached the server. */
  readonly notSent?: boolean | undefined;
  /** Seconds after which the server wants to be asked again (`Retry-After`). */
  readonly retryAfter?: number | undefined;
}

/** The one error that crosses rooms. Cancelling is not an `MlflowError` but an `AbortError`. */
export class MlflowError extends Error {
  override readonly name = 'MlflowError';

  constructor(
    readonly kind: MlflowErrorKind,
    readonly reason: MlflowErrorReason,
    readonly detail: MlflowErrorDetail = {},
  ) {
    super(`${kind} (${reason})${describe(detail)}`);
  }

  /** The extension and what it loads later each have a class of their own, and know the errors of both. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return this === MlflowError
      ? value instanceof Error && value.name === 'MlflowError'
      : Function.prototype[Symbol.hasInstance].call(this, value);
  }
}

function describe(detail: MlflowErrorDetail): string {
  const parts = [
    detail.origin,
    detail.request,
    detail.status,
    detail.errorCode,
    detail.path,
    detail.serverMessage,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? '' : `: ${parts.join(' ')}`;
}

/** Whether `error` says that the caller gave up, which is never shown as a failure. */
export function isAbortError(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
