import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startMlflow, type MlflowServer } from '../../scripts/mlflowServer.mts';
import { ensurePython } from '../../scripts/pythonEnvironment.mts';
import { runCommand } from '../../scripts/runCommand.mts';

const script = path.resolve('test/support/comparisonRuns.py');

/** A point as MLflow's own client reads it: run id, metric, step, timestamp, value as Python writes it. */
export type ClientPoint = readonly [string, string, number, number, string];

/** A store with an experiment `races` of four runs, the last of them in progress, logged by MLflow's own client. */
export class ComparisonStore {
  private constructor(
    readonly uri: string,
    /** Ids of the runs by their names. */
    readonly ids: ReadonlyMap<string, string>,
    private readonly python: string,
    /** Where the store lies. */
    readonly directory: string,
    private readonly server: MlflowServer | undefined,
  ) {}

  /** A server of MLflow 3.17 (`demo`) or 2.22 (`mlflow2`), or a database without one. */
  static async open(kind: 'demo' | 'mlflow2' | 'database'): Promise<ComparisonStore> {
    const directory = await mkdtemp(path.join(tmpdir(), 'comparison-'));
    const python = await ensurePython(kind === 'mlflow2' ? 'mlflow2' : 'demo');
    const server = kind === 'database' ? undefined : await startMlflow({ python, directory });
    const uri = server?.url ?? `sqlite:///${path.join(directory, 'races.db')}`;
    const file = path.join(directory, 'ids.json');
    await runCommand(python, [script, 'log', uri, file], { cwd: directory });
    const ids = JSON.parse(await readFile(file, 'utf8')) as Record<string, string>;
    return new ComparisonStore(uri, new Map(Object.entries(ids)), python, directory, server);
  }

  idOf(name: string): string {
    return this.ids.get(name) ?? '';
  }

  /** Logs one more point of `train/loss`, 0.0625 at step 200. */
  async logMore(name: string): Promise<void> {
    await runCommand(this.python, [script, 'more', this.uri, this.idOf(name)]);
  }

  /** All points of these runs as MLflow's client reads them. */
  async histories(...names: readonly string[]): Promise<readonly ClientPoint[]> {
    const ids = names.map((name) => this.idOf(name));
    const file = path.join(this.directory, 'histories.json');
    await runCommand(this.python, [script, 'histories', this.uri, file, ...ids]);
    return JSON.parse(await readFile(file, 'utf8')) as readonly ClientPoint[];
  }

  async dispose(): Promise<void> {
    await this.server?.stop();
    await rm(this.directory, { recursive: true, force: true, maxRetries: 3 });
  }
}
