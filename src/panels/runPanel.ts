import * as vscode from 'vscode';

import type { Disposable } from '../base/disposable';
import { currentSettings } from '../host/settings';
import { commands } from '../ids';
import { toOneLine } from '../mlflow/format';
import { KeyPlaces } from '../mlflow/keyPlaces';
import type { Run } from '../mlflow/model';
import { sampledPoints } from '../mlflow/trackingStore';
import type { Handlers } from '../protocol/rpc';
import type { RunDetails, RunInit, RunPage } from '../protocol/runPage';
import { keyOf, type ComparedEntry, type ComparedPlace } from '../state/comparedRuns';
import { Comparison } from '../state/comparison';
import { ComparisonLayouts } from '../state/comparisonLayouts';
import { RunSurroundings } from '../state/runSurroundings';
import { SessionStore } from '../state/sessionStore';
import { checkOutBeside, showChanges } from './commitActions';
import { done } from './done';
import { exportHistories } from './exportHistories';
import type { OpenPage } from './openPages';
import { Page } from './page';
import { PageTroubles } from './pageTroubles';
import type { PanelsHost } from './panelsHost';
import { sourceOf } from './present/namedSource';
import { toRestoreState } from './present/restoreState';
import { presentEntry } from './presentEntry';
import { RunArtifacts } from './runArtifacts';
import { RunChanges } from './runChanges';
import { runDetails } from './runDetails';
import { runExtremes } from './runExtremes';
import { openAddress, openTarget, RunLinks } from './runLinks';
import { findRunSource, type FoundSource } from './runSource';
import { copyText, saveFile } from './saveFile';

export interface RunPanelOptions {
  readonly host: PanelsHost;
  readonly panel: vscode.WebviewPanel;
  readonly place: ComparedPlace;
  /** Opens the page of another run. */
  readonly openRun: (place: ComparedPlace) => void;
}

const longestTitle = 60;

/** The extension's side of the page of one run. */
export class RunPanel implements OpenPage {
  private readonly key: string;
  private readonly comparison: Comparison;
  private readonly store: SessionStore;
  private readonly surroundings: RunSurroundings;
  private readonly layouts: ComparisonLayouts;
  private readonly changes: RunChanges;
  private readonly artifacts: RunArtifacts;
  private readonly metricKeys = new KeyPlaces();
  private readonly links = new RunLinks();
  private readonly troubles: PageTroubles;
  private readonly page: Page<RunPage>;
  private readonly following: readonly Disposable[];
  /** Where the code of the run is, by what the run says of it. */
  private source: { readonly of: string; readonly found: FoundSource | undefined } | undefined;

  constructor(private readonly options: RunPanelOptions) {
    const { host, panel, place } = options;
    const { sessions } = host;
    this.troubles = new PageTroubles(host, 'run');
    this.key = keyOf(place);
    this.layouts = new ComparisonLayouts(host.memory, 'runLayouts');
    this.store = new SessionStore(sessions, place.connection);
    this.changes = new RunChanges(sessions, place);
    this.artifacts = new RunArtifacts(place, this.store);
    this.surroundings = new RunSurroundings(this.store);
    this.comparison = new Comparison({
      ...{ sessions, places: [place] },
      refreshInterval: currentSettings.refreshInterval,
    });
    this.page = new Page<RunPage>(panel, {
      name: 'run',
      extensionUri: host.extensionUri,
      handlers: this.handlers,
      encodeError: (error) => this.troubles.failure(error),
      onVisible: (visible) => this.setVisible(visible),
    });
    this.following = [
      this.comparison.onDidRead(() => this.wasRead()),
      this.comparison.onDidChangeTrouble((error) => {
        this.page.emit('trouble', this.troubles.trouble(error));
      }),
      this.surroundings.onDidChange(() => this.tell()),
      host.colors.onDidChange((runIds) => void (runIds.has(place.runId) && this.tell())),
    ];
    this.entitle();
  }

  /** Which run it shows. */
  get place(): ComparedPlace {
    return this.options.place;
  }

  get webviewPanel(): vscode.WebviewPanel {
    return this.options.panel;
  }

  restartRefreshing(): void {
    this.comparison.restartRefreshing();
  }

  dispose(): void {
    this.following.forEach((listener) => listener.dispose());
    this.page.dispose();
    this.comparison.dispose();
    this.surroundings.dispose();
  }

  private readonly handlers: Handlers<RunPage> = {
    requests: {
      init: () => Promise.resolve(this.init()),
      series: ({ metric, whole, fromStep }, signal) =>
        this.comparison.series(this.key, metric, { whole, fromStep }, signal),
      extremes: ({ metrics }, signal) =>
        runExtremes(
          (metric) => this.comparison.series(this.key, metric, { whole: false }, signal),
          metrics,
        ),
      exportHistories: ({ metrics }, signal) => {
        const { sessions } = this.options.host;
        return this.troubles.outlasting(signal, exportHistories(sessions, [this.entry], metrics));
      },
      save: ({ suggested, content }) => saveFile(suggested, content),
      copy: copyText,
      artifacts: (path, signal) => this.artifacts.list(path, this.run, signal),
      open: (key) => done(this.open(key)),
      openAddress: (address) => done(openAddress(address)),
      artifact: (action) => done(this.artifacts.act(action, this.run)),
      retry: () => done(this.retry()),
      setTag: ({ key, value }) => done(this.setTag(key, value)),
      editNote: () => done(this.changes.command(commands.editRunNote)),
      rename: () => done(this.changes.command(commands.renameRun)),
      restoreRun: () => done(this.changes.command(commands.restoreRuns)),
      model: (what) =>
        done(
          this.changes.command(
            what === 'register' ? commands.registerModel : commands.promoteToProduction,
          ),
        ),
      commit: (what) => done(this.commit(what)),
    },
    notices: {
      layout: (layout) => void this.layouts.set([this.place], layout),
      live: (live) => this.comparison.setLive(live),
      reveal: () => this.reveal(),
      compare: () => void this.changes.compare(),
      showImages: () => void this.changes.showImages(),
      failure: (text) => this.troubles.note(text),
    },
  };

  private get entry(): ComparedEntry {
    return this.comparison.entry(this.key)!;
  }

  private get run(): Run | undefined {
    return this.entry.run;
  }

  /** What is known, at once; what is not yet is asked for now, and told as it comes. */
  private init(): RunInit {
    const { comparison, entry } = this;
    setImmediate(() => {
      this.page.emit('trouble', this.troubles.trouble(comparison.currentTrouble));
      void comparison.begin();
      this.freshen();
      this.look();
    });
    const run = presentEntry(this.options.host, entry, this.metricKeys);
    return {
      texts: vscode.l10n.bundle,
      locale: vscode.env.language,
      restore: toRestoreState([this.place]),
      layout: this.layouts.get([this.place]),
      run,
      details: this.details(),
      metricKeys: this.metricKeys.all,
      sampledPoints,
      live: comparison.isLive,
      readAt: entry.readAt,
      readOnly: this.readOnly,
    };
  }

  /** Reads a run again that is at rest: its tags or its description may be others by now. */
  private freshen(): void {
    const interval = currentSettings.refreshInterval() * 1000;
    const { readAt, run } = this.entry;
    if (
      interval > 0 &&
      readAt !== undefined &&
      run !== undefined &&
      Date.now() - readAt >= interval
    ) {
      this.comparison.readAgain(this.key);
    }
  }

  private setVisible(visible: boolean): void {
    this.comparison.setVisible(visible);
    if (!visible) {
      this.surroundings.pause();
    }
  }

  private wasRead(): void {
    this.entitle();
    this.tell();
    this.look();
  }

  private tell(): void {
    const { entry } = this;
    this.page.emit('run', {
      run: presentEntry(this.options.host, entry, this.metricKeys),
      details: this.details(),
      metricKeys: this.metricKeys.all,
      readAt: entry.readAt,
      readOnly: this.readOnly,
    });
  }

  /** Looks for what stands around the run, once it is known. */
  private look(): void {
    const { run } = this;
    if (run === undefined || this.entry.standing.kind !== 'ready') {
      return;
    }
    if (this.options.panel.visible) {
      void this.surroundings.read(run);
    }
    const named = sourceOf(run);
    const of = JSON.stringify(named);
    if (this.source?.of !== of) {
      this.source = { of, found: undefined };
      void findRunSource(named).then((found) => {
        if (this.source?.of === of) {
          this.source = { of, found };
          this.tell();
        }
      });
    }
  }

  private details(): RunDetails | undefined {
    const { run, surroundings, links } = this;
    return run === undefined
      ? undefined
      : runDetails({
          ...{ run, surroundings, links },
          source: this.source?.found,
          explain: (error) => this.troubles.sentence(error),
        });
  }

  private get readOnly(): string | undefined {
    const { standing, run } = this.entry;
    if (standing.kind === 'gone') {
      return vscode.l10n.t('The run is gone from the server, so it cannot be changed.');
    }
    return run?.lifecycleStage === 'deleted'
      ? vscode.l10n.t('The run is deleted. Restore it to change it.')
      : undefined;
  }

  private async open(key: string): Promise<void> {
    await openTarget(this.links.target(key), this.store, this.options.openRun);
  }

  private async retry(): Promise<void> {
    await this.comparison.retry([this.key]);
    if (this.run !== undefined) {
      await this.surroundings.readAgain(this.run);
    }
  }

  private async setTag(key: string, value: string | undefined): Promise<void> {
    try {
      await this.changes.setTag(this.run?.name ?? this.place.runId, key, value);
    } finally {
      this.comparison.readAgain(this.key);
    }
  }

  private async commit(what: 'diff' | 'worktree' | 'copy'): Promise<void> {
    const { commit } = this.run === undefined ? { commit: '' } : sourceOf(this.run);
    switch (what) {
      case 'copy':
        await vscode.env.clipboard.writeText(commit);
        return;
      case 'diff':
        await showChanges(commit, this.source?.found?.file);
        return;
      case 'worktree':
        await checkOutBeside(commit);
    }
  }

  private reveal(): void {
    this.options.host.reveal(this.place.connection, this.place.runId);
  }

  private entitle(): void {
    const name = toOneLine(this.run?.name ?? this.place.runId, longestTitle);
    this.options.panel.title = vscode.l10n.t('Run: {0}', name);
  }
}
