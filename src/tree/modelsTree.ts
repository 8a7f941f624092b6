import type { Models } from '../state/models';
import type { ListKey } from '../mlflow/target';
import type { Session } from '../state/session';
import { framed, modelRow, versionRows } from './children';
import type { TreeNode } from './node';
import { TreeBase } from './treeBase';

/** The Models view: registered models and their versions. */
export class ModelsTree extends TreeBase {
  private followed: Models | undefined;

  constructor(private readonly session: Session) {
    super();
    session.onDidReplace(() => this.refresh());
  }

  /** Reads on at the end of a list; resolves when the new rows are there. */
  async loadMore(of: ListKey): Promise<void> {
    await this.listOf(of)?.more();
  }

  protected async roots(): Promise<readonly TreeNode[]> {
    const status = await this.session.connection.ensure();
    const { models } = this.session;
    if (status.kind !== 'ready' || models === undefined) {
      return this.unconnected(status);
    }
    this.follow(models);
    await models.list.ensure();
    return framed({ list: 'models' }, models.list, models.list.items.map(modelRow));
  }

  protected async childrenOf(node: TreeNode): Promise<readonly TreeNode[]> {
    const { models } = this.session;
    if (node.kind !== 'model' || models === undefined) {
      return [];
    }
    const versions = models.versions(node.model.name);
    await versions.ensure();
    return versionRows(node.model, versions.items, versions);
  }

  private listOf(of: ListKey): { more(): Promise<void> } | undefined {
    switch (of.list) {
      case 'models':
        return this.session.models?.list;
      case 'versions':
        return this.session.models?.versions(of.modelName);
      default:
        return undefined;
    }
  }

  private follow(models: Models): void {
    if (this.followed !== models) {
      this.followed = models;
      models.onDidChange((change) => {
        if (change.kind === 'models') {
          this.refresh();
        } else {
          this.refreshRow(`model:${change.modelName}`);
        }
      });
    }
  }
}
