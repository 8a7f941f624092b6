/** What a person signs in to a tracking server with. It is secret as a whole. */
export type SignIn =
  | { readonly kind: 'basic'; readonly user: string; readonly password: string }
  | { readonly kind: 'token'; readonly token: string };

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
