import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '../../scripts/freePort.mts';
import { startMlflow, type MlflowServer } from '../../scripts/mlflowServer.mts';
import { ensurePython } from '../../scripts/pythonEnvironment.mts';
import { runCommand } from '../../scripts/runCommand.mts';

const script = path.resolve('test/support/comparisonRuns.py');

/** A point as MLflow's own client reads it: run id, metric, step, timestamp, value as Python writes it. */
export type ClientPoint = readonly [string, string, number, number, string];

/** A store with an experiment `races` of four runs, the last of them in progress, logged by MLflow's own client. */
export class ComparisonStore {
  /** Ids of the runs by their names, once it is filled. */
  ids: ReadonlyMap<string, string> = new Map();
  private server: MlflowServer | undefined;

  private constructor(
    readonly uri: string,
    private readonly python: string,
    /** Where the store lies. */
    readonly directory: string,
    private readonly port: number | undefined,
  ) {}

  /** A server of MLflow 3.17 (`demo`) or 2.22 (`mlflow2`), or a database without one: where it will be. */
  static async place(kind: 'demo' | 'mlflow2' | 'database'): Promise<ComparisonStore> {
    const directory = await mkdtemp(path.join(tmpdir(), 'comparison-'));
    const python = await ensurePython(kind === 'mlflow2' ? 'mlflow2' : 'demo');
    const port = kind === 'database' ? undefined : await freePort();
    const uri =
      port === undefined
        ? `sqlite:///${path.join(directory, 'races.db')}`
        : `http://127.0.0.1:${port}`;
    return new ComparisonStore(uri, python, directory, port);
  }

  /** Starts the server, if it has one, and logs the runs. */
  async fill(): Promise<void> {
    const { python, directory, port } = this;
    if (port !== undefined) this.server = await startMlflow({ python, directory, port });
    const file = path.join(directory, 'ids.json');
    await runCommand(python, [script, 'log', this.uri, file], { cwd: directory });
    const ids = JSON.parse(await readFile(file, 'utf8')) as Record<string, string>;
    this.ids = new Map(Object.entries(ids));
  }

  idOf(name: string): string {
    return this.ids.get(name) ?? '';
  }

  /** Logs one more point of `train/loss`, 0.0625 at step 200. */
  async logMore(name: string): Promise<void> {
    await runCommand(this.python, [script, 'more', this.uri, this.idOf(name)]);
  }

  /**
   * Logs some files to these runs: texts, a picture, a table.
   *
   * @returns a folder that holds the same files below the id of each run
   */
  async logFiles(...names: readonly string[]): Promise<string> {
    const folder = path.join(this.directory, 'files');
    const ids = names.map((name) => this.idOf(name));
    await runCommand(this.python, [script, 'files', this.uri, folder, ...ids]);
    return folder;
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
