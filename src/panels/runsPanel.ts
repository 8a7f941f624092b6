import * as vscode from 'vscode';

import type { Disposable } from '../base/disposable';
import { SaidError } from '../host/explainError';
import { currentSettings } from '../host/settings';
import type { ServerInfo } from '../mlflow/trackingStore';
import type { Handlers } from '../protocol/rpc';
import type { FilterRefusal, NamedView, RunsInit, RunsPage, RunsQuery } from '../protocol/runsPage';
import { ComparisonLayouts } from '../state/comparisonLayouts';
import { RunsTable } from '../state/runsTable';
import { SavedViews } from '../state/savedViews';
import { scopesOf } from '../state/tableQuery';
import { FilterRefused, type TableProgress, type TableReading } from '../state/tableReading';
import { actOnRuns } from './actOnRuns';
import { exportRuns } from './exportRuns';
import { checkFilter, refusalOf } from './filterRefusal';
import type { OpenPage } from './openPages';
import { Page } from './page';
import { PageTroubles } from './pageTroubles';
import type { PanelsHost } from './panelsHost';
import { toTableState } from './present/restoreTable';
import { presentColumns } from './present/runRows';
import { RowTeller } from './rowTeller';
import { copyText, saveFile } from './saveFile';
import { presentRow } from './tableRow';
import { TableExperiments, type TablePlace } from './tableExperiments';
import { tableTitle } from './tableTitle';

export interface RunsPanelOptions {
  readonly host: PanelsHost;
  readonly panel: vscode.WebviewPanel;
  readonly places: readonly TablePlace[];
}

/** So long a page waits for a connection that is being opened, in milliseconds. */
const patience = 1000;

/** The extension's side of one page that shows runs in a table. */
export class RunsPanel implements OpenPage {
  private readonly table: RunsTable;
  private readonly experiments: TableExperiments;
  private readonly layouts: ComparisonLayouts;
  private readonly views: SavedViews;
  private readonly troubles: PageTroubles;
  private readonly page: Page<RunsPage>;
  private readonly following: readonly Disposable[];
  private readonly controller = new AbortController();
  private teller: RowTeller | undefined;
  private readonly infos = new Map<string, ServerInfo>();
  /** As JSON. */
  private toldFacts = '';
  /** The page has begun anew and knows nothing yet. */
  private isFresh = true;

  constructor(private readonly options: RunsPanelOptions) {
    const { host, panel, places } = options;
    const { sessions } = host;
    this.troubles = new PageTroubles(host, 'runs');
    this.layouts = new ComparisonLayouts(host.memory, 'tableLayouts');
    this.views = new SavedViews(host.memory, 'tableViews');
    this.experiments = new TableExperiments(sessions, places);
    this.table = new RunsTable({
      sessions,
      scopes: scopesOf(places),
      refreshInterval: currentSettings.refreshInterval,
    });
    panel.title = tableTitle(this.experiments.places);
    this.page = new Page<RunsPage>(panel, {
      name: 'runs',
      extensionUri: host.extensionUri,
      handlers: this.handlers,
      encodeError: (error) => this.failure(error),
      onVisible: (visible) => this.setVisible(visible),
    });
    this.following = [
      this.table.onDidRead(({ reading, rows }) => this.tellerOf(reading)?.tell(rows)),
      this.table.onDidLose(({ reading, rows }) => this.tellerOf(reading)?.tellGone(rows)),
      this.table.onDidProgress((reading) => this.tellerOf(reading)?.tellProgress(reading.progress)),
      this.table.onDidChangeTrouble((error) => this.tellTrouble(error)),
      host.colors.onDidChange((runIds) => this.tellColors(runIds)),
      sessions.onDidChange(() => void this.findExperiments()),
    ];
  }

  get webviewPanel(): vscode.WebviewPanel {
    return this.options.panel;
  }

  /** The experiments whose runs it shows. */
  get places(): readonly TablePlace[] {
    return this.experiments.places;
  }

  restartRefreshing(): void {
    this.table.restartRefreshing();
  }

  dispose(): void {
    this.controller.abort();
    this.teller?.end();
    this.following.forEach((listener) => listener.dispose());
    this.page.dispose();
    this.table.dispose();
  }

  private readonly handlers: Handlers<RunsPage> = {
    requests: {
      init: () => this.init(),
      read: (query) => this.read(query),
      checkFilter: (filter) => checkFilter(this.options.host, this.places, filter),
      extremes: async ({ reading, metric, at }, signal) => {
        const { current } = this.table;
        const rows = [...at].map((each) =>
          current?.number === reading ? current.rows.row(each) : undefined,
        );
        const found = await this.table.extremes(rows, metric, signal);
        return {
          min: Float64Array.from(found, (each) => each?.min ?? Number.NaN),
          max: Float64Array.from(found, (each) => each?.max ?? Number.NaN),
          exact: Uint8Array.from(found, (each) => (each?.exact === true ? 1 : 0)),
        };
      },
      exportRuns: (query, signal) => {
        const { sessions } = this.options.host;
        return this.troubles.outlasting(signal, exportRuns(sessions, this.places, query));
      },
      save: ({ suggested, content }) => saveFile(suggested, content),
      copy: copyText,
      saveView: ({ name, layout }) => this.saveView(name, layout),
      askViewName: () => this.askViewName(),
      act: async ({ action, runs }) => {
        const rows = runs.flatMap((key) => this.table.current?.rows.get(key) ?? []);
        const [first] = rows;
        if (action === 'reveal') {
          if (first !== undefined) {
            this.options.host.reveal(first.place.connection, first.place.runId);
          }
        } else {
          await actOnRuns(action, rows);
          if (action !== 'open' && action !== 'compare') {
            this.table.readAgain(runs);
          }
        }
        return undefined;
      },
    },
    notices: {
      stop: () => this.table.stop(),
      layout: (layout) => void this.layouts.set(this.places, layout),
      live: (live) => this.table.setLive(live),
      failure: (text) => this.troubles.note(text),
    },
  };

  private async init(): Promise<RunsInit> {
    this.isFresh = true;
    this.teller?.end();
    this.teller = undefined;
    this.toldFacts = JSON.stringify(this.facts);
    const { signal } = this.controller;
    const asked = this.experiments.find(signal).then(() => this.tellFacts());
    await Promise.race([asked, new Promise((resolve) => setTimeout(resolve, patience))]);
    setImmediate(() => this.tellTrouble(this.table.trouble));
    return {
      texts: vscode.l10n.bundle,
      locale: vscode.env.language,
      layout: this.layouts.get(this.places),
      views: this.views.get(this.places),
      live: this.table.isLive,
      ...this.facts,
    };
  }

  /** Asks once more for experiments that are not known yet, since their connection may have been at fault. */
  private async findExperiments(): Promise<void> {
    if (this.experiments.canFindMore) {
      await this.experiments.find(this.controller.signal);
    }
    this.tellFacts();
  }

  private tellFacts(): void {
    const { facts } = this;
    const text = JSON.stringify(facts);
    if (text !== this.toldFacts && !this.controller.signal.aborted) {
      this.toldFacts = text;
      this.options.panel.title = tableTitle(this.places);
      this.page.emit('facts', facts);
    }
  }

  private get facts(): RunsPage['events']['facts'] {
    const infos = this.places.map(({ connection }) => this.infoOf(connection));
    return {
      experiments: this.experiments.all,
      exactExtremes: infos.every((info) => info?.can.watching === true),
      filterNull: infos.every((info) => info?.can.filterNull === true),
      restore: toTableState(this.places),
    };
  }

  /** What was known of a server stays while the window connects anew. */
  private infoOf(connection: string): ServerInfo | undefined {
    const info = this.options.host.sessions.get(connection)?.info ?? this.infos.get(connection);
    if (info !== undefined) {
      this.infos.set(connection, info);
    }
    return info;
  }

  /** The first of a page is answered from what is known, where that is of the same query and fresh. */
  private async read(query: RunsQuery): Promise<{ readonly reading: number }> {
    const { current } = this.table;
    const held = this.isFresh && this.table.holds(query) ? current : undefined;
    this.isFresh = false;
    const reading = held ?? (await this.table.read(query));
    this.teller?.end();
    const teller = this.newTeller(reading);
    this.teller = teller;
    if (held !== undefined) {
      // The page has to hear of the reading before it hears of its rows.
      setImmediate(() => {
        teller.tell(held.rows.all);
        teller.tellProgress(held.progress);
      });
    }
    return { reading: reading.number };
  }

  private newTeller(of: TableReading): RowTeller {
    const { number: reading } = of;
    const { page, options } = this;
    return new RowTeller({
      rows: (rows) =>
        page.emit('rows', {
          reading,
          rows: rows.map((row) => presentRow(row, options.host.colors.of(row.place.runId))),
          columns: presentColumns(rows, of.rows),
        }),
      gone: (at) => page.emit('gone', { reading, at }),
      progress: (progress) => page.emit('progress', this.presentProgress(reading, progress)),
    });
  }

  private presentProgress(
    reading: number,
    { found, standing, error, readAt }: TableProgress,
  ): RunsPage['events']['progress'] {
    const problem = standing === 'failed' ? this.troubles.sentence(error) : undefined;
    return { reading, found, standing, problem, readAt };
  }

  private tellerOf(reading: TableReading): RowTeller | undefined {
    return this.table.current === reading ? this.teller : undefined;
  }

  private tellTrouble(error: unknown): void {
    this.page.emit('trouble', this.troubles.trouble(error));
  }

  private tellColors(runIds: ReadonlySet<string>): void {
    const { colors } = this.options.host;
    const rows = this.table.current?.rows.all ?? [];
    const changed = rows.filter(({ place }) => runIds.has(place.runId));
    if (changed.length > 0) {
      this.page.emit(
        'colors',
        changed.map(({ key, place }) => [key, colors.of(place.runId)]),
      );
    }
  }

  private setVisible(visible: boolean): void {
    if (!visible) {
      this.teller?.end();
      this.teller = undefined;
    }
    this.table.setVisible(visible);
  }

  private async saveView(name: string, layout: unknown): Promise<readonly NamedView[]> {
    if (!(await this.views.set(this.places, name, layout))) {
      throw new SaidError(
        vscode.l10n.t(
          'The view was not saved: these experiments have too many saved views, or too large ones. Delete one, then save it again.',
        ),
      );
    }
    return this.views.get(this.places);
  }

  private async askViewName(): Promise<string | undefined> {
    const name = await vscode.window.showInputBox({
      title: vscode.l10n.t('Save View'),
      prompt: vscode.l10n.t('Name of the view'),
      validateInput: (text) => (text.trim() === '' ? vscode.l10n.t('Enter a name.') : undefined),
    });
    return name?.trim();
  }

  private failure(error: unknown): FilterRefusal {
    return error instanceof FilterRefused
      ? refusalOf(this.options.host, error)
      : this.troubles.failure(error);
  }
}
