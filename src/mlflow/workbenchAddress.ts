import { readExperimentId, readRunId, type Reference } from './runReference';
import { withoutUserInfo } from './signIn';
import { displayUri } from './trackingUri';

/** The extension's id, which stands where web addresses have the host. */
const extensionId = 'mlflow-workbench.mlflow-workbench';
const longestUri = 2000;

/**
 * Why an address is not followed: it names neither a run nor an experiment, or its tracking URI
 * holds a user name or password, or cannot be read.
 */
export type AddressProblem = 'what' | 'userInfo' | 'uri';

/** The address by which VS Code opens a run, here or on any machine that reaches the server. */
export function workbenchAddress(scheme: string, runId: string, trackingUri: string): string {
  const uri = encodeURIComponent(displayUri(trackingUri));
  return `${scheme}://${extensionId}/run/${runId}?uri=${uri}`;
}

/** Reads such an address as text, with whatever scheme the editor of its writer has. */
export function parseWorkbenchAddress(text: string): Reference | AddressProblem | undefined {
  const match = /^[a-z][a-z0-9+.-]{0,40}:\/\/([^/?#]+)(\/[^?#]*)(?:\?([^#]*))?/i.exec(text.trim());
  if (match?.[1]?.toLowerCase() !== extensionId) {
    return undefined;
  }
  try {
    return readWorkbenchAddress(
      decodeURIComponent(match[2] ?? ''),
      decodeURIComponent(match[3] ?? ''),
    );
  } catch {
    return 'uri';
  }
}

/** Reads the path and the query of such an address, both decoded. Anybody may have made it up. */
export function readWorkbenchAddress(path: string, query: string): Reference | AddressProblem {
  const [, kind, id = '', ...rest] = path.replace(/\/$/, '').split('/');
  const uri = trackingUriIn(query);
  if (typeof uri === 'string') {
    return uri;
  }
  const runId = kind === 'run' ? readRunId(id) : undefined;
  const experimentId = kind === 'experiment' ? readExperimentId(id) : undefined;
  if (rest.length > 0) {
    return 'what';
  }
  if (runId !== undefined) {
    return { kind: 'run', runId, serverUrl: uri?.text };
  }
  return experimentId === undefined
    ? 'what'
    : { kind: 'experiment', experimentId, serverUrl: uri?.text };
}

function trackingUriIn(query: string): { readonly text: string } | AddressProblem | undefined {
  const text = /(?:^|&)uri=([^&]*)/.exec(query)?.[1]?.trim();
  if (text === undefined || text === '') {
    return undefined;
  }
  if (text.length > longestUri || /[\u0000-\u001f\u007f]/.test(text)) {
    return 'uri';
  }
  if (withoutUserInfo(text) !== text) {
    return 'userInfo';
  }
  if (!/^https?:/i.test(text)) {
    return { text };
  }
  // What is shown and what is asked must be the same server, however odd its spelling is.
  return URL.canParse(text) ? { text: plainUrl(new URL(text)) } : 'uri';
}

function plainUrl({ origin, pathname }: URL): string {
  return `${origin}${pathname}`.replace(/\/+$/, '');
}
