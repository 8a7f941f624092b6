import * as vscode from 'vscode';

import type { ShownFolder } from '../state/artifactFolders';
import { folderOf } from './artifactNodes';
import type { Row } from './row';

/** Which rows a person has unfolded: VS Code tells it once, when it happens. */
export class UnfoldedFolders {
  private readonly unfolded = new Map<Row, boolean>();

  /** @param isThere whether a row is still in the view */
  constructor(private readonly isThere: (row: Row) => boolean) {}

  note(row: Row, isUnfolded: boolean): void {
    this.unfolded.set(row, isUnfolded);
  }

  /** The folders of artifacts of a connection whose inside can be seen, as far as the view is scrolled there. */
  shownOf(connection: string): readonly ShownFolder[] {
    const shown: ShownFolder[] = [];
    for (const row of this.unfolded.keys()) {
      if (!this.isThere(row)) {
        this.unfolded.delete(row);
        continue;
      }
      const folder = folderOf(row.node);
      if (folder !== undefined && row.connection === connection && this.isOpen(row)) {
        shown.push({ place: folder.place, run: runAbove(row) });
      }
    }
    return shown;
  }

  private isOpen(row: Row | undefined): boolean {
    return (
      row === undefined || ((this.unfolded.get(row) ?? startsOpen(row)) && this.isOpen(row.parent))
    );
  }
}

function startsOpen({ item }: Row): boolean {
  return item.collapsibleState === vscode.TreeItemCollapsibleState.Expanded;
}

function runAbove(row: Row | undefined): ShownFolder['run'] {
  return row?.node.kind === 'run'
    ? { experimentId: row.node.run.experimentId, runId: row.node.run.id }
    : row && runAbove(row.parent);
}
