import { withoutUserInfo, type SignIn } from './signIn';
import type { TrackingUri } from './trackingUri';
import type { Transport } from './transport';

/** Variables of the environment that MLflow's client reads. They may hold secrets. */
export interface ClientVariables {
  readonly set: Readonly<Record<string, string>>;
  /** Names of what must not reach the client, though the editor's environment may have it. */
  readonly unset: readonly string[];
}

/** A connection, as MLflow's own client is to reach it. */
export interface ClientPlace {
  readonly tracking: TrackingUri;
  /** Where registered models live, if not there, too. */
  readonly registry: TrackingUri | undefined;
  readonly transport: Transport;
  readonly signIn: SignIn | undefined;
  /** Absolute paths, which MLflow wants in place of the certificates. */
  readonly files: CertificateFiles;
}

export interface CertificateFiles {
  readonly ca?: string | undefined;
  readonly clientCertificate?: string | undefined;
}

/** All that MLflow's client goes by (`mlflow.utils.credentials`, `rest_utils`, `_tracking_service.utils`). */
const ofTheClient = [
  'MLFLOW_TRACKING_URI',
  'MLFLOW_REGISTRY_URI',
  'MLFLOW_TRACKING_USERNAME',
  'MLFLOW_TRACKING_PASSWORD',
  'MLFLOW_TRACKING_TOKEN',
  'MLFLOW_TRACKING_INSECURE_TLS',
  'MLFLOW_TRACKING_SERVER_CERT_PATH',
  'MLFLOW_TRACKING_CLIENT_CERT_PATH',
  'MLFLOW_WORKSPACE',
];

/**
 * How MLflow's client reaches what the window is connected to. A local store is named by itself, not by a server of ours: the
 * client then writes artifacts where it always would. Nothing of a former connection shines through.
 */
export function clientVariables(place: ClientPlace): ClientVariables {
  const { tracking, registry } = place;
  const set = {
    MLFLOW_TRACKING_URI: clientUri(tracking),
    ...(registry && { MLFLOW_REGISTRY_URI: clientUri(registry) }),
    // From MLflow 3.13 on, folders are refused without it.
    ...([tracking, registry].some((uri) => uri?.kind === 'files') && {
      MLFLOW_ALLOW_FILE_STORE: 'true',
    }),
    ...(tracking.kind === 'http' && ofServer(place)),
  };
  return { set, unset: ofTheClient.filter((name) => !(name in set)) };
}

function clientUri(uri: TrackingUri): string {
  switch (uri.kind) {
    case 'http':
      return withoutUserInfo(uri.uri);
    case 'files':
      return uri.path;
    default:
      return uri.uri;
  }
}

function ofServer({ transport, signIn, files }: ClientPlace): Record<string, string> {
  const { tls, workspace } = transport;
  return {
    ...(signIn?.kind === 'basic' && {
      MLFLOW_TRACKING_USERNAME: signIn.user,
      MLFLOW_TRACKING_PASSWORD: signIn.password,
    }),
    ...(signIn?.kind === 'token' && { MLFLOW_TRACKING_TOKEN: signIn.token }),
    ...(tls?.insecure && { MLFLOW_TRACKING_INSECURE_TLS: 'true' }),
    ...(files.ca !== undefined && { MLFLOW_TRACKING_SERVER_CERT_PATH: files.ca }),
    ...(files.clientCertificate !== undefined && {
      MLFLOW_TRACKING_CLIENT_CERT_PATH: files.clientCertificate,
    }),
    ...(workspace !== undefined && { MLFLOW_WORKSPACE: workspace }),
    ...ofProxy(transport),
  };
}

/** Python's HTTP libraries read either case, and differ in which comes first. */
function ofProxy({ proxy }: Transport): Record<string, string> {
  const variables: Record<string, string> = {};
  const add = (name: string, value: string | undefined): void => {
    if (value !== undefined) {
      variables[name] = value;
      variables[name.toLowerCase()] = value;
    }
  };
  add('HTTP_PROXY', proxy && withUser(proxy.http, proxy.authorization));
  add('HTTPS_PROXY', proxy && withUser(proxy.https, proxy.authorization));
  add('NO_PROXY', proxy?.noProxy);
  return variables;
}

/** Nothing but the address can bring a user name along. */
function withUser(
  proxy: string | undefined,
  authorization: string | undefined,
): string | undefined {
  const basic = /^basic\s+(\S+)$/i.exec(authorization ?? '')?.[1];
  if (proxy === undefined || basic === undefined || !URL.canParse(proxy)) {
    return proxy;
  }
  const bytes = Uint8Array.from(atob(basic), (character) => character.charCodeAt(0));
  const [user = '', ...rest] = new TextDecoder().decode(bytes).split(':');
  const url = new URL(proxy);
  url.username = encodeURIComponent(user);
  url.password = encodeURIComponent(rest.join(':'));
  return url.href;
}
