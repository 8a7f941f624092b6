/** What a person signs in to a tracking server with. It is secret as a whole. */
export type SignIn =
  | { readonly kind: 'basic'; readonly user: string; readonly password: string }
  | { readonly kind: 'token'; readonly token: string };

/** A server that one can sign in to. */
export interface SignInServer {
  readonly origin: string;
  /** The user name in use; an empty text for a token, absent for nobody. */
  readonly account: string | undefined;
  /** A sign-in of the user's own is kept back, since the server is not approved. */
  readonly withheld: boolean;
}

/**
 * Scheme, host and port of an http(s) address, which is what sign-ins are bound to; `undefined`
 * for anything else.
 */
export function originOf(uri: string): string | undefined {
  if (!URL.canParse(uri)) {
    return undefined;
  }
  const { protocol, origin } = new URL(uri);
  return protocol === 'http:' || protocol === 'https:' ? origin : undefined;
}

/** The user name and password in an address. */
export function userInfoOf(uri: string): SignIn | undefined {
  if (!URL.canParse(uri)) {
    return undefined;
  }
  const { username, password } = new URL(uri);
  return username === ''
    ? undefined
    : { kind: 'basic', user: decoded(username), password: decoded(password) };
}

/** The address without user name and password; as it is written where it has none. */
export function withoutUserInfo(uri: string): string {
  if (!URL.canParse(uri)) {
    return uri;
  }
  const isFree = ({ username, password }: URL): boolean => username === '' && password === '';
  const url = new URL(uri);
  if (isFree(url)) {
    return uri;
  }
  const plain = uri.replace(/^([^:]+:[\\/]*)[^\\/?#]*@/, '$1');
  if (URL.canParse(plain) && isFree(new URL(plain))) {
    return plain;
  }
  url.username = '';
  url.password = '';
  return url.href;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
