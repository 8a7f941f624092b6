import * as vscode from 'vscode';

import { DisposableStore, type Disposable } from '../base/disposable';
import { setContextKey } from '../host/contextKeys';
import { explainError } from '../host/explainError';
import { contextKeys, views, type ContextKey } from '../ids';
import type { ListKey, Target } from '../mlflow/target';
import type { Session } from '../state/session';
import { ExperimentsTree } from './experimentsTree';
import { ModelsTree } from './modelsTree';
import type { Row } from './row';

/** The two views of the sidebar, and what commands do with them. */
export class Sidebar implements Disposable {
  readonly experimentsTree: ExperimentsTree;
  readonly modelsTree: ModelsTree;
  private readonly experimentsView: vscode.TreeView<Row>;
  private readonly modelsView: vscode.TreeView<Row>;
  private readonly owned = new DisposableStore();
  private readonly keys = new Map<ContextKey, string | boolean>();

  constructor(private readonly session: Session) {
    this.experimentsTree = this.owned.add(new ExperimentsTree(session));
    this.modelsTree = this.owned.add(new ModelsTree(session));
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
    return this.experimentsView.selection
      .map(({ target }) => target)
      .filter((target) => target !== undefined);
  }

  /** Reads on at the end of a list and moves to the first new row. */
  async loadMore(of: ListKey): Promise<void> {
    const ofModels = of.list === 'models' || of.list === 'versions';
    const tree = ofModels ? this.modelsTree : this.experimentsTree;
    const view = ofModels ? this.modelsView : this.experimentsView;
    const parent = tree.row(parentOf(of));
    const before = new Set(tree.shown(parent).map(({ id }) => id));
    await tree.loadMore(of);
    const after = await tree.getChildren(parent);
    const first = after.find(({ id, node }) => !before.has(id) && node.kind !== 'error');
    if (first !== undefined && view.visible) {
      await view.reveal(first, { select: true, focus: true });
    }
  }

  /** Opens the way to a run that the state knows, and selects it. */
  async revealRun(experimentId: string, runId: string): Promise<void> {
    await vscode.commands.executeCommand(`${views.experiments}.focus`);
    const row = await this.experimentsTree.findRun(experimentId, runId);
    if (row !== undefined) {
      await this.experimentsView.reveal(row, { select: true, focus: true });
    }
  }

  dispose(): void {
    this.owned.dispose();
  }

  private followView(): void {
    const { experimentsView, session } = this;
    const expand = (row: Row, expanded: boolean): void => {
      if (row.node.kind === 'experiment') {
        session.setExpanded(row.node.experiment.id, expanded);
      }
    };
    this.owned.add(
      experimentsView.onDidChangeVisibility(({ visible }) => session.setVisible(visible)),
    );
    this.owned.add(experimentsView.onDidExpandElement(({ element }) => expand(element, true)));
    this.owned.add(experimentsView.onDidCollapseElement(({ element }) => expand(element, false)));
    this.owned.add(
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) {
          session.freshenIfStale();
        }
      }),
    );
    session.setVisible(experimentsView.visible);
  }

  private followSession(): void {
    const { session } = this;
    const show = (): void => this.describe();
    this.owned.add(session.connection.onDidChange(show));
    this.owned.add(this.experimentsTree.onDidChangeTreeData(show));
    this.owned.add(this.modelsTree.onDidChangeTreeData(show));
    show();
  }

  /** Says which server is shown, and what narrows the lists. */
  private describe(): void {
    const { status } = this.session.connection;
    const { experiments, models } = this.session;
    const server = status.kind === 'ready' ? status.opened.name.replace(/^https?:\/\//, '') : '';
    const deleted = experiments?.lifecycle === 'deleted';
    const lost = status.kind === 'failed' ? status.error : undefined;
    const overExperiments = sentences(
      failure(lost ?? experiments?.list.error),
      deleted ? vscode.l10n.t('Deleted runs, and all experiments.') : '',
      searchMessage(experiments?.search),
    );
    const overModels = sentences(
      failure(lost ?? models?.list.error),
      searchMessage(models?.search),
    );
    tell(this.experimentsView, server, overExperiments);
    tell(this.modelsView, server, overModels);
    this.setKey(contextKeys.connection, status.kind === 'idle' ? 'connecting' : status.kind);
    this.setKey(contextKeys.lifecycle, experiments?.lifecycle ?? 'active');
    this.setKey(contextKeys.experimentSearch, Boolean(experiments?.search));
    this.setKey(contextKeys.modelSearch, Boolean(models?.search));
  }

  private setKey(key: ContextKey, value: string | boolean): void {
    if (this.keys.get(key) !== value) {
      this.keys.set(key, value);
      setContextKey(key, value);
    }
  }
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
    default:
      return undefined;
  }
}
