import { RayProblem } from './rayProblem';

/** How runs are sent to a Ray cluster: the JSON file that a backend names. Names of keys are those of Ray's Jobs API. */
export interface RayConfig {
  /** http(s), with a path where the dashboard has one. */
  readonly address: string | undefined;
  /** Of each run, or of the cluster's queue: what is kept free for a run while it goes on. */
  readonly resources: RayResources;
  /** As Ray takes it, without `working_dir` and `excludes`. */
  readonly runtimeEnv: Readonly<Record<string, unknown>>;
  /** Variables of `runtime_env`. */
  readonly variables: Readonly<Record<string, string>>;
  /** A folder of this machine, or a URI that the cluster reads; undefined for the project's folder. */
  readonly workingDir: string | undefined;
  /** Patterns as in a `.gitignore`. */
  readonly excludes: readonly string[];
  /** Of the cluster. */
  readonly python: string;
}

export interface RayResources {
  readonly entrypoint_num_cpus?: number;
  readonly entrypoint_num_gpus?: number;
  /** Bytes. */
  readonly entrypoint_memory?: number;
  readonly entrypoint_resources?: Readonly<Record<string, number>>;
  readonly entrypoint_label_selector?: Readonly<Record<string, string>>;
}

const known = [
  ...['address', 'runtime_env', 'working_dir', 'excludes', 'python', 'entrypoint_num_cpus'],
  ...['entrypoint_num_gpus', 'entrypoint_memory', 'entrypoint_resources'],
  'entrypoint_label_selector',
];

/**
 * Reads the configuration; an empty text means Ray's defaults. A run that asks for no resources gets one CPU: Ray would put it on
 * the head node, however many run there. Throws a {@link RayProblem}.
 */
export function readRayConfig(text: string): RayConfig {
  const root = text.trim() === '' ? {} : parsed(text);
  const stranger = Object.keys(root).find((key) => !known.includes(key));
  if (stranger !== undefined) throw new RayProblem('unknownKey', stranger);
  const environment = optional(root, 'runtime_env', isObject, 'an object') ?? {};
  const { working_dir: innerDir, excludes: innerExcludes, env_vars: inner, ...rest } = environment;
  const outer = optional(root, 'working_dir', isText, 'a path or URI');
  const patterns = optional(root, 'excludes', isTexts, 'a list of patterns');
  return {
    address: optional(root, 'address', isText, 'an address, such as http://127.0.0.1:8265'),
    resources: readResources(root),
    runtimeEnv: rest,
    variables:
      optional({ 'runtime_env.env_vars': inner }, 'runtime_env.env_vars', isTextMap, texts) ?? {},
    workingDir: outer ?? checked(innerDir, 'runtime_env.working_dir', isText, 'a path or URI'),
    excludes:
      patterns ??
      checked(innerExcludes, 'runtime_env.excludes', isTexts, 'a list of patterns') ??
      [],
    python: optional(root, 'python', isText, 'a command or path') ?? 'python',
  };
}

const texts = 'an object of texts';

function readResources(root: Record<string, unknown>): RayResources {
  const amount = (key: string): number | undefined =>
    optional(root, key, isAmount, 'a number from 0 on');
  const cpus = amount('entrypoint_num_cpus');
  const gpus = amount('entrypoint_num_gpus');
  const memory = amount('entrypoint_memory');
  const resources = optional(root, 'entrypoint_resources', isAmountMap, 'an object of numbers');
  const labels = optional(root, 'entrypoint_label_selector', isTextMap, texts);
  const found: RayResources = {
    ...(cpus !== undefined && { entrypoint_num_cpus: cpus }),
    ...(gpus !== undefined && { entrypoint_num_gpus: gpus }),
    ...(memory !== undefined && { entrypoint_memory: memory }),
    ...(resources && { entrypoint_resources: resources }),
    ...(labels && { entrypoint_label_selector: labels }),
  };
  return Object.keys(found).length === 0 ? { entrypoint_num_cpus: 1 } : found;
}

function parsed(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new RayProblem('noJson', error instanceof Error ? error.message : String(error));
  }
  if (!isObject(value)) throw new RayProblem('noJson', 'it is no object');
  return value;
}

function optional<T>(
  root: Readonly<Record<string, unknown>>,
  key: string,
  is: (value: unknown) => value is T,
  wanted: string,
): T | undefined {
  return checked(root[key], key, is, wanted);
}

function checked<T>(
  value: unknown,
  key: string,
  is: (value: unknown) => value is T,
  wanted: string,
): T | undefined {
  if (value === undefined || value === null) return undefined;
  if (!is(value)) throw new RayProblem('wrongValue', `${key}: ${wanted}`);
  return value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

function isTextMap(value: unknown): value is Record<string, string> {
  return isObject(value) && Object.values(value).every((one) => typeof one === 'string');
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function isAmountMap(value: unknown): value is Record<string, number> {
  return isObject(value) && Object.values(value).every(isAmount);
}
