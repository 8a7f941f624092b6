/**
 * Whether two tracking URIs name one place: for http(s) the same origin and path, whoever signs in,
 * where `localhost` is 127.0.0.1; for stores the same text.
 */
export function sameServer(one: string, other: string): boolean {
  return placeOf(one) === placeOf(other);
}

function placeOf(uri: string): string {
  if (!/^https?:/i.test(uri) || !URL.canParse(uri)) {
    return uri.replace(/\/+$/, '');
  }
  const { protocol, hostname, port, pathname } = new URL(uri);
  const host = hostname === 'localhost' ? '127.0.0.1' : hostname;
  return `${protocol}//${host}:${port}${pathname.replace(/\/+$/, '')}`;
}
