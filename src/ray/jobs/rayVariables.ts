import type { ClientVariables } from '../../mlflow/clientVariables';
import { isLoopback } from './rayAddress';
import { RayProblem } from './rayProblem';

export interface RayVariables {
  /** For `runtime_env.env_vars`. */
  readonly set: Readonly<Record<string, string>>;
  /** Names of variables that would name what this machine alone has, so they are left out. */
  readonly leftOut: readonly string[];
}

/** How to end what runs: MLflow ends its run at SIGINT, and may have to tell a slow server. */
const endings = { RAY_JOB_STOP_SIGNAL: 'SIGINT', RAY_JOB_STOP_WAIT_TIME_S: '10' };

/** Files, and the way out of this machine's network. */
const ofThisMachine =
  /^(?:MLFLOW_TRACKING_(?:SERVER_CERT|CLIENT_CERT)_PATH|MLFLOW_ALLOW_FILE_STORE|(?:https?|no)_proxy)$/i;

const packedName = 'MLFLOW_WORKBENCH_VARIABLES';

export interface VariableSources {
  /** How MLflow's client reaches its server from here; undefined where no server is connected. */
  readonly client: ClientVariables | undefined;
  /** Of the launch. */
  readonly launch: Readonly<Record<string, string>>;
  /** Of the configuration: these count most. */
  readonly configured: Readonly<Record<string, string>>;
  /** What MLflow tells a script. */
  readonly own: Readonly<Record<string, string>>;
}

/** What a job is given. Throws a {@link RayProblem} where MLflow on the cluster could not reach its server. */
export function rayVariables(sources: VariableSources, cluster: string): RayVariables {
  const { client, launch, configured, own } = sources;
  const fromHere = Object.entries(client?.set ?? {});
  const leftOut = fromHere.flatMap(([name]) =>
    ofThisMachine.test(name) && !(name in configured) ? [name] : [],
  );
  const kept = Object.fromEntries(fromHere.filter(([name]) => !ofThisMachine.test(name)));
  const uri = configured['MLFLOW_TRACKING_URI'];
  if (uri === undefined) checkReach(client?.set['MLFLOW_TRACKING_URI'], cluster);
  const registry = kept['MLFLOW_REGISTRY_URI'];
  if (registry !== undefined && !isReachable(registry, cluster)) {
    delete kept['MLFLOW_REGISTRY_URI'];
    leftOut.push('MLFLOW_REGISTRY_URI');
  }
  return { set: { ...endings, ...launch, ...kept, ...own, ...configured }, leftOut };
}

function checkReach(uri: string | undefined, cluster: string): void {
  if (uri === undefined) throw new RayProblem('noServer', '', cluster);
  if (!isReachable(uri, cluster)) throw new RayProblem('storeHere', uri, cluster);
}

/** What listens on this machine alone is reached by a cluster on this machine alone; a store without a server by nobody. */
function isReachable(uri: string, cluster: string): boolean {
  return /^https?:/i.test(uri) ? !isLoopback(uri) || isLoopback(cluster) : hasServer(uri);
}

function hasServer(uri: string): boolean {
  return /^(?:databricks|postgres|mysql|mssql)/i.test(uri);
}

/**
 * Ray replaces `$NAME` in variables by what the node knows of that name, and nothing escapes that: such values travel in one
 * variable, which {@link loader} unpacks.
 */
export function packVariables(set: Readonly<Record<string, string>>): {
  readonly variables: Readonly<Record<string, string>>;
  readonly isPacked: boolean;
} {
  const odd = Object.entries(set).filter(([, value]) => value.includes('$'));
  if (odd.length === 0) return { variables: set, isPacked: false };
  const plain = Object.fromEntries(Object.entries(set).filter(([, value]) => !value.includes('$')));
  const bytes = new TextEncoder().encode(JSON.stringify(Object.fromEntries(odd)));
  const packed = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  return { variables: { ...plain, [packedName]: packed }, isPacked: true };
}

/** Python that takes the place of itself with a command, whose variables it has unpacked. */
export const loader =
  'import base64,json,os,sys;' +
  `os.environ.update(json.loads(base64.b64decode(os.environ.pop("${packedName}"))));` +
  'os.execvp(sys.argv[1],sys.argv[1:])';
