import * as vscode from 'vscode';

import { DisposableStore, type Disposable } from '../base/disposable';
import { setContextKey } from '../host/contextKeys';
import { explainError, SaidError } from '../host/explainError';
import { contextKeys, views, type ContextKey } from '../ids';
import { isModelFilter } from '../mlflow/filterText';
import { isOfModels, type ListKey, type Target } from '../mlflow/target';
import type { Launches } from '../state/launches';
import type { RunColors } from '../state/runColors';
import type { Session } from '../state/session';
import type { Sessions } from '../state/sessions';
import { ExperimentsTree } from './experimentsTree';
import { LaunchesTree } from './launchesTree';
import { ModelsTree } from './modelsTree';
import type { Row } from './row';
import { UnfoldedFolders } from './unfoldedFolders';

/** VS Code's own: selects the row with the focus beside others, or no longer. */
const toggleSelection = 'list.toggleSelection';

/** No news of a selection after so many milliseconds: no row has the focus. */
const newsTake = 1000;

/** The views of the sidebar, and what commands do with them. */
export class Sidebar implements Disposable {
  readonly experimentsTree: ExperimentsTree;
  readonly modelsTree: ModelsTree;
  readonly launchesTree: LaunchesTree;
  private readonly experimentsView: vscode.TreeView<Row>;
  private readonly modelsView: vscode.TreeView<Row>;
  private readonly owned = new DisposableStore();
  private readonly unfolded = new UnfoldedFolders((row) => this.experimentsTree.has(row));
  private readonly keys = new Map<ContextKey, string | boolean>();

  constructor(
    private readonly sessions: Sessions,
    colors: RunColors,
    launches: Launches,
  ) {
    this.experimentsTree = this.owned.add(new ExperimentsTree(sessions, colors));
    this.modelsTree = this.owned.add(new ModelsTree(sessions));
    this.launchesTree = this.owned.add(new LaunchesTree(launches));
    const options = { canSelectMany: true, showCollapseAll: true };
    this.experimentsView = this.owned.add(
      vscode.window.createTreeView(views.experiments, {
        ...options,
        treeDataProvider: this.experimentsTree,
      }),
    );
    this.modelsView = this.owned.add(
      vscode.window.createTreeView(views.models, {
        ...options,
        treeDataProvider: this.modelsTree,
      }),
    );
    this.followView();
    this.followSession();
  }

  /** What is selected in the Experiments view. */
  selection(): readonly Target[] {
    return targetsOf(this.experimentsView.selection);
  }

  /** What is selected in the Models view. */
  modelSelection(): readonly Target[] {
    return targetsOf(this.modelsView.selection);
  }

  /** Opens the way to a registered model, or to one of its versions, that the state knows, and selects it. */
  async revealModel(session: Session, name: string, version?: string): Promise<void> {
    await vscode.commands.executeCommand(`${views.models}.focus`);
    const path = [
      `model:${name}`,
      ...(version === undefined ? [] : [`version:${name}/${version}`]),
    ];
    const row = await this.modelsTree.find(session, path);
    if (row !== undefined) {
      await this.modelsView.reveal(row, {
        select: true,
        focus: true,
        expand: version === undefined,
      });
    }
  }

  /**
   * What a key pressed in a view is about: the row with the focus, and with it all that
   * is selected where it is one of these. VS Code tells extensions what is selected only; so the row
   * with the focus is found by turning its selection over and back. Rejects while first rows are being
   * read, since VS Code may have moved the focus meanwhile.
   */
  async keyed(of: 'experiments' | 'models'): Promise<readonly Target[]> {
    const [view, tree] =
      of === 'models'
        ? [this.modelsView, this.modelsTree]
        : [this.experimentsView, this.experimentsTree];
    if (!view.visible) {
      return [];
    }
    const before = view.selection;
    const turned = await turnSelection(view);
    const restored = await turnSelection(view);
    // What was selected before may be old news; where none came of the second turn, it is the newest there is.
    const selected = new Set(sameRows(restored, turned) ? before : restored);
    if (tree.isReading) {
      throw new SaidError(
        vscode.l10n.t('The rows are being read anew just now. Try again in a moment.'),
      );
    }
    const unselected = turned.filter((row) => !selected.has(row));
    return targetsOf(unselected.length > 0 ? unselected : [...selected]);
  }

  /** Reads on at the end of a list and moves to the first new row. */
  async loadMore(session: Session, of: ListKey): Promise<void> {
    const ofModels = isOfModels(of);
    const tree = ofModels ? this.modelsTree : this.experimentsTree;
    const view = ofModels ? this.modelsView : this.experimentsView;
    const parentId = parentOf(of);
    const parent = parentId === undefined ? tree.sessionRow(session) : tree.row(session, parentId);
    const before = new Set(tree.shown(parent).map(({ id }) => id));
    await tree.loadMore(session, of);
    const after = await tree.getChildren(parent);
    const first = after.find(({ id, node }) => !before.has(id) && node.kind !== 'error');
    if (first !== undefined && view.visible) {
      await view.reveal(first, { select: true, focus: true });
    }
  }

  /** Opens the way to a run that the state knows, and selects it. */
  async revealRun(session: Session, experimentId: string, runId: string): Promise<void> {
    await vscode.commands.executeCommand(`${views.experiments}.focus`);
    const row = await this.experimentsTree.findRun(session, experimentId, runId);
    if (row !== undefined) {
      await this.experimentsView.reveal(row, { select: true, focus: true });
    }
  }

  /** The same for a run that appeared by itself: the keyboard stays where it is. */
  async showNewRun(session: Session, experimentId: string, runId: string): Promise<void> {
    const row = await this.experimentsTree.findRun(session, experimentId, runId);
    if (row !== undefined) {
      await this.experimentsView.reveal(row, { select: true, focus: false });
    }
  }

  /** Selects an experiment that the state knows. */
  async revealExperiment(session: Session, experimentId: string): Promise<void> {
    await vscode.commands.executeCommand(`${views.experiments}.focus`);
    const row = await this.experimentsTree.findExperiment(session, experimentId);
    if (row !== undefined) {
      await this.experimentsView.reveal(row, { select: true, focus: true });
    }
  }

  /** Selects the row of one of several connections, where the view is seen. */
  async revealConnection(session: Session): Promise<void> {
    const row = this.experimentsView.visible
      ? await this.experimentsTree.find(session, [])
      : undefined;
    if (row !== undefined) {
      await this.experimentsView.reveal(row, { select: true, expand: true });
    }
  }

  dispose(): void {
    this.owned.dispose();
  }

  private followView(): void {
    const { experimentsView, modelsView, sessions } = this;
    const expand = (row: Row, expanded: boolean): void => {
      const { node, connection } = row;
      if (node.kind === 'experiment') {
        sessions.get(connection)?.setExpanded(node.experiment.id, expanded);
      }
      this.unfolded.note(row, expanded);
      sessions.all.forEach((session) => session.setShownFolders(this.unfolded.shownOf(session.id)));
    };
    const activate = ({ selection }: vscode.TreeViewSelectionChangeEvent<Row>): void => {
      const session = selection[0] && sessions.get(selection[0].connection);
      if (session !== undefined) {
        sessions.activate(session);
      }
    };
    this.owned.add(experimentsView.onDidChangeSelection(activate));
    this.owned.add(modelsView.onDidChangeSelection(activate));
    this.owned.add(
      experimentsView.onDidChangeVisibility(({ visible }) => sessions.setVisible(visible)),
    );
    this.owned.add(experimentsView.onDidExpandElement(({ element }) => expand(element, true)));
    this.owned.add(experimentsView.onDidCollapseElement(({ element }) => expand(element, false)));
    this.owned.add(
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) {
          sessions.freshenIfStale();
        }
      }),
    );
    sessions.setVisible(experimentsView.visible);
  }

  private followSession(): void {
    const show = (): void => this.describe();
    this.owned.add(this.sessions.onDidChange(show));
    this.owned.add(this.experimentsTree.onDidChangeTreeData(show));
    this.owned.add(this.modelsTree.onDidChangeTreeData(show));
    show();
  }

  /** Says which server is shown, and what narrows the lists. */
  private describe(): void {
    const { all, areFound } = this.sessions;
    const [first] = all;
    const only = all.length === 1 ? first : undefined;
    const server = only?.connection.status.kind === 'ready' ? withoutScheme(only.name) : '';
    const deleted = first?.experiments?.lifecycle === 'deleted';
    const overExperiments = sentences(
      failure(lostOf(only) ?? only?.experiments?.list.error),
      ...all.map(warning),
      deleted ? vscode.l10n.t('Deleted runs, and all experiments.') : '',
      searchMessage(first?.experiments?.search),
    );
    const overModels = sentences(
      failure(lostOf(only) ?? only?.models?.list.error),
      modelSearchMessage(first?.models?.search),
    );
    tell(this.experimentsView, server, overExperiments);
    tell(this.modelsView, server, overModels);
    this.setKey(contextKeys.connection, areFound ? connectionState(all) : 'connecting');
    this.setKey(contextKeys.lifecycle, first?.experiments?.lifecycle ?? 'active');
    this.setKey(contextKeys.experimentSearch, Boolean(first?.experiments?.search));
    this.setKey(
      contextKeys.canUndoDelete,
      all.some(({ writes }) => writes?.lastDeletion !== undefined),
    );
    this.setKey(contextKeys.modelSearch, Boolean(first?.models?.search));
  }

  private setKey(key: ContextKey, value: string | boolean): void {
    if (this.keys.get(key) !== value) {
      this.keys.set(key, value);
      setContextKey(key, value);
    }
  }
}

/** Turns the selection of the row with the focus over; news of it come some time after the command is done. */
async function turnSelection(view: vscode.TreeView<Row>): Promise<readonly Row[]> {
  let patience: NodeJS.Timeout | undefined;
  const heard = new Promise<void>((resolve) => {
    const once = view.onDidChangeSelection(() => {
      once.dispose();
      resolve();
    });
    patience = setTimeout(() => {
      once.dispose();
      resolve();
    }, newsTake);
  });
  await vscode.commands.executeCommand(toggleSelection);
  await heard;
  clearTimeout(patience);
  return view.selection;
}

function sameRows(some: readonly Row[], others: readonly Row[]): boolean {
  return some.length === others.length && some.every((row) => others.includes(row));
}

function targetsOf(rows: readonly Row[]): readonly Target[] {
  return rows.map(({ target }) => target).filter((target) => target !== undefined);
}

/** What the welcome texts go by; with several connections their rows say how each is. */
function connectionState(all: readonly Session[]): string {
  const [first] = all;
  if (first === undefined) {
    return 'none';
  }
  const { kind } = first.connection.status;
  return all.length > 1 ? 'ready' : kind === 'idle' ? 'connecting' : kind;
}

function lostOf(session: Session | undefined): unknown {
  const status = session?.connection.status;
  return status?.kind === 'failed' ? status.error : undefined;
}

/** Certificates that are not checked are said where one always looks. */
function warning({ name, connection: { status } }: Session): string {
  return status.kind === 'ready' && status.opened.access?.insecure === true
    ? vscode.l10n.t('The certificate of {0} is not checked.', withoutScheme(name))
    : '';
}

function withoutScheme(name: string): string {
  return name.replace(/^https?:\/\//, '');
}

/** Every assignment goes to the window, so only what changed is assigned. */
function tell(view: vscode.TreeView<Row>, description: string, message: string): void {
  if (view.description !== description) {
    view.description = description;
  }
  if (view.message !== message) {
    view.message = message;
  }
}

/** A row may be too narrow for a whole sentence; the view's message is not. */
function failure(error: unknown): string {
  return error === undefined ? '' : explainError(error);
}

function sentences(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}

function searchMessage(search: string | undefined): string {
  return search ? vscode.l10n.t('Names that contain "{0}".', search) : '';
}

function modelSearchMessage(search: string | undefined): string {
  return search && isModelFilter(search)
    ? vscode.l10n.t('Models where {0}.', search)
    : searchMessage(search);
}

function parentOf(of: ListKey): string | undefined {
  switch (of.list) {
    case 'runs':
      return `experiment:${of.experimentId}`;
    case 'children':
      return `run:${of.runId}`;
    case 'versions':
      return `model:${of.modelName}`;
    case 'values':
      return of.groupId;
    case 'artifacts':
      return of.rowId;
    case 'loggedModels':
      return `run:${of.runId}/artifacts`;
    default:
      return undefined;
  }
}
