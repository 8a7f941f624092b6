import * as vscode from 'vscode';

import { SaidError } from '../host/explainError';
import type { Memory } from '../state/memory';

const key = 'mlflow.approvedClusters';

/** Milliseconds during which nobody is asked again who has just said no: runs of a sweep start one after another. */
const declinedFor = 300_000;

/** Which clusters may get code and sign-ins of the user, although a configuration in a workspace names them. */
export class ClusterApprovals {
  private readonly asking = new Map<string, Promise<boolean>>();
  private readonly declined = new Map<string, number>();

  /** @param memory of the user, for all workspaces */
  constructor(private readonly memory: Memory) {}

  /** Asks once for each origin. Rejects, saying so, where the answer is no. */
  async check(address: string): Promise<void> {
    const { origin } = new URL(address);
    if (this.all().includes(origin)) return;
    const asked = this.asking.get(origin) ?? this.ask(origin);
    this.asking.set(origin, asked);
    try {
      if (await asked) return;
    } finally {
      this.asking.delete(origin);
    }
    throw new SaidError(vscode.l10n.t('Nothing is sent to {0}: it was not approved.', origin));
  }

  /** Asks anew, although somebody has just said no. */
  forgetDeclined(): void {
    this.declined.clear();
  }

  private async ask(origin: string): Promise<boolean> {
    const declined = this.declined.get(origin);
    if (declined !== undefined && performance.now() - declined < declinedFor) return false;
    const send = vscode.l10n.t('Approve');
    const detail = [
      vscode.l10n.t(
        'A configuration names it. It gets the files of the project, the token for Ray, and how MLflow signs in to its server, which whoever sees jobs in its dashboard can read.',
      ),
      ...(origin.startsWith('http:')
        ? [vscode.l10n.t('Since this is http, whoever listens on the way can read it, too.')]
        : []),
    ].join('\n\n');
    const question = vscode.l10n.t('Send runs to the Ray cluster at {0}?', origin);
    const answer = await vscode.window.showWarningMessage(question, { modal: true, detail }, send);
    if (answer === send) await this.memory.update(key, [...this.all(), origin]);
    else this.declined.set(origin, performance.now());
    return answer === send;
  }

  private all(): readonly string[] {
    const stored = this.memory.get(key);
    return Array.isArray(stored) ? stored.filter((entry) => typeof entry === 'string') : [];
  }
}
