import * as vscode from 'vscode';

import type { Disposable } from '../base/disposable';
import type { Log } from '../base/log';

/** The "MLflow" output channel, made when the first line is written. */
export class OutputLog implements Log, Disposable {
  private created: vscode.LogOutputChannel | undefined;

  debug(message: string): void {
    this.channel().debug(message);
  }

  info(message: string): void {
    this.channel().info(message);
  }

  warn(message: string): void {
    this.channel().warn(message);
  }

  error(message: string): void {
    this.channel().error(message);
  }

  show(): void {
    this.channel().show(true);
  }

  dispose(): void {
    this.created?.dispose();
  }

  private channel(): vscode.LogOutputChannel {
    this.created ??= vscode.window.createOutputChannel('MLflow', { log: true });
    return this.created;
  }
}
