import * as vscode from 'vscode';

import type { Disposable } from '../base/disposable';
import type { Log } from '../base/log';
import { SaidError } from '../host/explainError';
import { taskType } from '../ids';
import type {
  CommandLine,
  Launched,
  LaunchEnd,
  Launcher,
  LaunchTitle,
} from '../projects/launchContracts';
import { shownCommand } from './commandLine';
import { Handover } from './handover';

const { Always, Silent } = vscode.TaskRevealKind;

/** Starts processes as tasks, each in a terminal of its own. */
export class TaskLauncher implements Launcher, Disposable {
  private readonly handovers = new Set<Handover>();

  constructor(private readonly log: Log) {}

  async launch(line: CommandLine, about: LaunchTitle): Promise<Launched> {
    checkTrust();
    // Runs of a sweep are begun anew by whoever takes the sweep up, so none may outlive what began it.
    const tied = about.groupId !== undefined;
    const shown = `\x1b[2m${shownCommand(line)}\x1b[0m\r\n`;
    const handover = await Handover.open(line, { tied, shown });
    this.handovers.add(handover);
    const terminal = new TaskTerminal(about, handover);
    try {
      await terminal.start();
    } catch (error) {
      this.forget(handover);
      throw error;
    }
    this.log.info(`started ${about.title} (${about.id})`);
    void terminal.ended.then(({ code }) => {
      this.log.info(`ended ${about.title} (${about.id}) with ${code ?? 'no code'}`);
      this.forget(handover);
    });
    return terminal;
  }

  dispose(): void {
    this.handovers.forEach((handover) => handover.dispose());
    this.handovers.clear();
  }

  private forget(handover: Handover): void {
    this.handovers.delete(handover);
    handover.dispose();
  }
}

/** VS Code keeps tasks from running in Restricted Mode, but says it late and asks for trust; this says why. */
export function checkTrust(): void {
  if (!vscode.workspace.isTrusted) {
    throw new SaidError(
      vscode.l10n.t(
        'Nothing is launched in Restricted Mode: projects are code. Trust this workspace to run them.',
      ),
    );
  }
}

/** A process in its terminal. */
class TaskTerminal implements Launched {
  readonly id: string;
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

  async interrupt(): Promise<void> {
    this.handover.interrupt();
    await this.ended;
  }

  show(): void {
    this.terminal?.show();
  }

  /** What the keeper said counts for more: VS Code knows no code of what was closed by hand. */
  private async end(seen: LaunchEnd): Promise<void> {
    this.followed.forEach((each) => void each.dispose());
    if (!this.handover.isTaken) {
      this.handover.dispose();
    }
    // A terminal that is closed is gone before what ran in it is.
    const { code } = await this.handover.ended;
    this.settle({ code: code ?? seen.code });
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
      reveal: groupId === undefined ? Always : Silent,
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
