import * as vscode from 'vscode';

import { explainError } from '../host/explainError';
import { age } from '../host/times';
import { isAbortError } from '../mlflow/errors';
import { nameOfRunContains } from '../mlflow/filterText';
import type { Experiment, Run } from '../mlflow/model';
import { plainLabel } from '../mlflow/plainLabel';
import { isLive } from '../mlflow/runFacts';
import { newestFirst, toOrderBy } from '../mlflow/runOrder';
import type { TrackingStore } from '../mlflow/trackingStore';
import type { Session } from '../state/session';
import { opened } from './sessionOf';

export interface RunQuestion {
  readonly session: Session;
  readonly title: string;
  /** Of these experiments only, by id; of all without it. */
  readonly experimentIds?: readonly string[] | undefined;
}

interface RunItem extends vscode.QuickPickItem {
  readonly run: Run | undefined;
}

const runsAtOnce = 100;
const mostExperiments = 1000;
const pause = 250;

/** Lets a person pick a run: those in progress first, then the newest; others are found by name. */
export async function pickRun(question: RunQuestion): Promise<Run | undefined> {
  await opened(question.session);
  const picker = new RunPicker(question);
  try {
    return await picker.show();
  } finally {
    picker.dispose();
  }
}

class RunPicker {
  private readonly box = vscode.window.createQuickPick<RunItem>();
  private readonly found = new Map<string, Run>();
  private experiments: readonly Experiment[] | undefined;
  private asking = new AbortController();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly question: RunQuestion) {
    const { box } = this;
    box.title = question.title;
    box.placeholder = this.hint;
    box.matchOnDescription = true;
    box.keepScrollPosition = true;
    box.onDidChangeValue((typed) => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => void this.ask(typed), pause);
    });
  }

  show(): Promise<Run | undefined> {
    const { box } = this;
    return new Promise((resolve) => {
      box.onDidAccept(() => resolve(box.selectedItems[0]?.run));
      box.onDidHide(() => resolve(undefined));
      box.show();
      void this.ask('');
    });
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.asking.abort();
    this.box.dispose();
  }

  private get hint(): string {
    return vscode.l10n.t('Choose a run; type to find others by their names');
  }

  /** An answer that comes later than the next is not used. */
  private async ask(typed: string): Promise<void> {
    const { box } = this;
    this.asking.abort();
    this.asking = new AbortController();
    const { signal } = this.asking;
    box.busy = true;
    try {
      const runs = await this.search(typed, signal);
      signal.throwIfAborted();
      runs.forEach((run) => this.found.set(run.id, run));
      this.offer();
      box.placeholder = this.hint;
    } catch (error) {
      if (!isAbortError(error)) {
        box.placeholder = explainError(error);
      }
    }
    if (!signal.aborted) {
      box.busy = false;
    }
  }

  private async search(typed: string, signal: AbortSignal): Promise<readonly Run[]> {
    const { store } = this.question.session;
    if (store === undefined) {
      return [];
    }
    this.experiments ??= await this.readExperiments(store, signal);
    const named = nameOfRunContains(typed);
    const live = "attributes.status = 'RUNNING'";
    const filters = typed.trim() === '' ? [live, named] : [named];
    const pages = await Promise.all(
      filters.map((filter) =>
        store.searchRuns(
          {
            experimentIds:
              this.question.experimentIds ?? this.experiments?.map(({ id }) => id) ?? [],
            view: 'active',
            filter,
            orderBy: toOrderBy(newestFirst),
            maxResults: runsAtOnce,
          },
          signal,
        ),
      ),
    );
    return pages.flatMap(({ items }) => items);
  }

  private async readExperiments(
    store: TrackingStore,
    signal: AbortSignal,
  ): Promise<readonly Experiment[]> {
    const query = { view: 'active', maxResults: mostExperiments } as const;
    return (await store.searchExperiments(query, signal)).items;
  }

  private offer(): void {
    const runs = [...this.found.values()].toSorted(
      (one, other) => (other.startTime ?? 0) - (one.startTime ?? 0),
    );
    const live = runs.filter(isLive);
    const others = runs.filter((run) => !isLive(run));
    const { box } = this;
    box.items = [
      ...this.section(vscode.l10n.t('in progress'), live),
      ...this.section(vscode.l10n.t('newest'), others),
    ];
  }

  private section(label: string, runs: readonly Run[]): readonly RunItem[] {
    const kind = vscode.QuickPickItemKind.Separator;
    return runs.length === 0
      ? []
      : [{ label, kind, run: undefined }, ...runs.map((run) => this.item(run))];
  }

  private item(run: Run): RunItem {
    const experiment = this.experiments?.find(({ id }) => id === run.experimentId);
    const parts = [
      experiment?.name ?? '',
      run.startTime === undefined ? '' : age(run.startTime),
    ].filter((part) => part !== '');
    return { run, label: plainLabel(run.name), description: plainLabel(parts.join(' · ')) };
  }
}
