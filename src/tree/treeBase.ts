import * as vscode from 'vscode';

import type { Disposable } from '../base/disposable';
import { connectionTooltip } from '../host/describeConnection';
import type { ConnectionStatus } from '../state/connection';
import type { Session } from '../state/session';
import { factsOf } from '../state/sessionFacts';
import type { Sessions } from '../state/sessions';
import { connectionRow, connectionRowId, failedConnection } from './children';
import { sameNode, type ConnectionNode, type TreeNode } from './node';
import { Rows, type Row, type Scope } from './row';
import { tooltipOf } from './tooltip';

/** What both views share: rows that stay the same objects, and a connection that may fail. */
export abstract class TreeBase implements vscode.TreeDataProvider<Row>, Disposable {
  protected readonly rows = new Rows();
  private readings = 0;
  private readonly changes = new vscode.EventEmitter<Row | undefined>();

  readonly onDidChangeTreeData = this.changes.event;

  constructor(protected readonly sessions: Sessions) {
    sessions.onDidReplace(() => this.refresh());
    sessions.onDidChange(() => this.drawSessions());
  }

  getTreeItem(row: Row): vscode.TreeItem {
    return row.item;
  }

  getParent(row: Row): Row | undefined {
    return row.parent;
  }

  resolveTreeItem(item: vscode.TreeItem, row: Row): vscode.TreeItem {
    const session = row.node.kind === 'connection' && this.sessions.get(row.connection);
    item.tooltip ??= session ? connectionTooltip(factsOf(session)) : tooltipOf(row.node);
    return item;
  }

  /** Whether first rows are being read, so that selection and focus are not what they were. */
  get isReading(): boolean {
    return this.readings > 0;
  }

  async getChildren(row?: Row): Promise<Row[]> {
    if (row !== undefined && row.node.kind !== 'connection') {
      return this.rowsUnder(row);
    }
    this.readings++;
    try {
      return await (row === undefined ? this.roots() : this.rowsUnder(row));
    } finally {
      this.readings--;
    }
  }

  /** The row of a session's node that is shown. */
  row(session: Session, nodeId: string): Row | undefined {
    return this.rows.get(this.scopeOf(session).prefix + nodeId);
  }

  /** Whether a row is still one of those that VS Code has seen. */
  has(row: Row): boolean {
    return this.rows.get(row.id) === row;
  }

  /** The row that holds everything of a session; `undefined` for the root of the view. */
  sessionRow(session: Session): Row | undefined {
    return this.rows.get(connectionRowId(session));
  }

  /** The rows that VS Code has seen under `parent`. */
  shown(parent: Row | undefined): readonly Row[] {
    return this.rows.under(parent);
  }

  /** Draws everything anew. */
  refresh(): void {
    this.rows.redraw();
    this.changes.fire(undefined);
  }

  /** Draws everything of one session anew. */
  refreshSession(session: Session): void {
    const row = this.sessionRow(session);
    if (row === undefined) {
      this.refresh();
    } else {
      this.rows.redraw();
      this.changes.fire(row);
    }
  }

  /** Draws one row, as it reads now, and what is open below it anew; one that is not there needs nothing. */
  refreshRow(
    session: Session,
    nodeId: string,
    reread: (node: TreeNode) => TreeNode = (node) => node,
  ): void {
    const row = this.row(session, nodeId);
    if (row !== undefined) {
      row.node = reread(row.node);
      row.redraw();
      this.changes.fire(row);
    }
  }

  /** Finds a row by reading the way down to it, as opening its parents one by one would. */
  async find(session: Session, path: readonly string[]): Promise<Row | undefined> {
    const top = (await this.getChildren()).find(({ id }) => id === connectionRowId(session));
    let row = top;
    for (const nodeId of path) {
      row = (await this.getChildren(row)).find(
        ({ node, connection }) => node.id === nodeId && connection === session.id,
      );
      if (row === undefined) {
        return undefined;
      }
    }
    return row;
  }

  dispose(): void {
    this.changes.dispose();
  }

  /** Rows for a connection that is not open: its failure, or nothing, where the welcome text shows. */
  protected unconnected(status: ConnectionStatus): readonly TreeNode[] {
    return status.kind === 'failed' ? [failedConnection(status.error)] : [];
  }

  /** The first rows of one connection. */
  protected abstract rootsOf(session: Session): Promise<readonly TreeNode[]>;
  protected abstract childrenOf(node: TreeNode, session: Session): Promise<readonly TreeNode[]>;

  private async rowsUnder(row: Row): Promise<Row[]> {
    const session = this.sessions.get(row.connection);
    if (session === undefined) {
      return [];
    }
    const nodes =
      row.node.kind === 'connection'
        ? await this.rootsOf(session)
        : await this.childrenOf(row.node, session);
    return this.rows.update(row, nodes, this.scopeOf(session));
  }

  /** With one connection what it has, with several the connections. */
  private async roots(): Promise<Row[]> {
    const all = await this.sessions.ensure();
    const [first] = all;
    if (first !== undefined && all.length === 1) {
      return this.rows.update(undefined, await this.rootsOf(first), this.scopeOf(first));
    }
    const nodes = all.map((session) => this.nodeOf(session));
    return this.rows.update(undefined, nodes, { connection: undefined, prefix: '' });
  }

  private scopeOf({ id }: Session): Scope {
    return { connection: id, prefix: `${id}|` };
  }

  /** Only what was asked for is read from the start: the first, and what was put beside it. */
  private nodeOf(session: Session): ConnectionNode {
    const open = session === this.sessions.all[0] || session.found?.beside === true;
    return connectionRow(session.id, factsOf(session), open);
  }

  private drawSessions(): void {
    for (const session of this.sessions.all) {
      const row = this.sessionRow(session);
      const node = this.nodeOf(session);
      if (row !== undefined && !sameNode(row.node, node)) {
        row.read(node, row.parent);
        this.changes.fire(row);
      }
    }
  }
}
