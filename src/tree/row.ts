import type * as vscode from 'vscode';

import type { Target } from '../mlflow/target';
import { sameNode, targetOf, type TreeNode } from './node';
import { toTreeItem } from './treeItem';

/**
 * The element that VS Code knows a row by. It stays the same object while its node is read anew, so
 * that a refresh finds it and selection, expansion and scroll stay.
 */
export class Row {
  /** The last reading of a list that it was in. */
  reading = 0;
  private drawn: vscode.TreeItem | undefined;

  constructor(
    /** Unique in its view: the node's id within its connection. */
    readonly id: string,
    public parent: Row | undefined,
    public node: TreeNode,
    /** Id of the session that the row belongs to. */
    readonly connection: string | undefined,
  ) {}

  /** The row as VS Code draws it, made once for each reading. */
  get item(): vscode.TreeItem {
    if (this.drawn === undefined) {
      this.drawn = toTreeItem(this.node, this.connection);
      this.drawn.id = this.id;
    }
    return this.drawn;
  }

  /** What a command on this row is about. */
  get target(): Target | undefined {
    const subject = targetOf(this.node);
    return subject && { ...subject, connection: this.connection };
  }

  /** Forgets the drawing, e.g. because its "5 min. ago" is no longer true. */
  redraw(): void {
    this.drawn = undefined;
  }

  read(node: TreeNode, parent: Row | undefined): void {
    this.parent = parent;
    if (!sameNode(this.node, node)) {
      this.node = node;
      this.redraw();
    }
  }
}

/** Where the nodes of a list belong. */
export interface Scope {
  /** Id of the session they belong to. */
  readonly connection: string | undefined;
  /** Stands before their ids, since two servers may know different things by one id. */
  readonly prefix: string;
}

/** The rows of one view by their ids. */
export class Rows {
  private readonly byId = new Map<string, Row>();
  private readonly children = new Map<Row | undefined, readonly Row[]>();
  private readings = 0;

  get(id: string): Row | undefined {
    return this.byId.get(id);
  }

  /** The rows that `parent` was last seen with. */
  under(parent: Row | undefined): readonly Row[] {
    return this.children.get(parent) ?? [];
  }

  /** The rows for a new reading of `parent`'s children; those that are gone are forgotten. */
  update(parent: Row | undefined, nodes: readonly TreeNode[], scope: Scope): Row[] {
    const reading = ++this.readings;
    const before = this.children.get(parent) ?? [];
    const rows: Row[] = [];
    // Ten thousand rows mostly come in the order they had, which is found out without looking each up.
    let next = 0;
    for (const node of nodes) {
      const place = placeOf(node, before, next, parent, scope);
      next = place === undefined ? next : place + 1;
      const known = place === undefined ? undefined : before[place];
      const row = known ?? this.found(scope.prefix + node.id, parent, node, scope);
      if (row.reading !== reading) {
        row.reading = reading;
        row.read(node, parent);
        rows.push(row);
      }
    }
    for (const old of before) {
      if (old.reading !== reading && old.parent === parent) {
        this.forget(old);
      }
    }
    this.children.set(parent, rows);
    return [...rows];
  }

  /** Forgets how rows were drawn. */
  redraw(): void {
    for (const row of this.byId.values()) {
      row.redraw();
    }
  }

  /** The row with this id, a new one if there is none. */
  private found(id: string, parent: Row | undefined, node: TreeNode, scope: Scope): Row {
    const existing = this.byId.get(id);
    if (existing !== undefined) {
      return existing;
    }
    const connection = node.kind === 'connection' ? node.connectionId : scope.connection;
    const row = new Row(id, parent, node, connection);
    this.byId.set(id, row);
    return row;
  }

  private forget(row: Row): void {
    for (const child of this.children.get(row) ?? []) {
      if (child.parent === row) {
        this.forget(child);
      }
    }
    this.children.delete(row);
    this.byId.delete(row.id);
  }
}

const nearby = 4;

/** Where a node's row was among its siblings, at `next` or soon after it; `undefined` if it was not. */
function placeOf(
  node: TreeNode,
  before: readonly Row[],
  next: number,
  parent: Row | undefined,
  { connection }: Scope,
): number | undefined {
  for (let place = next; place < next + nearby; place++) {
    const row = before[place];
    if (row?.node.id === node.id && row.parent === parent && row.connection === connection) {
      return place;
    }
  }
  return undefined;
}
