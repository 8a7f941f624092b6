import * as vscode from 'vscode';

import { nameOfRunContains } from '../mlflow/filterText';
import { isAbortError } from '../mlflow/errors';
import type { Experiment, Run } from '../mlflow/model';
import { plainLabel } from '../mlflow/plainLabel';
import { newestFirst, toOrderBy } from '../mlflow/runOrder';
import type { ComparedPlace } from '../state/comparedRuns';
import type { Session } from '../state/session';
import type { Sessions } from '../state/sessions';
import { runHint } from './runHint';

export interface RunPick {
  readonly session: Session;
  readonly experiment: Experiment;
  /** Chosen at first. */
  readonly chosen: readonly ComparedPlace[];
  /** Not offered. */
  readonly without?: readonly ComparedPlace[];
  /** So many have to be chosen. */
  readonly fewest: number;
  readonly explain: (error: unknown) => string;
}

interface RunItem extends vscode.QuickPickItem {
  readonly runId: string;
  readonly startTime: number;
}

const runsAtOnce = 200;
const pause = 250;

/** Lets a person choose runs of an experiment, newest first; resolves to none when the pick was left. */
export function pickRuns(pick: RunPick): Promise<readonly ComparedPlace[]> {
  return new RunPicker(pick).show();
}

class RunPicker {
  private readonly box = vscode.window.createQuickPick<RunItem>();
  private readonly items = new Map<string, RunItem>();
  private readonly controller = new AbortController();
  private asking = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private accepted: readonly RunItem[] = [];

  constructor(private readonly pick: RunPick) {
    const { box } = this;
    const { experiment } = pick;
    box.title = vscode.l10n.t('Compare Runs of {0}', experiment.name);
    box.placeholder = this.hint;
    box.canSelectMany = true;
    box.matchOnDescription = true;
    box.keepScrollPosition = true;
    box.onDidChangeValue((typed) => this.askLater(typed));
    box.onDidAccept(() => this.accept());
  }

  show(): Promise<readonly ComparedPlace[]> {
    const { box, pick } = this;
    const chosen = new Set(pick.chosen.map(({ runId }) => runId));
    const known = pick.session.experiments?.runs(pick.experiment.id);
    this.offer([
      ...(known?.list.items ?? []),
      ...[...chosen].flatMap((runId) => known?.run(runId) ?? []),
    ]);
    box.selectedItems = box.items.filter(({ runId }) => chosen.has(runId));
    box.show();
    void this.ask('');
    return new Promise((resolve) => {
      box.onDidHide(() => {
        clearTimeout(this.timer);
        this.controller.abort();
        box.dispose();
        const { session, experiment } = pick;
        const place = { connection: session.id, experimentId: experiment.id };
        resolve(this.accepted.map(({ runId }) => ({ ...place, runId })));
      });
    });
  }

  private get hint(): string {
    return this.pick.fewest > 1
      ? vscode.l10n.t('Choose two runs or more; type to find others by their names')
      : vscode.l10n.t('Choose runs to add; type to find others by their names');
  }

  private accept(): void {
    const { selectedItems } = this.box;
    if (selectedItems.length >= this.pick.fewest) {
      this.accepted = selectedItems;
      this.box.hide();
    } else {
      this.box.placeholder = this.hint;
    }
  }

  private askLater(typed: string): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.ask(typed), pause);
  }

  /** Asks the server for runs with `typed` in their names; an answer that comes later than the next is not used. */
  private async ask(typed: string): Promise<void> {
    const { box, pick } = this;
    const { session, experiment } = pick;
    this.asking.abort();
    this.asking = new AbortController();
    const signal = AbortSignal.any([this.asking.signal, this.controller.signal]);
    box.busy = true;
    try {
      const page = await session.store?.searchRuns(
        {
          experimentIds: [experiment.id],
          view: session.experiments?.lifecycle ?? 'active',
          filter: nameOfRunContains(typed),
          orderBy: toOrderBy(newestFirst),
          maxResults: runsAtOnce,
        },
        signal,
      );
      signal.throwIfAborted();
      this.offer(page?.items ?? []);
      box.placeholder = this.hint;
    } catch (error) {
      if (!isAbortError(error)) {
        box.placeholder = pick.explain(error);
      }
    }
    if (!signal.aborted) {
      box.busy = false;
    }
  }

  private offer(runs: readonly Run[]): void {
    const { box, items, pick } = this;
    const without = new Set(pick.without?.map(({ runId }) => runId));
    for (const run of runs) {
      if (!items.has(run.id) && !without.has(run.id)) {
        items.set(run.id, {
          label: plainLabel(run.name),
          description: plainLabel(runHint(run, pick.experiment)),
          runId: run.id,
          startTime: run.startTime ?? 0,
        });
      }
    }
    const selected = new Set(box.selectedItems.map(({ runId }) => runId));
    box.items = [...items.values()].sort((one, other) => other.startTime - one.startTime);
    box.selectedItems = box.items.filter(({ runId }) => selected.has(runId));
  }
}

/** Lets a person choose runs to compare beside those that are: of their experiment, or of one of theirs. */
export async function pickMore(
  sessions: Sessions,
  present: readonly ComparedPlace[],
  explain: RunPick['explain'],
): Promise<readonly ComparedPlace[]> {
  const found = await chooseExperiment(sessions, present);
  return found === undefined
    ? []
    : pickRuns({ ...found, chosen: [], without: present, fewest: 1, explain });
}

async function chooseExperiment(
  sessions: Sessions,
  present: readonly ComparedPlace[],
): Promise<Pick<RunPick, 'session' | 'experiment'> | undefined> {
  const offered: (Pick<RunPick, 'session' | 'experiment'> & vscode.QuickPickItem)[] = [];
  const failures: unknown[] = [];
  const used = new Set(
    present.map(({ connection, experimentId }) => `${connection} ${experimentId}`),
  );
  for (const session of sessions.all) {
    const own = present.filter(({ connection }) => connection === session.id);
    const ids = own.map(({ experimentId }) => experimentId);
    const experiments = await experimentsOf(session, ids, (error) => failures.push(error));
    for (const experiment of experiments) {
      offered.push({
        label: plainLabel(experiment.name),
        description: sessions.all.length > 1 ? plainLabel(session.name) : '',
        session,
        experiment,
      });
    }
  }
  if (offered.length === 0 && failures.length > 0) {
    throw failures[0];
  }
  const isUsed = ({ session, experiment }: (typeof offered)[number]): boolean =>
    used.has(`${session.id} ${experiment.id}`);
  const inOrder = [...offered.filter(isUsed), ...offered.filter((item) => !isUsed(item))];
  return inOrder.length === 1
    ? inOrder[0]
    : vscode.window.showQuickPick(inOrder, {
        placeHolder: vscode.l10n.t('Choose the experiment of the runs to add'),
      });
}

const mostLookedUp = 20;

/** The experiments of an open connection and those with these ids, whose connection is opened if need be. */
async function experimentsOf(
  session: Session,
  ids: readonly string[],
  onFailure: (error: unknown) => void,
): Promise<readonly Experiment[]> {
  const { connection } = session;
  const status = ids.length > 0 ? await connection.ensure() : connection.status;
  const { experiments, store } = session;
  if (status.kind === 'failed') {
    onFailure(status.error);
  }
  if (experiments === undefined || store === undefined) {
    return [];
  }
  await experiments.list.ensure();
  if (experiments.list.error !== undefined) {
    onFailure(experiments.list.error);
    return experiments.shownExperiments;
  }
  const { signal } = new AbortController();
  const unlisted = [...new Set(ids)].filter((id) => experiments.experiment(id) === undefined);
  const found = await Promise.all(
    unlisted
      .slice(0, mostLookedUp)
      .map((id) => store.getExperiment(id, signal).catch(() => undefined)),
  );
  return [...found.filter((one) => one !== undefined), ...experiments.shownExperiments];
}
