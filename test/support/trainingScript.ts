import { appendFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startTied, type TiedProcess } from '../../scripts/tiedProcess.mts';

/** Reads what to do from a file, line by line, and says `done` after each. */
const program = `
import sys, time, mlflow
mlflow.set_experiment('lab')
with mlflow.start_run(run_name='first'):
    mlflow.log_metric('rmse', 0.5)
print('done', flush=True)
with open(sys.argv[1]) as orders:
    while True:
        words = orders.readline().split()
        if not words:
            time.sleep(0.02)
            continue
        if words[0] == 'start':
            mlflow.start_run(run_name=words[1])
        elif words[0] == 'log':
            mlflow.log_metric('rmse', float(words[1]), step=int(words[2]))
        elif words[0] == 'experiment':
            mlflow.set_experiment(words[1])
        else:
            mlflow.end_run()
        print('done', flush=True)
`;

/** A training script with MLflow's own client, which does what a test says when it says so. */
export class TrainingScript {
  private done = 0;
  private ordered = 1;
  private wake: () => void = () => undefined;
  private readonly process: TiedProcess;

  private constructor(
    python: string,
    private readonly orders: string,
    trackingUri: string,
    cwd: string,
  ) {
    this.process = startTied(python, ['-c', program, orders], {
      cwd,
      env: {
        ...process.env,
        MLFLOW_TRACKING_URI: trackingUri,
        MLFLOW_ALLOW_FILE_STORE: 'true',
        GIT_PYTHON_REFRESH: 'quiet',
      },
      onLine: (line) => {
        this.done += line === 'done' ? 1 : 0;
        this.wake();
      },
    });
    void this.process.exited.then(() => this.wake());
  }

  /**
   * Logs the run `first` into the experiment `lab` of a new store in `cwd`.
   *
   * @param trackingUri as MLflow takes it, e.g. `sqlite:///mlflow.db`
   * @param scratch a folder for its orders
   */
  static async start(
    python: string,
    trackingUri: string,
    cwd: string,
    scratch: string,
  ): Promise<TrainingScript> {
    const orders = path.join(scratch, 'orders.txt');
    await writeFile(orders, '');
    const script = new TrainingScript(python, orders, trackingUri, cwd);
    await script.untilDone();
    return script;
  }

  /** `start <name>`, `log <value> <step>`, `experiment <name>` or `end`; resolves once MLflow has done it. */
  async do(order: string): Promise<void> {
    this.ordered++;
    await appendFile(this.orders, `${order}\n`);
    await this.untilDone();
  }

  async stop(): Promise<void> {
    await this.process.stop();
  }

  private async untilDone(): Promise<void> {
    let ended = false;
    void this.process.exited.then(() => (ended = true));
    while (this.done < this.ordered) {
      if (ended) throw new Error(`The training script ended: ${this.process.output()}`);
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }
}
