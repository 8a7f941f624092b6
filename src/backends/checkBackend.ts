import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { LaunchBackend } from '../projects/launchContracts';

/** What keeps MLflow from running anything on a backend; the detail is beside each. */
export type BackendProblemKind =
  /** It needs a configuration. */
  | 'noConfig'
  /** `mlflow run` takes a file only where its name ends so: the file. */
  | 'notJsonName'
  /** The configuration is no JSON object: what is wrong. */
  | 'noJson'
  /** A key is missing: the key. */
  | 'missingKey'
  /** The template of the Kubernetes job is not there: its path. */
  | 'noTemplate'
  /** Kubernetes runs images, and the project names none. */
  | 'noDocker'
  /** MLflow gives runs clusters of their own. */
  | 'existingCluster'
  /** Databricks logs to a server or to Databricks: the tracking URI. */
  | 'storeHere'
  /** MLflow makes a run of its own there, so that of a sweep would stay empty. */
  | 'noSweep';

export interface BackendProblem {
  readonly kind: BackendProblemKind;
  readonly backend: string;
  readonly detail: string;
}

export interface BackendPlace {
  /** Where `mlflow run` is started: the project's folder; undefined for a Git URI. */
  readonly folder: string | undefined;
  readonly trackingUri: string | undefined;
  readonly isSweep: boolean;
}

/**
 * Looks at a backend before something is run on it: MLflow says most of it only after it has made a run. `local` and `ray` pass: the
 * one needs nothing, the other is looked at by what talks to it. (`mlflow.projects`, `mlflow.projects.databricks`)
 */
export async function checkBackend(
  { name, configFile }: LaunchBackend,
  place: BackendPlace,
): Promise<BackendProblem | undefined> {
  if (name === 'local' || name === 'ray') return undefined;
  const problem = (kind: BackendProblemKind, detail = ''): BackendProblem => ({
    ...{ kind, backend: name, detail },
  });
  if (place.isSweep) return problem('noSweep');
  const needsConfig = name === 'kubernetes' || name === 'databricks';
  if (configFile === undefined) return needsConfig ? problem('noConfig') : undefined;
  if (path.isAbsolute(configFile) && !configFile.endsWith('.json')) {
    return problem('notJsonName', configFile);
  }
  const read = await readConfig(configFile);
  if (typeof read === 'string') return problem('noJson', read);
  const found =
    name === 'kubernetes'
      ? await kubernetesProblem(read, place)
      : name === 'databricks'
        ? databricksProblem(read, place)
        : undefined;
  return found && problem(...found);
}

type Found = readonly [kind: BackendProblemKind, detail?: string];

async function kubernetesProblem(
  config: Config,
  { folder }: BackendPlace,
): Promise<Found | undefined> {
  const lacking = ['kube-job-template-path', 'repository-uri'].find((key) => !isText(config[key]));
  if (lacking !== undefined) return ['missingKey', lacking];
  const template = path.resolve(folder ?? '', String(config['kube-job-template-path']));
  const isAbsolute = path.isAbsolute(String(config['kube-job-template-path']));
  if ((folder !== undefined || isAbsolute) && !(await isFile(template))) {
    return ['noTemplate', template];
  }
  return folder !== undefined && (await lacksDocker(folder)) ? ['noDocker'] : undefined;
}

function databricksProblem(config: Config, { trackingUri }: BackendPlace): Found | undefined {
  const inner = config['new_cluster'];
  const cluster = isObject(inner) ? inner : config;
  if ('existing_cluster_id' in config) return ['existingCluster'];
  if (!isText(cluster['spark_version'])) return ['missingKey', 'spark_version'];
  return trackingUri === undefined || /^(?:databricks|https?:)/i.test(trackingUri)
    ? undefined
    : ['storeHere', trackingUri];
}

type Config = Readonly<Record<string, unknown>>;

/** The configuration, or what is wrong with it. */
async function readConfig(config: string): Promise<Config | string> {
  try {
    const text = config.endsWith('.json') ? await readFile(config, 'utf8') : config;
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : 'not an object';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function lacksDocker(folder: string): Promise<boolean> {
  for (const name of ['MLproject', 'mlproject', 'MLProject']) {
    const text = await readFile(path.join(folder, name), 'utf8').catch(() => undefined);
    if (text !== undefined) return !/^["']?docker_env["']?\s*:/m.test(text) && !/^\s*\{/.test(text);
  }
  return false;
}

async function isFile(file: string): Promise<boolean> {
  return stat(file).then(
    (facts) => facts.isFile(),
    () => false,
  );
}

function isObject(value: unknown): value is Config {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
