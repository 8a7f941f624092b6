import * as vscode from 'vscode';

import type { Disposable } from '../base/disposable';
import type { ConnectionStatus } from '../state/connection';
import { failedConnection } from './children';
import type { TreeNode } from './node';
import { Rows, type Row } from './row';
import { tooltipOf } from './tooltip';

/** What both views share: rows that stay the same objects, and a connection that may fail. */
export abstract class TreeBase implements vscode.TreeDataProvider<Row>, Disposable {
  protected readonly rows = new Rows();
  private readonly changes = new vscode.EventEmitter<Row | undefined>();

  readonly onDidChangeTreeData = this.changes.event;

  getTreeItem(row: Row): vscode.TreeItem {
    return row.item;
  }

  getParent(row: Row): Row | undefined {
    return row.parent;
  }

  resolveTreeItem(item: vscode.TreeItem, row: Row): vscode.TreeItem {
    item.tooltip ??= tooltipOf(row.node);
    return item;
  }

  async getChildren(row?: Row): Promise<Row[]> {
    const nodes = row === undefined ? await this.roots() : await this.childrenOf(row.node);
    return this.rows.update(row, nodes);
  }

  /** The row of a node that is shown; `undefined` stands for the root, or for none. */
  row(id: string | undefined): Row | undefined {
    return id === undefined ? undefined : this.rows.get(id);
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

  /** Draws one row, as it reads now, and what is open below it anew; one that is not there needs nothing. */
  refreshRow(id: string, reread: (node: TreeNode) => TreeNode = (node) => node): void {
    const row = this.rows.get(id);
    if (row !== undefined) {
      row.node = reread(row.node);
      row.redraw();
      this.changes.fire(row);
    }
  }

  /** Finds a row by reading the way down to it, as opening its parents one by one would. */
  async find(path: readonly string[]): Promise<Row | undefined> {
    let row: Row | undefined;
    for (const id of path) {
      row = (await this.getChildren(row)).find((child) => child.id === id);
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

  protected abstract roots(): Promise<readonly TreeNode[]>;
  protected abstract childrenOf(node: TreeNode): Promise<readonly TreeNode[]>;
}
