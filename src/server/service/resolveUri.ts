/**
 * The URI of a path as seen from a document, or undefined where the document lies in no folder. Whether a file is on
 * Windows is told by a drive in either of the two.
 */
export function resolveUri(documentUri: string, path: string): string | undefined {
  // Without a host, VS Code leaves out its slashes for every scheme but `file`.
  const [, root = '', folder = ''] =
    /^([a-z][\w+.-]*:(?:\/\/[^/?#]*)?)(\/[^?#]*)/i.exec(documentUri) ?? [];
  if (root === '') {
    return undefined;
  }
  const onWindows = /^\/[a-z](:|%3a)/i.test(folder);
  const plain = onWindows || /^[a-z]:[\\/]/i.test(path) ? path.replaceAll('\\', '/') : path;
  const isAbsolute = plain.startsWith('/') || /^[a-z]:\//i.test(plain);
  const kept = isAbsolute ? [] : folder.split('/').slice(1, -1);
  for (const part of plain.split('/')) {
    if (part === '..') {
      kept.pop();
    } else if (part !== '' && part !== '.') {
      kept.push(encodePart(part));
    }
  }
  return `${root}/${kept.join('/')}`;
}

/** As VS Code writes it, so that the URI is that of the open document. */
function encodePart(part: string): string {
  return encodeURIComponent(part.replace(/\p{Surrogate}/gu, '\uFFFD')).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The URI of the folder that a URI's file lies in. */
export function folderOf(uri: string): string {
  return uri.slice(0, Math.max(0, uri.replace(/\/+$/, '').lastIndexOf('/')));
}

/** The decoded last part of a URI's path. */
export function fileNameOf(uri: string): string {
  const [path = ''] = uri.split(/[?#]/, 1);
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/^untitled:/, '');
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
