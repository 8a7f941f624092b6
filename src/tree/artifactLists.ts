import { placeKey } from '../mlflow/artifactAddress';
import { loggedFolders } from '../mlflow/loggedFolders';
import type { Artifact } from '../mlflow/model';
import type { ListKey } from '../mlflow/target';
import type { ArtifactFolders, ArtifactsChange } from '../state/artifactFolders';
import type { Session } from '../state/session';
import { artifactRows, artifactsOfRun, folderOf, type HoldsModel } from './artifactNodes';
import type { TreeNode } from './node';

type Redraw = (session: Session, rowId: string, reread?: (node: TreeNode) => TreeNode) => void;

/** Reads the artifacts below rows of a view, and draws rows anew when their folders are found to be different. */
export class ArtifactLists {
  private readonly followed = new WeakSet<ArtifactFolders>();
  /** Which rows a folder has: a model's files may be below several. */
  private readonly rowIds = new Map<string, Set<string>>();

  constructor(private readonly redraw: Redraw) {}

  /** The rows below one that has a folder; none below any other. */
  async under(node: TreeNode, session: Session): Promise<readonly TreeNode[]> {
    const folder = folderOf(node);
    const { artifacts } = session;
    if (folder === undefined || artifacts === undefined) {
      return [];
    }
    this.follow(session, artifacts);
    this.note(placeKey(folder.place), node.id);
    const list = artifacts.folder(folder.place);
    if (node.kind !== 'artifacts') {
      await list.ensure();
      this.noteModel(node, session, list);
      return artifactRows(folder, node.id, list, (place) => holdsModel(artifacts.known(place)));
    }
    const run = session.experiments?.runs(node.experimentId).run(node.runId);
    const told = new Set(run && loggedFolders(run).map(({ path }) => path));
    const isModel: HoldsModel = (place) =>
      told.has(place.path) || holdsModel(artifacts.known(place));
    this.note(modelsKey(node.runId), node.id);
    const models = run && artifacts.loggedModels(run);
    await Promise.all([list.ensure(), models?.ensure()]);
    return models === undefined
      ? artifactRows(folder, node.id, list, isModel)
      : artifactsOfRun(node, models, list, isModel);
  }

  /** The list that a row is the end of. */
  listOf(session: Session, of: ListKey): { more(): Promise<void> } | undefined {
    return of.list === 'artifacts' ? session.artifacts?.folder(of.folder) : undefined;
  }

  /** That a folder holds a model is seen once it is open, and known from then on. */
  private noteModel(node: TreeNode, session: Session, list: Iterable<Artifact>): void {
    if (
      node.kind === 'artifact' &&
      node.owner.kind === 'run' &&
      !node.isModel &&
      holdsModel(list)
    ) {
      this.redraw(session, node.id, (now) =>
        now.kind === 'artifact' ? { ...now, isModel: true } : now,
      );
    }
  }

  private note(key: string, rowId: string): void {
    const rowIds = this.rowIds.get(key) ?? new Set();
    this.rowIds.set(key, rowIds.add(rowId));
  }

  private follow(session: Session, artifacts: ArtifactFolders): void {
    if (!this.followed.has(artifacts)) {
      this.followed.add(artifacts);
      artifacts.onDidChange((change) => {
        this.rowIds.get(keyOf(change))?.forEach((rowId) => this.redraw(session, rowId));
      });
    }
  }
}

function holdsModel(list: Iterable<Artifact> | undefined): boolean {
  return [...(list ?? [])].some(
    ({ path, isDirectory }) => !isDirectory && /(?:^|\/)MLmodel$/.test(path),
  );
}

function keyOf(change: ArtifactsChange): string {
  return change.kind === 'folder' ? placeKey(change.place) : modelsKey(change.runId);
}

function modelsKey(runId: string): string {
  return `models of ${runId}`;
}
