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
  if (/^[a-z]:[\\/]/i.test(uri)) {
    return { kind: 'files', uri, path: uri };
  }
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(uri)?.[1]?.toLowerCase();
  if (scheme === undefined) {
    return { kind: 'files', uri, path: uri };
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

function filePath(uri: string): string {
  const rest = uri.replace(/^file:(?:\/\/(?:localhost(?=\/))?)?/i, '');
  const path = /^\/[a-z]:\//i.test(rest) ? rest.slice(1) : rest;
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** The URI without user name, password and query, for whatever is shown, logged or used as a key. */
export function displayUri(uri: string): string {
  return uri.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, '$1').replace(/[?#].*$/s, '');
}

/** What `host:5000`, written without a scheme, was most likely meant to be. */
export function suggestedUri(uri: string): string | undefined {
  return /^[\w.-]+:\d{1,5}(?:\/|$)/.test(uri) ? `http://${uri}` : undefined;
}
