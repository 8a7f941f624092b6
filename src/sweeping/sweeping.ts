import { randomUUID } from 'node:crypto';

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';

import type { Disposable } from '../base/disposable';
import { SaidError } from '../host/explainError';
import type { RunPlace } from '../launching/launchingHost';
import { plainLabel } from '../mlflow/plainLabel';
import type { Target } from '../mlflow/target';
import { isGoingOn } from '../state/launches';
import { pickSweepFile } from './findSweepFiles';
import { askNewSweep } from './newSweep';
import { offerInterrupted } from './interrupted';
import { tellBroken } from './tellBroken';
import { SweepFileBroken } from './sweepFile';
import type { SweepingHost } from './sweepingHost';
import { SweepLives } from './sweepLives';
import { pickUnfinished } from './unfinished';

/** Launches sweeps from this window, and takes up those that were begun. */
export class Sweeping implements Disposable {
  private readonly lives: SweepLives;

  constructor(private readonly host: SweepingHost) {
    const { bundle } = vscode.l10n;
    if (bundle !== undefined) {
      // What is wrong with a file is said in the words of the language server.
      l10n.config({ contents: bundle });
    }
    this.lives = new SweepLives({ host, claimant: randomUUID() });
  }

  /** Asks what is to be run and how, and begins it. */
  async launchSweep(files: readonly vscode.Uri[]): Promise<void> {
    const file = files[0] ?? (await pickSweepFile());
    try {
      const wanted = file && (await askNewSweep(this.host, file));
      if (wanted !== undefined) {
        await this.lives.begin(wanted);
      }
    } catch (error) {
      if (!(error instanceof SweepFileBroken)) {
        throw error;
      }
      await tellBroken(error);
    }
  }

  /** Ends sweeps and all their runs, wherever these run; resolves once nothing of them runs here any more. */
  async stopSweep(targets: readonly Target[]): Promise<void> {
    const chosen = targets.length > 0 ? targets : await this.pickGoing();
    await Promise.all(
      chosen.flatMap((target) => {
        const places = this.placesOf([target]);
        return target.kind === 'launch' && places.length === 0
          ? [this.lives.stopLaunch(target.id)]
          : places.map((place) => this.lives.stop(place));
      }),
    );
  }

  async resumeSweep(targets: readonly Target[]): Promise<void> {
    await this.takeUp(targets, false);
  }

  async retryFailedRuns(targets: readonly Target[]): Promise<void> {
    await this.takeUp(targets, true);
  }

  /** Shows the terminal of a run; throws where it was closed. */
  show(launch: string): void {
    const process = this.lives.process(launch);
    // A terminal says whether it is still there.
    if (process === undefined || (process.show() as unknown) === false) {
      throw new SaidError(vscode.l10n.t('The terminal of this launch was closed.'));
    }
  }

  /** Offers to take up what was going on when this workspace was last closed. */
  offerInterrupted(): Promise<void> {
    return offerInterrupted(this.host, this.lives);
  }

  dispose(): void {
    this.lives.dispose();
  }

  private async takeUp(targets: readonly Target[], retryFailed: boolean): Promise<void> {
    const picked = targets.length > 0 ? this.placesOf(targets) : [await pickUnfinished(this.host)];
    for (const place of picked) {
      if (place !== undefined) {
        await this.lives.takeUp(place, retryFailed);
      }
    }
  }

  private placesOf(targets: readonly Target[]): readonly RunPlace[] {
    return targets.flatMap((target): RunPlace[] => {
      if (target.kind === 'launch') {
        const { run } = this.host.launches.get(target.id) ?? {};
        return run === undefined ? [] : [run];
      }
      const connection = target.connection ?? this.host.sessions.active?.id;
      if (target.kind !== 'run' || connection === undefined) {
        return [];
      }
      const { experimentId, runId } = target;
      return [{ connection, experimentId, runId }];
    });
  }

  private async pickGoing(): Promise<readonly Target[]> {
    const going = this.host.launches.all.filter(
      (launch) => launch.kind === 'sweep' && isGoingOn(launch),
    );
    if (going.length === 0) {
      throw new SaidError(vscode.l10n.t('No sweep goes on in this window.'));
    }
    const items = going.map(({ id, name, run }) => ({
      label: plainLabel(name),
      description: plainLabel(run?.name ?? ''),
      target: { kind: 'launch', id } as const,
    }));
    const picked =
      items.length === 1
        ? items[0]
        : await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Sweep to Stop') });
    return picked === undefined ? [] : [picked.target];
  }
}
