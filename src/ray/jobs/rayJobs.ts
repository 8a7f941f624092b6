import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ClientVariables } from '../../mlflow/clientVariables';
import type { LaunchBackend, LaunchTitle, ProjectCommand } from '../../projects/launchContracts';
import { isLoopback, rayAddress } from './rayAddress';
import { RayClient, type RayJobRequest } from './rayClient';
import { type RayConfig, readRayConfig } from './rayConfig';
import { rayEntrypoint, scriptVariables } from './rayEntrypoint';
import {
  RayJob,
  type RayJobListener,
  type RayPatience,
  submissionId,
  usualPatience,
} from './rayJob';
import { RayPackages } from './rayPackages';
import { RayProblem } from './rayProblem';
import { packVariables, rayVariables } from './rayVariables';
import { placeProgram } from './workingFolder';

/** A run that is to go to a cluster. */
export interface RayLaunch {
  readonly command: ProjectCommand;
  readonly about: Pick<LaunchTitle, 'id' | 'groupId'>;
  /** How MLflow's client reaches its server from here; undefined where none is connected. */
  readonly client: ClientVariables | undefined;
}

/** A run that a cluster has taken. */
export interface RayStarted {
  readonly job: RayJob;
  /** Of the cluster. */
  readonly address: string;
  /** Variables that stayed here, since the cluster could do nothing with them. */
  readonly leftOut: readonly string[];
  /** What stayed here of the folder; see `FolderFiles`. */
  readonly withheld: readonly string[];
}

interface Prepared extends Pick<RayStarted, 'leftOut' | 'withheld'> {
  readonly request: Omit<RayJobRequest, 'submission_id'>;
}

type Environment = Readonly<Record<string, string | undefined>>;

interface Opened {
  readonly config: RayConfig;
  /** Where relative paths of the configuration count from. */
  readonly folder: string | undefined;
  readonly client: RayClient;
}

/** Milliseconds between tries to reach a cluster that has had jobs of the same group. */
const retryPause = 2000;
/** Milliseconds for a job of a dead claimant to end. */
const endPatience = 15_000;

/** Sends runs to Ray clusters. Everything rejects with a {@link RayProblem} where a cluster or its configuration is at fault. */
export class RayJobs {
  private readonly packages = new RayPackages();
  private readonly clients = new Map<string, RayClient>();
  private readonly jobs = new Set<RayJob>();
  /** Groups of which a job was submitted. */
  private readonly known = new Set<string>();
  private readonly abandoned = new Map<string, RayClient>();

  /** @param approve rejects where a cluster may not get what the user has, although a configuration names it */
  constructor(
    private readonly approve: (address: string) => Promise<void>,
    private readonly environment: Environment = process.env,
    private readonly patience: RayPatience = usualPatience,
  ) {}

  /** Resolves once the cluster has the job, or has begun to keep it waiting. */
  async start(
    launch: RayLaunch,
    listener: RayJobListener,
    signal: AbortSignal,
  ): Promise<RayStarted> {
    const { command, about } = launch;
    const opened = await this.open(command.backend);
    const { client } = opened;
    const group = about.groupId ?? about.id;
    const submit = async (): Promise<RayStarted> => {
      const { request, ...kept } = await this.prepare(launch, opened, group, signal);
      await this.stopAbandoned(client, signal);
      const name = command.runId ?? about.id;
      const patience = this.patienceFor(about);
      const job = await RayJob.submit(client, request, name, listener, patience, signal);
      this.watch(job, client);
      return { job, address: client.address.url, ...kept };
    };
    const started = await this.patiently(submit, this.known.has(group), signal);
    this.known.add(group);
    return started;
  }

  /** Goes on with what an earlier window has submitted; undefined where the cluster does not know it. */
  async resume(
    { command, about }: Pick<RayLaunch, 'command' | 'about'>,
    listener: RayJobListener,
    signal: AbortSignal,
  ): Promise<RayJob | undefined> {
    const { client } = await this.open(command.backend);
    const name = command.runId ?? about.id;
    const job = await RayJob.attach(client, name, listener, this.patienceFor(about), signal);
    if (job !== undefined) this.watch(job, client);
    return job;
  }

  /** Ends what may still run of a run whose claimant is dead; resolves once it has ended, or the cluster says nothing of it. */
  async endLost(
    runId: string,
    backend: LaunchBackend | undefined,
    signal: AbortSignal,
  ): Promise<void> {
    const { client } = await this.open(backend);
    const until = performance.now() + endPatience;
    for (let turn = 0; ; turn++) {
      const id = submissionId(runId, turn);
      if ((await client.job(id, signal)) === undefined) return;
      await client.stop(id, signal);
      for (;;) {
        const state = await client.job(id, signal);
        // What waits for resources ends as soon as it gets them.
        if (state?.status !== 'RUNNING' || performance.now() > until) break;
        await delay(300, undefined, { signal });
      }
    }
  }

  dispose(): void {
    this.jobs.forEach((job) => job.dispose());
    this.clients.forEach((client) => client.dispose());
  }

  private watch(job: RayJob, client: RayClient): void {
    this.jobs.add(job);
    void job.ended.then(() => {
      this.jobs.delete(job);
      if (job.isAbandoned) this.abandoned.set(job.id, client);
    });
  }

  /** Runs of a sweep are begun anew in time; nothing takes the place of another. */
  private patienceFor({ groupId }: RayLaunch['about']): RayPatience {
    return groupId === undefined ? { ...this.patience, gone: Infinity } : this.patience;
  }

  /** Nobody else will: their runs have been begun anew. What does not answer is asked again before the next start. */
  private async stopAbandoned(client: RayClient, signal: AbortSignal): Promise<void> {
    for (const [id, its] of [...this.abandoned]) {
      if (its !== client) continue;
      await client.stop(id, signal).then(
        () => this.abandoned.delete(id),
        () => undefined,
      );
    }
  }

  private async patiently<T>(
    carryOut: () => Promise<T>,
    isKnown: boolean,
    signal: AbortSignal,
  ): Promise<T> {
    const until = performance.now() + this.patience.gone;
    for (;;) {
      try {
        return await carryOut();
      } catch (error) {
        const mayPass = error instanceof RayProblem && error.kind === 'unreachable';
        if (!mayPass || !isKnown || performance.now() > until) throw error;
        await delay(Math.min(retryPause, this.patience.gone), undefined, { signal });
      }
    }
  }

  private async open(backend: LaunchBackend | undefined): Promise<Opened> {
    const { text, folder } = await configText(backend?.configFile);
    const config = readRayConfig(text);
    const address = rayAddress(config.address, this.environment, await this.token());
    if (config.address !== undefined && !isLoopback(address.url)) await this.approve(address.url);
    const key = JSON.stringify(address);
    const client = this.clients.get(key) ?? new RayClient(address);
    this.clients.set(key, client);
    return { config, folder, client };
  }

  private async prepare(
    { command, client }: RayLaunch,
    opened: Opened,
    group: string,
    signal: AbortSignal,
  ): Promise<Prepared> {
    const { config, folder } = opened;
    const cluster = opened.client.address.url;
    const { set, leftOut } = rayVariables(
      {
        ...{ client, launch: command.environment, configured: config.variables },
        own: scriptVariables(command),
      },
      cluster,
    );
    const { variables, isPacked } = packVariables(set);
    const { program, source } = placeProgram(command.program, config, folder);
    const { python } = config;
    const entrypoint = rayEntrypoint(command, { python, program, isPacked });
    const { uri: workingDir, withheld = [] } =
      source === undefined || 'uri' in source
        ? { uri: source?.uri }
        : await this.packages.bring(opened.client, source.folder, config.excludes, group, signal);
    return {
      request: {
        ...config.resources,
        entrypoint,
        runtime_env: {
          ...(await withRequirements(config.runtimeEnv, folder)),
          ...(workingDir !== undefined && { working_dir: workingDir }),
          env_vars: variables,
        },
        metadata: command.runId === undefined ? {} : { 'mlflow.runId': command.runId },
      },
      leftOut,
      withheld,
    };
  }

  /** Where Ray's own clients look for it. */
  private async token(): Promise<string | undefined> {
    const { RAY_AUTH_TOKEN: token, RAY_AUTH_TOKEN_PATH: file } = this.environment;
    if (token) return token;
    const text = await readFile(file ?? path.join(homedir(), '.ray', 'auth_token'), 'utf8').catch(
      () => '',
    );
    return text.trim() || undefined;
  }
}

/** `mlflow run` takes either a path that ends so, or JSON. */
async function configText(
  config: string | undefined,
): Promise<{ readonly text: string; readonly folder: string | undefined }> {
  if (config === undefined) return { text: '', folder: undefined };
  if (!config.endsWith('.json')) return { text: config, folder: undefined };
  try {
    return { text: await readFile(config, 'utf8'), folder: path.dirname(config) };
  } catch (error) {
    throw new RayProblem('noJson', (error as Error).message);
  }
}

/** A file of requirements is read here, as Ray's own clients do: the cluster does not have it. */
async function withRequirements(
  environment: Readonly<Record<string, unknown>>,
  folder: string | undefined,
): Promise<Record<string, unknown>> {
  const made = { ...environment };
  for (const tool of ['pip', 'uv']) {
    const file = made[tool];
    if (typeof file !== 'string') continue;
    const text = await readFile(path.resolve(folder ?? '', file), 'utf8').catch(
      (error: unknown) => {
        throw new RayProblem('wrongValue', `runtime_env.${tool}: ${(error as Error).message}`);
      },
    );
    const lines = text.split('\n').map((line) => line.trim());
    made[tool] = lines.filter((line) => line !== '' && !line.startsWith('#'));
  }
  return made;
}
