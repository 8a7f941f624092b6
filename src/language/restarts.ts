import * as vscode from 'vscode';

/** Crashes within {@link period} after which the server stays down, since it would only crash again. */
const most = 5;
const period = 3 * 60_000;

/** Whether a server that ended by itself is started again; tells the person once, and once more when it is not. */
export class Restarts {
  private readonly crashes: number[] = [];
  private wasTold = false;

  constructor(
    private readonly showLog: () => void,
    private readonly start: () => void,
    private readonly now: () => number = Date.now,
  ) {}

  mayRestart(): boolean {
    this.crashes.push(this.now());
    const recent = this.crashes.filter((time) => time > this.now() - period);
    if (recent.length >= most) {
      this.tellItIsDown();
      return false;
    }
    if (!this.wasTold) {
      this.wasTold = true;
      this.tellItRestarts();
    }
    return true;
  }

  private tellItRestarts(): void {
    const showLog = vscode.l10n.t('Show Log');
    void vscode.window
      .showWarningMessage(
        vscode.l10n.t('The MLflow language server ended unexpectedly and was started again.'),
        showLog,
      )
      .then((chosen) => chosen === showLog && this.showLog());
  }

  private tellItIsDown(): void {
    const restart = vscode.l10n.t('Restart');
    const showLog = vscode.l10n.t('Show Log');
    void vscode.window
      .showErrorMessage(
        vscode.l10n.t('The MLflow language server keeps ending unexpectedly and is off now.'),
        restart,
        showLog,
      )
      .then((chosen) => {
        if (chosen === restart) {
          this.crashes.length = 0;
          this.start();
        } else if (chosen === showLog) {
          this.showLog();
        }
      });
  }
}
