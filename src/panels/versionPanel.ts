import * as vscode from 'vscode';

import type { Disposable } from '../base/disposable';
import { artifactUri } from '../host/artifactUri';
import { SaidError } from '../host/explainError';
import { currentSettings } from '../host/settings';
import { connectionKey, isPlainPath } from '../mlflow/artifactAddress';
import { toOneLine } from '../mlflow/format';
import type { Handlers } from '../protocol/rpc';
import type { VersionInit, VersionPage, VersionView } from '../protocol/versionPage';
import type { ComparedPlace } from '../state/comparedRuns';
import { RequestQueue } from '../state/requestQueue';
import { SessionStore } from '../state/sessionStore';
import type { VersionPlace } from '../state/versionEntry';
import { VersionReader } from '../state/versionReader';
import { actOnVersions } from './actOnVersion';
import { done } from './done';
import { insertCode } from './insertCode';
import { ModelOfVersion } from './modelOfVersion';
import type { OpenPage } from './openPages';
import { Page } from './page';
import { PageTroubles } from './pageTroubles';
import type { PanelsHost } from './panelsHost';
import { toVersionsState } from './present/restoreVersions';
import { presentVersion } from './presentVersion';
import { RunLinks, openAddress, openTarget } from './runLinks';
import { readForPage } from './readForPage';
import { copyText } from './saveFile';

export interface VersionPanelOptions {
  readonly host: PanelsHost;
  readonly panel: vscode.WebviewPanel;
  readonly place: VersionPlace;
  /** Opens the page of a run. */
  readonly openRun: (place: ComparedPlace) => void;
  /** Opens the page of another version. */
  readonly openVersion: (place: VersionPlace) => void;
}

const atATime = 4;
const mostExample = 256 * 1024;

/** The extension's side of the page of one version of a registered model. */
export class VersionPanel implements OpenPage {
  private readonly reader: VersionReader;
  private readonly store: SessionStore;
  private readonly model = new ModelOfVersion(() => this.tell());
  private readonly links = new RunLinks();
  private readonly troubles: PageTroubles;
  private readonly page: Page<VersionPage>;
  private readonly following: Disposable;

  constructor(private readonly options: VersionPanelOptions) {
    const { host, panel, place } = options;
    const { refreshInterval } = currentSettings;
    this.troubles = new PageTroubles(host, 'version');
    this.store = new SessionStore(host.sessions, place.connection);
    this.reader = new VersionReader({
      ...{ sessions: host.sessions, place, refreshInterval, readsModel: true },
      queue: new RequestQueue({ all: atATime, long: atATime }),
    });
    panel.title = versionTitle(place);
    this.page = new Page<VersionPage>(panel, {
      name: 'version',
      extensionUri: host.extensionUri,
      handlers: this.handlers,
      encodeError: (error) => this.troubles.failure(error),
      onVisible: (visible) => this.reader.setVisible(visible),
    });
    this.following = this.reader.onDidChange(() => this.wasRead());
  }

  /** Which version it shows. */
  get place(): VersionPlace {
    return this.options.place;
  }

  get webviewPanel(): vscode.WebviewPanel {
    return this.options.panel;
  }

  restartRefreshing(): void {
    this.reader.restartRefreshing();
  }

  dispose(): void {
    this.following.dispose();
    this.page.dispose();
    this.reader.dispose();
  }

  private readonly handlers: Handlers<VersionPage> = {
    requests: {
      init: () => Promise.resolve(this.init()),
      open: (key) => done(this.open(key)),
      openAddress: (address) => done(openAddress(address)),
      openFile: (path) => done(this.openFile(path)),
      example: (_, signal) => this.example(signal),
      act: (action) => done(actOnVersions(action, [this.reader.entry])),
      openVersion: (version) => {
        this.options.openVersion({ ...this.place, version });
        return Promise.resolve(undefined);
      },
      compareWith: (version) => done(this.compareWith(version)),
      copy: copyText,
      insert: insertCode,
      retry: () => done(this.reader.retry()),
    },
    notices: { failure: (text) => this.troubles.note(text) },
  };

  /** What is known, at once; what is not yet is asked for now, and told as it comes. */
  private init(): VersionInit {
    setImmediate(() => void this.reader.begin());
    return {
      texts: vscode.l10n.bundle,
      locale: vscode.env.language,
      restore: toVersionsState([this.place]),
      view: this.view(),
    };
  }

  private wasRead(): void {
    void this.model.follow(this.reader.entry.file);
    this.tell();
  }

  private tell(): void {
    this.page.emit('view', this.view());
  }

  private view(): VersionView {
    return presentVersion({
      entry: this.reader.entry,
      model: this.model.reading,
      links: this.links,
      explain: (error) => this.troubles.sentence(error),
    });
  }

  private async open(key: string): Promise<void> {
    await openTarget(this.links.target(key), this.store, this.options.openRun);
  }

  private async compareWith(version: string): Promise<void> {
    const other = { place: { ...this.place, version }, version: undefined };
    await actOnVersions('compare', [this.reader.entry, other]);
  }

  private async openFile(path: string): Promise<void> {
    const { connection, name: ownerName } = this.place;
    const place = this.file(path);
    const uri = artifactUri({ key: connectionKey(connection), place, ownerName });
    await vscode.commands.executeCommand('vscode.open', uri);
  }

  private async example(signal: AbortSignal): Promise<string> {
    const { reading } = this.model;
    const path = reading.kind === 'ready' ? reading.value.example?.path : undefined;
    const place = this.file(path ?? '');
    const bytes = await readForPage(this.store, place, signal, mostExample);
    return new TextDecoder().decode(bytes);
  }

  /** A file of the model; what names no file of its own is refused. */
  private file(path: string) {
    const { name, version } = this.place;
    if (path === '' || !isPlainPath(path)) {
      throw new SaidError(vscode.l10n.t('The model names no file of its own there.'));
    }
    return { owner: { kind: 'version', name, version }, path } as const;
  }
}

const longestTitle = 60;

/** How the page of a version is called. */
export function versionTitle({ name, version }: Omit<VersionPlace, 'connection'>): string {
  return vscode.l10n.t('Model: {0} v{1}', toOneLine(name, longestTitle), version);
}
