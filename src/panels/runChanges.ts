import * as vscode from 'vscode';

import { SaidError } from '../host/explainError';
import { whyNotTagKey, whyNotTagValue } from '../host/tagTexts';
import { commands, type CommandId } from '../ids';
import type { RunThing } from '../mlflow/thing';
import type { ComparedPlace } from '../state/comparedRuns';
import { ConnectionGone } from '../mlflow/connectionGone';
import { SessionStore } from '../state/sessionStore';
import type { Sessions } from '../state/sessions';

/** Changes the run of a page: its tags itself, the rest by the commands of the Experiments view. */
export class RunChanges {
  constructor(
    private readonly sessions: Sessions,
    private readonly place: ComparedPlace,
  ) {}

  /** Sets a tag, or removes it where there is no value; rejects with what the server says. */
  async setTag(name: string, key: string, value: string | undefined): Promise<void> {
    const { connection, experimentId, runId } = this.place;
    await new SessionStore(this.sessions, connection).open();
    const writes = this.sessions.get(connection)?.writes;
    if (writes === undefined) {
      throw new ConnectionGone(connection);
    }
    const run: RunThing = { kind: 'run', experimentId, id: runId, name };
    if (value === undefined) {
      await writes.removeRunTag(run, key);
      return;
    }
    refuseBadTag(key, value);
    const { signal } = new AbortController();
    const { failed } = await writes.setRunTag([run], key, value, { signal });
    if (failed[0] !== undefined) {
      throw failed[0].error;
    }
  }

  /** Does with the run what a command of the Experiments view does with its row. */
  async command(command: CommandId): Promise<void> {
    // The command takes the name of the run from the lists of the view.
    await this.list();
    await vscode.commands.executeCommand(command, { target: { kind: 'run', ...this.place } });
  }

  /** Lets the person choose runs to compare this one with. */
  async compare(): Promise<void> {
    await vscode.commands.executeCommand(commands.compareRuns, {
      target: { kind: 'run', ...this.place },
    });
  }

  async showImages(): Promise<void> {
    await vscode.commands.executeCommand(commands.showImages, {
      target: { kind: 'run', ...this.place },
    });
  }

  /** Makes the lists of the view know the run; where that fails, the command says why. */
  private async list(): Promise<void> {
    const { connection, experimentId, runId } = this.place;
    const experiments = this.sessions.get(connection)?.experiments;
    if (experiments?.runs(experimentId).run(runId) === undefined) {
      await experiments?.show(runId, new AbortController().signal).catch(() => undefined);
    }
  }
}

function refuseBadTag(key: string, value: string): void {
  const problem = whyNotTagKey(key) ?? whyNotTagValue(value);
  if (problem !== undefined) {
    throw new SaidError(problem);
  }
}
