import * as vscode from 'vscode';

import type { Disposable } from '../base/disposable';
import { currentSettings, onDidChangeSettings, turnOff } from '../host/settings';
import { settings } from '../ids';
import type { EndedRuns, Sessions } from '../state/sessions';
import { endText, endsText } from './endWords';
import { RunEnds, severityOf, type RunEnd } from './runEnds';

/** A run to show, and what tells it from others. */
interface RunToShow {
  readonly connection: string;
  readonly runId: string;
  readonly name: string;
  readonly description: string;
}

/**
 * Tells that watched runs ended, in one notification for each refresh. The view may be in sight all
 * the while: who looks at code does not see an icon change, and nothing says where somebody looks.
 */
export class RunEndNotices implements Disposable {
  private readonly ends = new RunEnds();
  private readonly following: readonly Disposable[];

  /** @param show shows a run, or lets one of several be picked */
  constructor(
    private readonly sessions: Sessions,
    private readonly show: (runs: readonly RunToShow[]) => Promise<void>,
  ) {
    this.following = [
      sessions.onDidEndRuns((ended) => void this.tell(ended)),
      onDidChangeSettings([settings.notifyWhenRunEnds], () => this.followSetting()),
    ];
  }

  dispose(): void {
    this.following.forEach((listener) => listener.dispose());
  }

  private async tell({ session, runs }: EndedRuns): Promise<void> {
    const { experiments } = session;
    if (experiments === undefined || !currentSettings.notifyWhenRunEnds()) {
      return;
    }
    const found = runs.map((run) => ({
      run,
      experiment: experiments.experiment(run.experimentId),
      order: experiments.selection(run.experimentId).order,
    }));
    const ends = this.ends.news(session.id, found);
    const [first] = ends;
    if (first === undefined) {
      return;
    }
    const text = ends.length === 1 ? endText(first) : endsText(ends);
    const showIt = ends.length === 1 ? vscode.l10n.t('Show Run') : vscode.l10n.t('Show Runs');
    const stop = vscode.l10n.t("Don't Notify");
    const { showInformationMessage, showWarningMessage } = vscode.window;
    const say = severityOf(ends) === 'warning' ? showWarningMessage : showInformationMessage;
    const answer = await say(text, showIt, stop);
    if (answer === showIt) {
      await this.show(ends.map(toShow));
    } else if (answer === stop) {
      await turnOff(settings.notifyWhenRunEnds);
    }
  }

  /** What nobody is told needs no watching. */
  private followSetting(): void {
    if (!currentSettings.notifyWhenRunEnds()) {
      this.sessions.all.forEach(({ experiments }) => experiments?.unwatchAll());
    }
  }
}

function toShow(end: RunEnd): RunToShow {
  const { connection, runId, name } = end;
  return { connection, runId, name, description: endText(end) };
}
