import * as vscode from 'vscode';

import type { Disposable } from '../base/disposable';
import { SaidError } from '../host/explainError';
import { currentSettings } from '../host/settings';
import { commands } from '../ids';
import { toOneLine } from '../mlflow/format';
import { KeyPlaces } from '../mlflow/keyPlaces';
import type { Handlers } from '../protocol/rpc';
import type { ComparedVersion, VersionsInit, VersionsPage } from '../protocol/versionsPage';
import type { ComparedPlace } from '../state/comparedRuns';
import { RequestQueue } from '../state/requestQueue';
import { distinctVersions, versionKey, type VersionPlace } from '../state/versionEntry';
import { VersionReader } from '../state/versionReader';
import { actOnVersions } from './actOnVersion';
import { compareFiles } from './compareFiles';
import { done } from './done';
import { ModelOfVersion } from './modelOfVersion';
import type { OpenPage } from './openPages';
import { Page } from './page';
import { PageTroubles } from './pageTroubles';
import type { PanelsHost } from './panelsHost';
import { toVersionsState } from './present/restoreVersions';
import { presentComparedVersion } from './presentComparedVersion';
import { copyText } from './saveFile';

export interface VersionsPanelOptions {
  readonly host: PanelsHost;
  readonly panel: vscode.WebviewPanel;
  readonly places: readonly VersionPlace[];
  readonly openVersion: (place: VersionPlace) => void;
  readonly openRun: (place: ComparedPlace) => void;
  /** Lets the person choose versions to compare beside these; resolves to none where nothing was chosen. */
  readonly chooseMore: (places: readonly VersionPlace[]) => Promise<readonly VersionPlace[]>;
}

/** A version that is compared, with what reads it. */
interface Compared {
  readonly reader: VersionReader;
  readonly model: ModelOfVersion;
  readonly following: Disposable;
}

/** The most versions that are compared at a time. */
export const mostVersions = 100;
const atATime = 6;
const layoutKey = 'versionsLayout';

/** The extension's side of one page that compares versions of registered models. */
export class VersionsPanel implements OpenPage {
  private readonly compared = new Map<string, Compared>();
  private readonly queue = new RequestQueue({ all: atATime, long: atATime });
  private readonly metricKeys = new KeyPlaces();
  private readonly troubles: PageTroubles;
  private readonly page: Page<VersionsPage>;
  /** Versions that the page is to be told of with the next turn. */
  private readonly untold = new Set<string>();

  constructor(private readonly options: VersionsPanelOptions) {
    const { host, panel, places } = options;
    this.troubles = new PageTroubles(host, 'versions');
    this.take(places);
    this.page = new Page<VersionsPage>(panel, {
      name: 'versions',
      extensionUri: host.extensionUri,
      handlers: this.handlers,
      encodeError: (error) => this.troubles.failure(error),
      onVisible: (visible) => {
        this.compared.forEach(({ reader }) => reader.setVisible(visible));
      },
    });
  }

  /** The versions in their order. */
  get places(): readonly VersionPlace[] {
    return [...this.compared.values()].map(({ reader }) => reader.entry.place);
  }

  get webviewPanel(): vscode.WebviewPanel {
    return this.options.panel;
  }

  /** Whether exactly these versions are compared. */
  compares(places: readonly VersionPlace[]): boolean {
    const keys = new Set(places.map(versionKey));
    return keys.size === this.compared.size && [...keys].every((key) => this.compared.has(key));
  }

  restartRefreshing(): void {
    this.compared.forEach(({ reader }) => reader.restartRefreshing());
  }

  dispose(): void {
    this.page.dispose();
    [...this.compared.keys()].forEach((key) => this.forget(key));
  }

  private readonly handlers: Handlers<VersionsPage> = {
    requests: {
      init: () => Promise.resolve(this.init()),
      copy: copyText,
      open: (key) => {
        const compared = this.compared.get(key);
        if (compared !== undefined) {
          this.options.openVersion(compared.reader.entry.place);
        }
        return Promise.resolve(undefined);
      },
      openRun: (key) => Promise.resolve(this.openRun(key)),
      act: ({ action, version }) => {
        const reader = this.compared.get(version)?.reader;
        return done(actOnVersions(action, reader === undefined ? [] : [reader.entry]));
      },
      diff: ({ file, left, right }, signal) => this.diff(file, [left, right], signal),
      compareRuns: () => this.compareRuns(),
      addVersions: () => this.addVersions(),
      retry: ({ versions }) => {
        const readers = versions.flatMap((key) => this.compared.get(key)?.reader ?? []);
        return done(Promise.all(readers.map((reader) => reader.retry())));
      },
    },
    notices: {
      layout: (layout) => void this.options.host.memory.update(layoutKey, layout),
      removeVersions: (keys) => {
        keys.forEach((key) => this.forget(key));
        this.arrange();
        this.tell([...this.compared.keys()]);
      },
      failure: (text) => this.troubles.note(text),
    },
  };

  /** What is known, at once; what is not yet is asked for now, and told as it comes. */
  private init(): VersionsInit {
    const versions = [...this.compared.keys()].flatMap((key) => this.present(key));
    setImmediate(() => this.begin());
    return {
      texts: vscode.l10n.bundle,
      locale: vscode.env.language,
      restore: toVersionsState(this.places),
      layout: this.options.host.memory.get(layoutKey),
      versions,
      metricKeys: [...this.metricKeys.all],
    };
  }

  private begin(): void {
    this.compared.forEach(({ reader }) => void reader.begin());
  }

  private take(places: readonly VersionPlace[]): void {
    const { sessions } = this.options.host;
    const { refreshInterval } = currentSettings;
    for (const place of distinctVersions(places)) {
      const key = versionKey(place);
      if (!this.compared.has(key)) {
        const reader = new VersionReader({ sessions, place, queue: this.queue, refreshInterval });
        const model = new ModelOfVersion(() => this.wasRead(key));
        const following = reader.onDidChange(() => {
          void model.follow(reader.entry.file);
          this.wasRead(key);
        });
        this.compared.set(key, { reader, model, following });
      }
    }
    this.arrange();
  }

  private forget(key: string): void {
    const compared = this.compared.get(key);
    compared?.following.dispose();
    compared?.reader.dispose();
    this.compared.delete(key);
  }

  /** A version is known in several steps; the page is told of them once a turn. */
  private wasRead(key: string): void {
    this.untold.add(key);
    if (this.untold.size === 1) {
      setImmediate(() => {
        const keys = [...this.untold];
        this.untold.clear();
        this.tell(keys);
      });
    }
  }

  private tell(keys: readonly string[]): void {
    const versions = keys.flatMap((key) => this.present(key));
    this.page.emit('versions', {
      versions,
      order: [...this.compared.keys()],
      metricKeys: [...this.metricKeys.all],
      restore: toVersionsState(this.places),
    });
  }

  private present(key: string): readonly ComparedVersion[] {
    const compared = this.compared.get(key);
    if (compared === undefined) {
      return [];
    }
    const { host } = this.options;
    const { entry } = compared.reader;
    const { connection } = entry.place;
    return [
      presentComparedVersion({
        ...{ entry, model: compared.model.reading, metricKeys: this.metricKeys },
        isOneModel: modelsOf(this.places).length === 1,
        isOneServer: this.places.every((place) => place.connection === connection),
        connection: host.sessions.get(connection)?.name ?? connection,
        colorOf: (runId) => host.colors.of(runId),
        explain: (error) => this.troubles.sentence(error),
      }),
    ];
  }

  private openRun(key: string): undefined {
    const entry = this.compared.get(key)?.reader.entry;
    const run = entry?.run.kind === 'ready' ? entry.run.value?.run : undefined;
    if (entry !== undefined && run !== undefined) {
      const { connection } = entry.place;
      this.options.openRun({ connection, experimentId: run.experimentId, runId: run.id });
    }
    return undefined;
  }

  private async diff(
    file: string,
    keys: readonly [string, string],
    signal: AbortSignal,
  ): Promise<undefined> {
    const [left, right] = keys.map((key) => this.compared.get(key)?.reader.entry.place);
    if (left !== undefined && right !== undefined) {
      await compareFiles(this.options.host.sessions, file, left, right, signal);
    }
    return undefined;
  }

  private async compareRuns(): Promise<undefined> {
    const targets = [...this.compared.values()].flatMap(({ reader: { entry } }) => {
      const source = entry.run.kind === 'ready' ? entry.run.value?.run : undefined;
      const { connection } = entry.place;
      return source === undefined
        ? []
        : {
            target: {
              kind: 'run',
              connection,
              experimentId: source.experimentId,
              runId: source.id,
            },
          };
    });
    const ids = new Set(targets.map(({ target }) => target.runId));
    if (ids.size < 2) {
      throw new SaidError(vscode.l10n.t('These versions do not have two different source runs.'));
    }
    await vscode.commands.executeCommand(commands.compareRuns, targets[0], targets);
    return undefined;
  }

  private async addVersions(): Promise<undefined> {
    const chosen = await this.options.chooseMore(this.places);
    if (distinctVersions([...this.places, ...chosen]).length > mostVersions) {
      throw tooManyVersions();
    }
    if (chosen.length > 0) {
      const visible = this.options.panel.visible;
      this.take(chosen);
      this.compared.forEach(({ reader }) => reader.setVisible(visible));
      this.tell([...this.compared.keys()]);
      this.begin();
    }
    return undefined;
  }

  /** The title goes by the models there are. */
  private arrange(): void {
    this.options.panel.title = versionsTitle(this.places);
  }
}

const longestTitle = 60;

/** How a page is called that compares these. */
export function versionsTitle(places: readonly VersionPlace[]): string {
  const [first = '', ...others] = modelsOf(places);
  const name = toOneLine(first, longestTitle);
  return vscode.l10n.t(
    'Compare: {0} versions',
    others.length === 0 ? name : vscode.l10n.t('{0} and {1} more', name, others.length),
  );
}

export function tooManyVersions(): SaidError {
  return new SaidError(
    vscode.l10n.t('Up to {0} versions are compared at a time. Select fewer.', mostVersions),
  );
}

function modelsOf(places: readonly VersionPlace[]): readonly string[] {
  return [...new Set(places.map(({ name }) => name))];
}
