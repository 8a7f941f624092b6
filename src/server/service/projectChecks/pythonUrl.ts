/** Where a text leads, as Python's `urllib.parse.urlparse` and MLflow's `get_local_path_or_none` see it. */
export type UrlReading =
  | { readonly kind: 'local'; readonly path: string }
  | { readonly kind: 'remote'; readonly scheme: string }
  /** Python refuses the text in these words. */
  | { readonly kind: 'invalid'; readonly words: string };

/** The scheme of an address, in small letters; empty where there is none. */
export function schemeOf(text: string): string {
  return /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(cleaned(text))?.[1]?.toLowerCase() ?? '';
}

export function readUrl(text: string): UrlReading {
  const url = cleaned(text);
  const scheme = schemeOf(text);
  const rest = scheme === '' ? url : url.slice(scheme.length + 1);
  const authority = /^\/\/([^/?#]*)/.exec(rest)?.[1] ?? '';
  if (authority.includes('[') !== authority.includes(']')) {
    return { kind: 'invalid', words: 'ValueError: Invalid IPv6 URL' };
  }
  if (scheme !== '' && (scheme !== 'file' || authority !== '')) return { kind: 'remote', scheme };
  // Without a scheme the whole text is a path, `file:` leaves out what follows `?` and `#`.
  const path = text.startsWith('file:') ? rest.replace(/^\/\//, '').replace(/[?#].*$/s, '') : text;
  return { kind: 'local', path: unquoted(path) };
}

/** Python passes over white space and control characters here. */
function cleaned(text: string): string {
  let start = 0;
  while (start < text.length && text.charCodeAt(start) <= 32) start += 1;
  return text.slice(start).replaceAll(/[\t\r\n]/g, '');
}

function unquoted(path: string): string {
  return path.replaceAll(/(?:%[0-9A-Fa-f]{2})+/g, (escapes) => {
    const bytes = escapes
      .split('%')
      .slice(1)
      .map((digits) => parseInt(digits, 16));
    return new TextDecoder().decode(Uint8Array.from(bytes));
  });
}
