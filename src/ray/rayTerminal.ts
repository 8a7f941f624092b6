import * as vscode from 'vscode';

import { taskType } from '../ids';
import type { LaunchTitle } from '../projects/launchContracts';
import type { RayJobState } from './jobs/rayClient';

/** Milliseconds after which nobody waits for a terminal any more. */
const openPatience = 10_000;
/** Milliseconds after which a terminal was closed by a person, and not together with its window. */
const closePatience = 500;

const { Always, Silent } = vscode.TaskRevealKind;

/** A terminal that shows what a job prints. Ctrl+C in it, or closing it, asks the job to end. */
export class RayTerminal implements vscode.Pseudoterminal {
  private readonly written = new vscode.EventEmitter<string>();
  private readonly closed = new vscode.EventEmitter<number>();
  readonly onDidWrite = this.written.event;
  readonly onDidClose = this.closed.event;
  private terminal: vscode.Terminal | undefined;
  private early: string[] | undefined = [];
  private isOver = false;
  private closing: NodeJS.Timeout | undefined;
  private opened: () => void = () => undefined;

  constructor(
    private readonly about: LaunchTitle,
    private readonly interrupt: () => void,
  ) {}

  /** Resolves once it is there. Two at a time could not be told apart. */
  async start(): Promise<void> {
    const before = new Set(vscode.window.terminals);
    const opened = new Promise<void>((resolve) => {
      this.opened = resolve;
      setTimeout(resolve, openPatience);
    });
    await vscode.tasks.executeTask(this.task());
    await opened;
    this.terminal = vscode.window.terminals.find(
      (terminal) => !before.has(terminal) && terminal.name.includes(this.about.title),
    );
  }

  /** Whether it is still there to be shown. */
  show(): boolean {
    this.terminal?.show();
    return this.terminal !== undefined && this.terminal.exitStatus === undefined;
  }

  dismiss(): void {
    this.terminal?.dispose();
  }

  open(): void {
    const early = this.early ?? [];
    this.early = undefined;
    early.forEach((text) => this.written.fire(text));
    this.opened();
  }

  close(): void {
    this.opened();
    if (!this.isOver) this.closing = setTimeout(this.interrupt, closePatience);
  }

  /** The window goes: what it closes thereby is not meant to end. */
  dispose(): void {
    clearTimeout(this.closing);
  }

  handleInput(data: string): void {
    if (data.includes('\x03') && !this.isOver) this.interrupt();
  }

  /** What a job printed: a terminal wants to be told to begin at the left. */
  print(text: string): void {
    const shown = text.replaceAll(/\r?\n/g, '\r\n');
    if (this.early === undefined) this.written.fire(shown);
    else this.early.push(shown);
  }

  /** A word of ours between what the job prints. */
  say(sentence: string): void {
    const plain = sentence.replaceAll(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');
    this.print(`\x1b[2m${plain}\x1b[0m\n`);
  }

  sayState(state: RayJobState | undefined): void {
    if (state === undefined) {
      this.say(vscode.l10n.t('The cluster does not answer. Waiting for it…'));
    } else if (state.status === 'PENDING') {
      this.say(vscode.l10n.t('Waiting in the queue of the cluster…'));
    } else if (state.status === 'RUNNING') {
      this.say(vscode.l10n.t('Running on node {0}.', state.nodeId ?? '?'));
    } else {
      this.say(`${state.status}: ${state.message}`);
    }
  }

  /** Without a code, nobody knows how it ended. */
  end(code: number | undefined): void {
    this.isOver = true;
    if (code === 0 && this.about.closeAfterSuccess) {
      this.closed.fire(0);
      this.terminal?.dispose();
    } else {
      this.closed.fire(code ?? 1);
    }
  }

  private task(): vscode.Task {
    const { id, title, groupId } = this.about;
    const execution = new vscode.CustomExecution(() => Promise.resolve(this));
    const scope = vscode.workspace.workspaceFolders?.[0] ?? vscode.TaskScope.Workspace;
    const task = new vscode.Task({ type: taskType, id }, scope, title, 'mlflow', execution, []);
    task.presentationOptions = {
      reveal: groupId === undefined ? Always : Silent,
      panel: vscode.TaskPanelKind.New,
      ...{ focus: false, echo: false, showReuseMessage: false, clear: false },
    };
    return task;
  }
}
