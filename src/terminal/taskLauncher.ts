import { setTimeout as delay } from 'node:timers/promises';

import * as vscode from 'vscode';

import type { Disposable } from '../base/disposable';
import type { Log } from '../base/log';
import { taskType } from '../ids';
import type {
  CommandLine,
  Launched,
  LaunchEnd,
  Launcher,
  LaunchTitle,
} from '../projects/launchContracts';
import { checkTrust } from './checkTrust';
import { shownCommand } from './commandLine';
import { endAbandoned } from './endAbandoned';
import { Handover, type KeeperMark } from './handover';

const { Always, Never } = vscode.TaskRevealKind;

/** A process in a terminal, which another window, or this one once it was reloaded, may find again. */
export interface LaunchedTask extends Launched {
  /** Stays open where the process was never started. */
  readonly mark: Promise<KeeperMark>;
  /** Whether the terminal is still there to be shown. */
  show(): boolean;
  /** Closes the terminal of a process that has ended. */
  close(): void;
}

/** Keepers call once a second. */
const callLimit = 5000;

/** Starts processes as tasks, each in a terminal of its own. */
export class TaskLauncher implements Launcher, Disposable {
  private readonly handovers = new Set<Handover>();

  constructor(private readonly log: Log) {}

  async launch(line: CommandLine, about: LaunchTitle): Promise<LaunchedTask> {
    checkTrust();
    // Runs of a sweep are begun anew by whoever takes the sweep up, so none may outlive what began it.
    const tied = about.groupId !== undefined;
    const shown = `\x1b[2m${shownCommand(line)}\x1b[0m\r\n`;
    const handover = await Handover.open(line, { tied, shown });
    const terminal = new TaskTerminal(about, handover);
    try {
      await terminal.start();
    } catch (error) {
      handover.dispose();
      throw error;
    }
    return this.followed(terminal, about, handover, 'started');
  }

  /** A process that goes on, though the window that started it is gone; undefined where it has ended, or cannot be reached. */
  async resume(mark: KeeperMark, about: LaunchTitle): Promise<LaunchedTask | undefined> {
    if (process.platform === 'win32') {
      return undefined;
    }
    if (!isAlive(mark.keeper)) {
      await endAbandoned(mark.token, undefined);
      return undefined;
    }
    const handover = await Handover.resume(mark.token);
    const hasCalled = await Promise.race([
      handover.mark,
      delay(callLimit, undefined, { ref: false }),
    ]);
    if (hasCalled === undefined) {
      handover.dispose();
      return undefined;
    }
    const terminal = new TaskTerminal(about, handover);
    terminal.adopt(mark.keeper);
    return this.followed(terminal, about, handover, 'found again');
  }

  dispose(): void {
    this.handovers.forEach((handover) => handover.dispose());
    this.handovers.clear();
  }

  private followed(
    terminal: TaskTerminal,
    { id, title }: LaunchTitle,
    handover: Handover,
    how: string,
  ): LaunchedTask {
    this.handovers.add(handover);
    this.log.info(`${how}: ${title} (${id})`);
    void terminal.ended.then(({ code }) => {
      this.log.info(`ended ${title} (${id}) with ${code ?? 'no code'}`);
      this.handovers.delete(handover);
      handover.dispose();
    });
    return terminal;
  }
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
}

/** A process in its terminal. */
class TaskTerminal implements LaunchedTask {
  readonly id: string;
  readonly mark: Promise<KeeperMark>;
  readonly ended: Promise<LaunchEnd>;
  private settle: (end: LaunchEnd) => void = () => undefined;
  private processId: number | undefined;
  private terminal: vscode.Terminal | undefined;
  private readonly followed: vscode.Disposable[] = [];

  constructor(
    private readonly about: LaunchTitle,
    private readonly handover: Handover,
  ) {
    this.id = about.id;
    this.mark = handover.mark;
    this.ended = new Promise((resolve) => {
      this.settle = resolve;
    });
  }

  async start(): Promise<void> {
    const isOurs = ({ execution }: { readonly execution: vscode.TaskExecution }): boolean =>
      (execution.task.definition['id'] as unknown) === this.id;
    const { tasks } = vscode;
    this.followed.push(
      tasks.onDidStartTaskProcess((event) => {
        if (isOurs(event)) {
          this.processId = event.processId;
          void this.findTerminal();
        }
      }),
      tasks.onDidEndTaskProcess((event) => {
        if (isOurs(event)) {
          void this.end({ code: event.exitCode });
        }
      }),
      tasks.onDidEndTask((event) => {
        if (isOurs(event)) {
          void this.end({ code: undefined });
        }
      }),
    );
    try {
      await tasks.executeTask(this.task());
    } catch (error) {
      this.followed.forEach((each) => void each.dispose());
      throw error;
    }
  }

  /** Takes a process for its own that runs already. */
  adopt(processId: number): void {
    this.processId = processId;
    void this.findTerminal();
    void this.end({ code: undefined });
  }

  async interrupt(): Promise<void> {
    this.handover.interrupt();
    await this.ended;
  }

  show(): boolean {
    const isThere = vscode.window.terminals.some((each) => each === this.terminal);
    this.terminal?.show();
    return isThere;
  }

  close(): void {
    this.terminal?.dispose();
  }

  /** What the keeper said counts for more: VS Code knows no code of what was closed by hand. */
  private async end(seen: LaunchEnd): Promise<void> {
    this.followed.forEach((each) => void each.dispose());
    if (!this.handover.isTaken) {
      this.handover.dispose();
    }
    // A terminal that is closed is gone before what ran in it is.
    const { code, wasAsked = false } = await this.handover.ended;
    this.settle({ code: code ?? seen.code, wasAsked });
    if ((code ?? seen.code) === 0 && this.about.closeAfterSuccess) {
      await this.findTerminal();
      this.terminal?.dispose();
    }
  }

  private task(): vscode.Task {
    const { program, args, env, cwd } = this.handover.start;
    const { id, title, groupId } = this.about;
    const execution = new vscode.ProcessExecution(program, [...args], { cwd, env: { ...env } });
    const scope = vscode.workspace.workspaceFolders?.[0] ?? vscode.TaskScope.Workspace;
    const task = new vscode.Task({ type: taskType, id }, scope, title, 'mlflow', execution, []);
    task.presentationOptions = {
      // Of many runs some fail, and Launches says so: no panel comes up for that.
      reveal: groupId === undefined ? Always : Never,
      panel: vscode.TaskPanelKind.New,
      focus: false,
      echo: false,
      showReuseMessage: false,
      clear: false,
    };
    return task;
  }

  private async findTerminal(): Promise<void> {
    if (this.terminal !== undefined || this.processId === undefined) {
      return;
    }
    for (const terminal of vscode.window.terminals) {
      if ((await terminal.processId) === this.processId) {
        this.terminal = terminal;
      }
    }
  }
}
