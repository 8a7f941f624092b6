import { createServer, request } from 'node:http';
import type { Server } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { AddressInfo } from 'node:net';
import { startMlflow } from '../../scripts/mlflowServer.mts';
import type { MlflowServer } from '../../scripts/mlflowServer.mts';
import { ensurePython } from '../../scripts/pythonEnvironment.mts';

/** What a run is logged with. */
export interface RunToLog {
  readonly experimentId: string;
  readonly name: string;
  /** Without one it stays `RUNNING`. */
  readonly status?: 'FINISHED' | 'FAILED' | 'KILLED';
  readonly parentId?: string;
  readonly metrics?: Readonly<Record<string, number>>;
  readonly params?: Readonly<Record<string, string>>;
  /** Milliseconds since 1970; now, if left out. */
  readonly startTime?: number;
}

/** A real MLflow whose requests are counted, and that can be cut off and reached again. */
export class JourneyMlflow {
  private constructor(
    /** Paths of the requests that came through, oldest first. */
    readonly requests: readonly string[],
    private readonly server: Promise<MlflowServer>,
    private readonly directory: string,
    private readonly door: Server,
    private readonly port: number,
  ) {}

  /** Its address is there at once; MLflow comes to it later, and `call` waits for that. */
  static async start(): Promise<JourneyMlflow> {
    const directory = await mkdtemp(path.join(os.tmpdir(), 'journey-mlflow-'));
    const server = ensurePython('demo').then((python) => startMlflow({ python, directory }));
    // Told to whoever calls it.
    server.catch(() => undefined);
    const requests: string[] = [];
    const door = createServer((incoming, outgoing) => {
      requests.push(incoming.url ?? '');
      const { method, url, headers } = incoming;
      const goOn = (mlflow: MlflowServer): void => {
        const onward = request(mlflow.url + (url ?? ''), { method, headers }, (reply) => {
          outgoing.writeHead(reply.statusCode ?? 502, reply.headers);
          reply.pipe(outgoing);
        });
        onward.on('error', () => outgoing.destroy());
        incoming.pipe(onward);
      };
      server.then(goOn, () => outgoing.destroy());
    });
    await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
    const { port } = door.address() as AddressInfo;
    return new JourneyMlflow(requests, server, directory, door, port);
  }

  /** The tracking URI. */
  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Nothing answers at its address any more. */
  async goDown(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.door.close(() => resolve()));
    this.door.closeAllConnections();
    await closed;
  }

  async comeBack(): Promise<void> {
    await new Promise<void>((resolve) => this.door.listen(this.port, '127.0.0.1', resolve));
  }

  /** @param keep called with the database's file before it is removed */
  async stop(keep?: (databaseFile: string) => Promise<void>): Promise<void> {
    await this.goDown().catch(() => undefined);
    await this.server.then((server) => server.stop()).catch(() => undefined);
    await keep?.(path.join(this.directory, 'mlflow.db'));
    await rm(this.directory, { recursive: true, force: true, maxRetries: 3 });
  }

  /** A call of MLflow's REST API, past the counting. */
  async call<T>(name: string, body: object): Promise<T> {
    const { url } = await this.server;
    const reply = await fetch(`${url}/api/2.0/mlflow/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!reply.ok) throw new Error(`${name}: ${reply.status} ${await reply.text()}`);
    return (await reply.json()) as T;
  }

  async createExperiment(name: string): Promise<string> {
    const made = await this.call<{ experiment_id: string }>('experiments/create', { name });
    return made.experiment_id;
  }

  /** @returns the run's id */
  async logRun(run: RunToLog): Promise<string> {
    const start = run.startTime ?? Date.now();
    const parent = run.parentId === undefined ? [] : [['mlflow.parentRunId', run.parentId]];
    const { run: made } = await this.call<{ run: { info: { run_id: string } } }>('runs/create', {
      experiment_id: run.experimentId,
      run_name: run.name,
      start_time: start,
      tags: parent.map(([key, value]) => ({ key, value })),
    });
    const id = made.info.run_id;
    await this.logMetrics(id, run.metrics ?? {}, run.params);
    if (run.status !== undefined)
      await this.call('runs/update', { run_id: id, status: run.status, end_time: start + 1000 });
    return id;
  }

  async logMetrics(
    runId: string,
    metrics: Readonly<Record<string, number>>,
    params: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    const timestamp = Date.now();
    await this.call('runs/log-batch', {
      run_id: runId,
      metrics: Object.entries(metrics).map(([key, value]) => ({ key, value, timestamp, step: 0 })),
      params: Object.entries(params).map(([key, value]) => ({ key, value })),
    });
  }
}
