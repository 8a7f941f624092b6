import { displayUri } from './trackingUri';

/** A run, as somebody pasted it. */
export interface RunReference {
  readonly runId: string;
  /** The server that the pasted link names, without its route and credentials; absent when only an id was pasted. */
  readonly serverUrl: string | undefined;
}

const runIdPattern = /^[0-9a-f]{32}$/i;
const routePattern = /\/runs\/([0-9a-f]{32})(?:[/?#]|$)/i;

/**
 * Reads a run id (32 hexadecimal digits), an address of MLflow's web pages
 * (`http://host/#/experiments/1/runs/<id>`), or `runs:/<id>/path`.
 */
export function parseRunReference(text: string): RunReference | undefined {
  const trimmed = text.trim();
  if (runIdPattern.test(trimmed)) {
    return { runId: trimmed.toLowerCase(), serverUrl: undefined };
  }
  const modelUri = /^runs:\/+([0-9a-f]{32})(?:\/|$)/i.exec(trimmed)?.[1];
  if (modelUri !== undefined) {
    return { runId: modelUri.toLowerCase(), serverUrl: undefined };
  }
  const runId = /^https?:\/\//i.test(trimmed) ? routePattern.exec(trimmed)?.[1] : undefined;
  if (runId === undefined) {
    return undefined;
  }
  const serverUrl = displayUri(trimmed.replace(/\/(?:ml\/)?experiments\/[^/]+\/runs\/.*$/s, ''));
  return { runId: runId.toLowerCase(), serverUrl: serverUrl.replace(/\/+$/, '') };
}
