import { productionAlias } from '../host/promotionSettings';
import type { Models } from '../state/models';
import type { ListKey } from '../mlflow/target';
import type { Session } from '../state/session';
import { ArtifactLists } from './artifactLists';
import { framed, modelRow, versionRows } from './children';
import type { TreeNode } from './node';
import { TreeBase } from './treeBase';

/** The Models view: registered models, their versions and the files of these. */
export class ModelsTree extends TreeBase {
  private readonly followed = new WeakSet<Models>();
  private readonly artifacts = new ArtifactLists((session, rowId, reread) =>
    this.refreshRow(session, rowId, reread),
  );

  /** Reads on at the end of a list; resolves when the new rows are there. */
  async loadMore(session: Session, of: ListKey): Promise<void> {
    await this.listOf(session, of)?.more();
  }

  protected async rootsOf(session: Session): Promise<readonly TreeNode[]> {
    const status = await session.connection.ensure();
    const { models } = session;
    if (status.kind !== 'ready' || models === undefined) {
      return this.unconnected(status);
    }
    this.follow(session, models);
    await models.list.ensure();
    return framed(
      { list: 'models' },
      models.list,
      models.shownModels.map((model) => modelRow(model, productionAlias())),
    );
  }

  protected async childrenOf(node: TreeNode, session: Session): Promise<readonly TreeNode[]> {
    const { models } = session;
    if (node.kind !== 'model' || models === undefined) {
      return this.artifacts.under(node, session);
    }
    const versions = models.versions(node.model.name);
    await versions.ensure();
    return versionRows(node.model, versions.items, versions, productionAlias());
  }

  private listOf(session: Session, of: ListKey): { more(): Promise<void> } | undefined {
    switch (of.list) {
      case 'models':
        return session.models?.list;
      case 'versions':
        return session.models?.versions(of.modelName);
      default:
        return this.artifacts.listOf(session, of);
    }
  }

  private follow(session: Session, models: Models): void {
    if (!this.followed.has(models)) {
      this.followed.add(models);
      models.onDidChange((change) => {
        if (change.kind === 'models') {
          this.refreshSession(session);
        } else {
          this.refreshRow(session, `model:${change.modelName}`, (node) => {
            const now = models.model(change.modelName);
            return now === undefined ? node : modelRow(now, productionAlias());
          });
        }
      });
    }
  }
}
