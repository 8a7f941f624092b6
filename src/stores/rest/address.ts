import { MlflowError } from '../../mlflow/errors';

/** A tracking URI taken apart. */
export interface Address {
  /** Scheme, host and port, without credentials. */
  readonly origin: string;
  /** Path of MLflow's own pages without a trailing slash: `` or e.g. `/mlflow`. */
  readonly prefix: string;
  /** Value of the `Authorization` header, where the URI held a user name. */
  readonly authorization: string | undefined;
}

/** Reads an http(s) tracking URI; what a browser adds to it (`#/experiments/1`, a query) is dropped. */
export function parseAddress(uri: string): Address {
  if (!URL.canParse(uri)) {
    throw new MlflowError('unsupported', 'scheme', { serverMessage: 'not a valid URL' });
  }
  const url = new URL(uri);
  const { username, password } = url;
  return {
    origin: url.origin,
    prefix: url.pathname.replace(/\/+$/, ''),
    authorization: username === '' ? undefined : basicAuth(username, password),
  };
}

/** RFC 7617, in UTF-8. */
export function basicAuth(user: string, password: string): string {
  const pair = `${decodePart(user)}:${decodePart(password)}`;
  return `Basic ${Buffer.from(pair, 'utf8').toString('base64')}`;
}

function decodePart(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
