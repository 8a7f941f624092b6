import * as vscode from 'vscode';

import type { Disposable } from '../base/disposable';
import { currentSettings } from '../host/settings';
import type { ArtifactAddress } from '../mlflow/artifactAddress';
import { toOneLine } from '../mlflow/format';
import type { ImagesInit, ImagesPage, ImagesRun } from '../protocol/imagesPage';
import type { ComparedEntry, ComparedPlace } from '../state/comparedRuns';
import { Comparison } from '../state/comparison';
import { done } from './done';
import type { OpenPage } from './openPages';
import { Page } from './page';
import { PageTroubles } from './pageTroubles';
import type { PanelsHost } from './panelsHost';
import { pictureAnswers } from './pictureAnswers';
import { toRestoreState } from './present/restoreState';

export interface ImagesPanelOptions {
  readonly host: PanelsHost;
  readonly panel: vscode.WebviewPanel;
  readonly places: readonly ComparedPlace[];
  readonly compare: (pictures: readonly ArtifactAddress[]) => void;
}

const longestTitle = 60;

/** The extension's side of the page that shows the images that runs logged. */
export class ImagesPanel implements OpenPage {
  private readonly comparison: Comparison;
  private readonly troubles: PageTroubles;
  private readonly page: Page<ImagesPage>;
  private readonly following: readonly Disposable[];

  constructor(private readonly options: ImagesPanelOptions) {
    const { host, panel, places } = options;
    this.troubles = new PageTroubles(host, 'images');
    this.comparison = new Comparison({
      ...{ sessions: host.sessions, places },
      refreshInterval: currentSettings.refreshInterval,
    });
    host.colors.distinguish(
      places.map(({ runId }) => runId),
      [],
    );
    this.page = new Page<ImagesPage>(panel, {
      name: 'images',
      showsPictures: true,
      extensionUri: host.extensionUri,
      handlers: {
        requests: {
          init: () => Promise.resolve(this.init()),
          retry: () => done(this.comparison.retry(this.comparison.keys)),
          ...pictureAnswers(host.sessions, this.comparison, options.compare),
        },
        notices: { failure: (text) => this.troubles.note(text) },
      },
      encodeError: (error) => this.troubles.failure(error),
      onVisible: (visible) => this.comparison.setVisible(visible),
    });
    this.following = [
      this.comparison.onDidRead(() => this.tell()),
      this.comparison.onDidChangeTrouble((error) => {
        this.page.emit('trouble', this.troubles.trouble(error));
      }),
      host.colors.onDidChange((runIds) => {
        if (places.some(({ runId }) => runIds.has(runId))) this.tell();
      }),
    ];
    this.entitle();
  }

  get webviewPanel(): vscode.WebviewPanel {
    return this.options.panel;
  }

  /** Whether exactly the images of these runs are shown. */
  shows(places: readonly ComparedPlace[]): boolean {
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

  private init(): ImagesInit {
    setImmediate(() => {
      this.page.emit('trouble', this.troubles.trouble(this.comparison.currentTrouble));
      void this.comparison.begin();
    });
    return {
      texts: vscode.l10n.bundle,
      locale: vscode.env.language,
      restore: toRestoreState(this.comparison.entries.map(({ place }) => place)),
      runs: this.runs(),
      refreshInterval: currentSettings.refreshInterval(),
    };
  }

  private tell(): void {
    this.entitle();
    this.page.emit('runs', this.runs());
  }

  private runs(): readonly ImagesRun[] {
    return this.comparison.entries.map((entry) => this.present(entry));
  }

  private present({ key, place, standing, run, experimentName }: ComparedEntry): ImagesRun {
    const { host } = this.options;
    return {
      key,
      runId: place.runId,
      name: run?.name ?? place.runId,
      experimentName: experimentName ?? place.experimentId,
      connection: host.sessions.get(place.connection)?.name ?? place.connection,
      standing: standing.kind,
      problem: standing.kind === 'failed' ? host.explain(standing.error) : undefined,
      status: run?.status ?? 'FINISHED',
      color: host.colors.of(place.runId),
    };
  }

  private entitle(): void {
    const [only, ...more] = this.comparison.keys;
    this.options.panel.title =
      only !== undefined && more.length === 0
        ? vscode.l10n.t('Images: {0}', toOneLine(this.comparison.nameOf(only), longestTitle))
        : vscode.l10n.t('Images: {0} runs', this.comparison.keys.length);
  }
}
