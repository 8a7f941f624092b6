import { withoutUserInfo } from './signIn';
import { displayUri } from './trackingUri';

/** Where the thing lives that somebody pasted or clicked. */
interface Place {
  /** The tracking server without credentials; absent where nothing but an id was given. */
  readonly serverUrl: string | undefined;
  /** The page of MLflow's own web pages that it was given as, without credentials. */
  readonly page?: string;
}

export type RunReference = Place & { readonly kind: 'run'; readonly runId: string };
export type ExperimentReference = Place & {
  readonly kind: 'experiment';
  readonly experimentId: string;
};

/** A run or an experiment, as somebody pasted or clicked it. */
export type Reference = RunReference | ExperimentReference;

const runIdPattern = /^[0-9a-f]{32}$/i;
const experimentIdPattern = /^\d{1,32}$/;
const runRoute = /\/runs\/([0-9a-f]{32})(?:[/?#]|$)/i;
const experimentRoute = /\/experiments\/(\d{1,32})(?:[/?#]|$)/;

/** A run's id in lower case, if it may be one. */
export function readRunId(text: string): string | undefined {
  return runIdPattern.test(text) ? text.toLowerCase() : undefined;
}

/** An experiment's id, if it may be one. */
export function readExperimentId(text: string): string | undefined {
  return experimentIdPattern.test(text) ? text : undefined;
}

/**
 * Reads a run id (32 hexadecimal digits), an address of MLflow's web pages
 * (`http://host/#/experiments/1/runs/<id>`), or `runs:/<id>/path`.
 */
export function parseRunReference(text: string): RunReference | undefined {
  const trimmed = text.trim();
  const id = readRunId(trimmed) ?? /^runs:\/+([0-9a-f]{32})(?:\/|$)/i.exec(trimmed)?.[1];
  if (id !== undefined) {
    return { kind: 'run', runId: id.toLowerCase(), serverUrl: undefined };
  }
  const page = parsePage(trimmed);
  return page?.kind === 'run' ? page : undefined;
}

/** Reads an address of a run or an experiment in MLflow's web pages. */
export function parsePage(address: string): Reference | undefined {
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) {
    return undefined;
  }
  const page = withoutUserInfo(address);
  const runId = runRoute.exec(address)?.[1]?.toLowerCase();
  if (runId !== undefined) {
    const serverUrl = serverIn(address, /\/(?:ml\/)?experiments\/[^/]+\/runs\/.*$/s);
    return { kind: 'run', runId, serverUrl, page };
  }
  const experimentId = experimentRoute.exec(address)?.[1];
  return experimentId === undefined
    ? undefined
    : {
        kind: 'experiment',
        experimentId,
        serverUrl: serverIn(address, /\/(?:ml\/)?experiments\/\d.*$/s),
        page,
      };
}

function serverIn(address: string, route: RegExp): string {
  return displayUri(address.replace(route, '')).replace(/\/+$/, '');
}
