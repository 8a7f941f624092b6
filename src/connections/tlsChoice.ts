import type { CertificateFiles } from '../mlflow/clientVariables';
import type { TlsOptions } from '../mlflow/transport';
import {
  fingerprint,
  isInFolder,
  readAuthorities,
  readClientCertificate,
  wholePath,
  type PathBase,
} from './certificates';
import { TransportProblem } from './transportProblem';
import { leveled, type LeveledSettings } from './transportSettings';
import { flag, variable, type Owned, type VariableSources } from './variables';

export interface TlsSources extends VariableSources, PathBase {
  readonly settings: LeveledSettings;
  /** `http.systemCertificates`. */
  readonly systemCertificates: boolean;
}

/** How certificates are looked at. */
export interface TlsChoice {
  readonly tls: TlsOptions;
  readonly insecure: boolean;
  /** How the workspace makes it easier to listen: `insecure`, or `ca:` and which; absent if it does not. */
  readonly weakness: string | undefined;
  /** Shows who the user is, so it counts as a secret; the workspace's own lies in its folder. */
  readonly clientCertificate: Owned<NonNullable<TlsOptions['clientCertificate']>> | undefined;
  /** Where these certificates lie. */
  readonly files: CertificateFiles;
}

/**
 * Chooses among settings and MLflow's variables, settings first. Like MLflow, it refuses any
 * certificate to be taken where an authority is named, too. Throws `TransportProblem`.
 */
export async function chooseTls(sources: TlsSources): Promise<TlsChoice> {
  const insecure = insecureIn(sources);
  const named =
    leveled(sources.settings, 'caFile') ?? setVariable(sources, 'MLFLOW_TRACKING_SERVER_CERT_PATH');
  if (insecure?.value && named !== undefined) {
    throw new TransportProblem({ what: 'insecureAndCa' });
  }
  const authority = named ?? (insecure?.value ? undefined : requestsBundle(sources));
  const ca = authority === undefined ? undefined : await authorities(authority, sources);
  return {
    tls: {
      ...(ca !== undefined && { ca: ca.value }),
      systemCertificates: sources.systemCertificates,
      ...(insecure?.value && { insecure: true }),
    },
    insecure: insecure?.value ?? false,
    weakness: weaknessOf(insecure, ca),
    clientCertificate: await clientCertificate(sources),
    files: {
      ca: authority && wholePath(authority.value, sources),
      clientCertificate: clientCertificateFile(sources)?.value,
    },
  };
}

function insecureIn(sources: TlsSources): Owned<boolean> | undefined {
  const set = leveled(sources.settings, 'insecure');
  if (set !== undefined) {
    return set;
  }
  const name = 'MLFLOW_TRACKING_INSECURE_TLS';
  const found = flag(sources, name);
  if (found === undefined && variable(sources, name) !== undefined) {
    throw new TransportProblem({ what: 'insecureFlag' });
  }
  return found;
}

/** What MLflow's HTTP library goes by where MLflow names nothing. */
function requestsBundle({ environment }: TlsSources): Owned<string> | undefined {
  const value = environment['REQUESTS_CA_BUNDLE'] || environment['CURL_CA_BUNDLE'];
  return value ? { value, owner: 'user' } : undefined;
}

async function authorities(
  named: Owned<string>,
  sources: TlsSources,
): Promise<Owned<readonly string[]>> {
  const path = wholePath(named.value, sources);
  const value = await readAuthorities(path);
  const owner = (await isInFolder(path, sources.folder)) ? 'workspace' : named.owner;
  return { value, owner };
}

async function clientCertificate(sources: TlsSources): Promise<TlsChoice['clientCertificate']> {
  const path = clientCertificateFile(sources)?.value;
  if (path === undefined) {
    return undefined;
  }
  const owner = (await isInFolder(path, sources.folder)) ? 'workspace' : 'user';
  return { value: await readClientCertificate(path), owner };
}

function clientCertificateFile(sources: TlsSources): Owned<string> | undefined {
  const named =
    leveled(sources.settings, 'clientCertificate') ??
    setVariable(sources, 'MLFLOW_TRACKING_CLIENT_CERT_PATH');
  return named && { ...named, value: wholePath(named.value, sources) };
}

function setVariable(sources: TlsSources, name: string): Owned<string> | undefined {
  const found = variable(sources, name);
  return found?.value === '' ? undefined : found;
}

function weaknessOf(
  insecure: Owned<boolean> | undefined,
  ca: Owned<readonly string[]> | undefined,
): string | undefined {
  if (insecure?.value && insecure.owner === 'workspace') {
    return 'insecure';
  }
  return ca?.owner === 'workspace' ? `ca:${fingerprint(ca.value)}` : undefined;
}
