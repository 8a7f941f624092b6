import * as vscode from 'vscode';

import type { Disposable } from '../base/disposable';
import type { Log } from '../base/log';
import type { ClientVariables } from '../mlflow/clientVariables';
import type {
  LaunchBackend,
  Launched,
  LaunchTitle,
  ProjectCommand,
} from '../projects/launchContracts';
import { checkTrust } from '../terminal/checkTrust';
import { explainRay } from './explainRay';
import type { RayJob } from './jobs/rayJob';
import { RayJobs } from './jobs/rayJobs';
import { RayTerminal } from './rayTerminal';

/** Runs projects and scripts as jobs of a Ray cluster, each with a terminal that shows what it prints. */
export class RayLauncher implements Disposable {
  private readonly jobs = new RayJobs();
  private readonly abort = new AbortController();
  private opening: Promise<void> = Promise.resolve();

  constructor(private readonly log: Log) {}

  /**
   * Resolves once the cluster has the job, be it running or waiting. Rejects, saying what to do, where that is not possible. Its end
   * has the code of its command; none where the job was lost or stopped, so that another attempt is in place.
   *
   * @param client how MLflow's client reaches its server from here; undefined where none is connected
   */
  async start(
    command: ProjectCommand,
    about: LaunchTitle,
    client: ClientVariables | undefined,
  ): Promise<Launched> {
    checkTrust();
    let job: RayJob | undefined;
    const terminal = new RayTerminal(about, () => void job?.interrupt());
    const listener = {
      onLog: (text: string) => terminal.print(text),
      onState: terminal.sayState.bind(terminal),
    };
    try {
      const launch = { command, about, client };
      const started = await this.jobs.start(launch, listener, this.abort.signal);
      job = started.job;
      this.log.info(`submitted ${about.title} (${job.id}) to ${started.address}`);
      terminal.say(vscode.l10n.t('Submitted to {0} as {1}.', started.address, job.id));
      if (started.leftOut.length > 0) {
        const names = started.leftOut.join(', ');
        terminal.say(vscode.l10n.t('Not handed on, since they mean this machine: {0}.', names));
      }
    } catch (error) {
      throw explainRay(error);
    }
    this.open(terminal);
    void this.follow(job, terminal, about);
    const { id } = about;
    const { ended } = job;
    return { id, ended, interrupt: job.interrupt.bind(job), show: () => terminal.show() };
  }

  /** See `SweepHost.endLost`. A cluster that is gone has nothing that could be ended. */
  async endLost(runId: string, backend: LaunchBackend | undefined): Promise<void> {
    try {
      await this.jobs.endLost(runId, backend, this.abort.signal);
    } catch (error) {
      this.log.warn(`ending the job of ${runId}: ${String(error)}`);
    }
  }

  /** Jobs run on: whoever takes up their sweep ends them. */
  dispose(): void {
    this.abort.abort();
    this.jobs.dispose();
  }

  /** One after the other; a terminal that cannot be opened does not hinder what runs. */
  private open(terminal: RayTerminal): void {
    this.opening = this.opening
      .then(() => terminal.start())
      .catch((error: unknown) => this.log.warn(`opening a terminal: ${String(error)}`));
  }

  private async follow(job: RayJob, terminal: RayTerminal, about: LaunchTitle): Promise<void> {
    const { code } = await job.ended;
    this.log.info(`ended ${about.title} (${job.id}) with ${code ?? 'no code'}`);
    await job.drained;
    await this.opening;
    terminal.end(code);
  }
}
