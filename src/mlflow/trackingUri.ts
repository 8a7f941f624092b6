/** What a tracking URI means, by MLflow's own reading of it (`mlflow.tracking._tracking_service.utils`). */
export type TrackingUri =
  | { readonly kind: 'http'; readonly uri: string }
  | { readonly kind: 'sqlite'; readonly uri: string; readonly path: string }
  | { readonly kind: 'files'; readonly uri: string; readonly path: string }
  | { readonly kind: 'database'; readonly uri: string }
  | { readonly kind: 'unsupported'; readonly uri: string; readonly scheme: string };

const databaseDialects = ['postgresql', 'postgres', 'mysql', 'mssql'];
const otherServices = ['databricks', 'databricks-uc', 'uc', 'azureml', 'arn', 'sagemaker'];

/**
 * Reads a tracking URI. Paths stay as written, relative ones included: `sqlite:///mlflow.db` has the
 * path `mlflow.db`, `sqlite:////data/mlflow.db` has `/data/mlflow.db`.
 */
export function parseTrackingUri(text: string): TrackingUri {
  const uri = text.trim();
  if (otherServices.includes(uri.toLowerCase())) {
    return { kind: 'unsupported', uri, scheme: uri.toLowerCase() };
  }
  const scheme = schemeOf(uri);
  if (scheme === undefined) {
    return suggestedUri(uri) === undefined
      ? { kind: 'files', uri, path: uri }
      : { kind: 'unsupported', uri, scheme: '' };
  }
  if (scheme === 'http' || scheme === 'https') {
    return URL.canParse(uri) ? { kind: 'http', uri } : { kind: 'unsupported', uri, scheme };
  }
  if (scheme === 'file') {
    return { kind: 'files', uri, path: filePath(uri) };
  }
  const dialect = scheme.split('+', 1)[0] ?? scheme;
  if (dialect === 'sqlite') {
    return { kind: 'sqlite', uri, path: uri.replace(/^[^:]+:\/{0,3}/, '').replace(/\?.*$/, '') };
  }
  if (databaseDialects.includes(dialect)) {
    return { kind: 'database', uri };
  }
  return { kind: 'unsupported', uri, scheme };
}

/** The scheme in lower case; a Windows drive is none. */
function schemeOf(uri: string): string | undefined {
  return /^([a-z][a-z0-9+.-]+):/i.exec(uri)?.[1]?.toLowerCase();
}

function filePath(uri: string): string {
  const rest = uri.replace(/^file:(?:\/\/(?:localhost(?=\/))?)?/i, '');
  const path = /^\/[a-z]:\//i.test(rest) ? rest.slice(1) : rest;
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/**
 * The URI without user name, password and query, for whatever is shown, logged or used as a key.
 * Where it cannot be told for sure where a password ends, only the scheme is left.
 */
export function displayUri(uri: string): string {
  const scheme = schemeOf(uri);
  if (scheme === undefined || scheme === 'file') {
    return uri;
  }
  const anonymous = uri.replace(/^([^:]+:[\\/]*)[^\\/?#]*@/, '$1');
  if (scheme === 'http' || scheme === 'https') {
    return URL.canParse(uri) ? anonymous.replace(/[?#].*$/s, '') : schemeOnly(anonymous, scheme);
  }
  // SQLAlchemy takes a password with `/`, `?` and `#` in it; a path needs none.
  return /^[^:]+:\/\/\//.test(uri)
    ? uri.replace(/\?.*$/s, '')
    : schemeOnly(anonymous, scheme).replace(/\?.*$/s, '');
}

function schemeOnly(uri: string, scheme: string): string {
  return uri.includes('@') ? `${scheme}://…` : uri;
}

/** What `host:5000`, written without a scheme, was most likely meant to be. */
export function suggestedUri(uri: string): string | undefined {
  return /^[\w.-]+:\d{1,5}(?:\/|$)/.test(uri) ? `http://${uri}` : undefined;
}
