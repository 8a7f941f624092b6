import * as vscode from 'vscode';

import type { Disposable } from '../base/disposable';
import { currentSettings } from '../host/settings';
import type { ArtifactAddress } from '../mlflow/artifactAddress';
import { KeyPlaces } from '../mlflow/keyPlaces';
import { sampledPoints } from '../mlflow/trackingStore';
import type { ComparePage, CompareInit, ComparedRun } from '../protocol/comparePage';
import type { Handlers } from '../protocol/rpc';
import {
  distinctPlaces,
  mostCompared,
  type ComparedEntry,
  type ComparedPlace,
} from '../state/comparedRuns';
import { Comparison } from '../state/comparison';
import { ComparisonLayouts } from '../state/comparisonLayouts';
import { done } from './done';
import { exportHistories } from './exportHistories';
import type { OpenPage } from './openPages';
import { Page } from './page';
import { PageTroubles } from './pageTroubles';
import type { PanelsHost } from './panelsHost';
import { pictureAnswers } from './pictureAnswers';
import { presentEntry } from './presentEntry';

import { toRestoreState } from './present/restoreState';
import { copyText, saveFile } from './saveFile';
import { tooMany } from './tooMany';

export interface ComparePanelOptions {
  readonly host: PanelsHost;
  readonly panel: vscode.WebviewPanel;
  readonly places: readonly ComparedPlace[];
  /** Lets the person choose runs to compare beside these; resolves to none where nothing was chosen. */
  readonly chooseMore: (places: readonly ComparedPlace[]) => Promise<readonly ComparedPlace[]>;
  readonly comparePictures: (pictures: readonly ArtifactAddress[]) => void;
  /** The pages that are open beside this one. */
  readonly others: () => readonly { readonly places: readonly ComparedPlace[] }[];
}

/** So many runs are said in full at once; the others follow, since a page waits for the whole answer. */
const runsAtOnce = 50;

/** The extension's side of one page that compares runs. */
export class ComparePanel implements OpenPage {
  private readonly comparison: Comparison;
  private readonly layouts: ComparisonLayouts;
  private readonly metricKeys = new KeyPlaces();
  private readonly troubles: PageTroubles;
  private readonly page: Page<ComparePage>;
  private readonly following: readonly Disposable[];

  constructor(private readonly options: ComparePanelOptions) {
    const { host, panel, places } = options;
    this.troubles = new PageTroubles(host, 'compare');
    this.layouts = new ComparisonLayouts(host.memory);
    this.comparison = new Comparison({
      sessions: host.sessions,
      places,
      refreshInterval: currentSettings.refreshInterval,
    });
    this.arrange();
    this.page = new Page<ComparePage>(panel, {
      name: 'compare',
      showsPictures: true,
      extensionUri: host.extensionUri,
      handlers: this.handlers(),
      encodeError: (error) => this.troubles.failure(error),
      onVisible: (visible) => this.comparison.setVisible(visible),
    });
    this.following = [
      this.comparison.onDidRead((entries) => this.tell(entries)),
      this.comparison.onDidChangeTrouble((error) => {
        this.page.emit('trouble', this.troubles.trouble(error));
      }),
      host.colors.onDidChange((runIds) => {
        this.tell(this.comparison.entries.filter(({ place }) => runIds.has(place.runId)));
      }),
    ];
  }

  /** The runs in their order. */
  get places(): readonly ComparedPlace[] {
    return this.comparison.entries.map(({ place }) => place);
  }

  /** Where VS Code draws it. */
  get webviewPanel(): vscode.WebviewPanel {
    return this.options.panel;
  }

  /** Whether exactly these runs are compared. */
  compares(places: readonly ComparedPlace[]): boolean {
    return this.comparison.isOf(places);
  }

  restartRefreshing(): void {
    this.comparison.restartRefreshing();
  }

  dispose(): void {
    this.following.forEach((listener) => listener.dispose());
    this.page.dispose();
    this.comparison.dispose();
  }

  private handlers(): Handlers<ComparePage> {
    return {
      requests: {
        ...pictureAnswers(
          this.options.host.sessions,
          this.comparison,
          this.options.comparePictures,
        ),
        init: () => Promise.resolve(this.init()),
        series: ({ run, metric, whole, fromStep }, signal) =>
          this.comparison.series(run, metric, { whole, fromStep }, signal),
        exportHistories: ({ runs, metrics }, signal) => {
          const entries = runs.flatMap((key) => this.comparison.entry(key) ?? []);
          const { sessions } = this.options.host;
          return this.troubles.outlasting(signal, exportHistories(sessions, entries, metrics));
        },
        save: ({ suggested, content }) => saveFile(suggested, content),
        copy: copyText,
        addRuns: () => done(this.addRuns()),
        retry: ({ runs }) => done(this.comparison.retry(runs)),
      },
      notices: {
        layout: (layout) => void this.layouts.set(this.places, layout),
        live: (live) => this.comparison.setLive(live),
        removeRuns: (keys) => {
          this.comparison.remove(keys);
          this.arrange();
          this.tell([]);
        },
        reveal: (key) => {
          const place = this.comparison.place(key);
          if (place !== undefined) {
            this.options.host.reveal(place.connection, place.runId);
          }
        },
        failure: (text) => this.troubles.note(text),
      },
    };
  }

  /** What is known, at once; what is not yet is asked for now, and told as it comes. */
  private init(): CompareInit {
    const { comparison } = this;
    const { entries } = comparison;
    const runs = [
      ...entries.slice(0, runsAtOnce).map((entry) => this.present(entry)),
      ...entries.slice(runsAtOnce).map((entry) => this.presentBriefly(entry)),
    ];
    setImmediate(() => {
      this.tell(entries.slice(runsAtOnce).filter(({ run }) => run !== undefined));
      this.page.emit('trouble', this.troubles.trouble(comparison.currentTrouble));
      void comparison.begin();
    });
    return {
      texts: vscode.l10n.bundle,
      locale: vscode.env.language,
      restore: toRestoreState(this.places),
      layout: this.layouts.get(this.places),
      runs,
      metricKeys: [...this.metricKeys.all],
      sampledPoints,
      refreshInterval: currentSettings.refreshInterval(),
      live: comparison.isLive,
      readAt: this.readAt,
    };
  }

  private get readAt(): number | undefined {
    const times = this.comparison.entries.flatMap(({ readAt }) => readAt ?? []);
    return times.length === 0 ? undefined : Math.max(...times);
  }

  /** Tells the page of runs that are known otherwise, some at a time. */
  private tell(entries: readonly ComparedEntry[]): void {
    const some = entries.slice(0, runsAtOnce);
    this.page.emit('runs', {
      runs: some.flatMap(({ key }) => {
        const entry = this.comparison.entry(key);
        return entry === undefined ? [] : this.present(entry);
      }),
      order: this.comparison.keys,
      metricKeys: [...this.metricKeys.all],
      restore: toRestoreState(this.places),
      readAt: this.readAt,
    });
    if (entries.length > runsAtOnce) {
      setImmediate(() => this.tell(entries.slice(runsAtOnce)));
    }
  }

  private async addRuns(): Promise<void> {
    const chosen = await this.options.chooseMore(this.places);
    const { length } = distinctPlaces([...this.places, ...chosen]);
    if (length > mostCompared) {
      throw tooMany(length);
    }
    if (chosen.length > 0) {
      this.comparison.add(chosen);
      this.arrange();
      this.tell(this.comparison.entries.filter(({ standing }) => standing.kind === 'loading'));
      await this.comparison.begin();
    }
  }

  /** The title and the colors go by the runs there are. */
  private arrange(): void {
    const { places, comparison, options } = this;
    options.panel.title = vscode.l10n.t('Compare: {0} runs', comparison.keys.length);
    options.host.colors.distinguish(
      idsOf(places),
      options.others().map((other) => idsOf(other.places)),
    );
  }

  private present(entry: ComparedEntry): ComparedRun {
    return presentEntry(this.options.host, entry, this.metricKeys);
  }

  private presentBriefly(entry: ComparedEntry): ComparedRun {
    const run = entry.run && { ...entry.run, params: [], tags: [], metrics: [] };
    const brief: typeof entry = { ...entry, run, standing: { kind: 'loading' } };
    return { ...this.present(brief), attributes: [] };
  }
}

function idsOf(places: readonly ComparedPlace[]): readonly string[] {
  return places.map(({ runId }) => runId);
}
