import { modelFolder } from '../mlflow/registry/modelSources';
import type { Artifact, ArtifactOwner, ArtifactPlace, LoggedModel } from '../mlflow/model';
import { framed, type ListView } from './children';
import type { ArtifactNode, ArtifactsNode, LoggedModelNode, TreeNode } from './node';

/** Which folder a row stands for, and whose it is; `undefined` for a file. */
export interface FolderOfRow {
  readonly place: ArtifactPlace;
  readonly ownerName: string;
  /** Id of the row of the owner, below which the ids of its artifacts are. */
  readonly root: string;
}

/** The folder that a row stands for; `undefined` for a row that has none. */
export function folderOf(node: TreeNode): FolderOfRow | undefined {
  switch (node.kind) {
    case 'artifacts':
      return rootOf({ kind: 'run', runId: node.runId }, node.ownerName, node.id);
    case 'loggedModel':
      return rootOf({ kind: 'loggedModel', modelId: node.model.id }, node.model.name, node.id);
    case 'version': {
      const { name, version } = node.version;
      return rootOf({ kind: 'version', name, version }, name, node.id);
    }
    case 'artifact': {
      const { artifact, owner, ownerName, root } = node;
      return artifact.isDirectory
        ? { place: { owner, path: artifact.path }, ownerName, root }
        : undefined;
    }
    default:
      return undefined;
  }
}

function rootOf(owner: ArtifactOwner, ownerName: string, root: string): FolderOfRow {
  return { place: { owner, path: '' }, ownerName, root };
}

/** Whether a folder is known to hold a model. */
export type HoldsModel = (place: ArtifactPlace) => boolean;

/** Whether a registry can be told of what lies there; of a model that has an owner of its own it can only as a whole. */
function canBeRegistered({ owner, path }: ArtifactPlace): boolean {
  return owner.kind === 'run' || (owner.kind === 'loggedModel' && path === '');
}

/** The rows in a folder. */
export function artifactRows(
  folder: FolderOfRow,
  rowId: string,
  list: ListView & Iterable<Artifact>,
  holdsModel: HoldsModel,
): readonly TreeNode[] {
  const { place, ownerName, root } = folder;
  const rows: ArtifactNode[] = [];
  for (const artifact of list) {
    const id = `${root}//${artifact.path}`;
    const own = { owner: place.owner, path: artifact.path };
    const model = modelFolder(own);
    const mayHold = artifact.isDirectory ? holdsModel(own) : model !== own;
    rows.push({
      kind: 'artifact',
      id,
      artifact,
      owner: place.owner,
      ownerName,
      root,
      above: place.path,
      isModel: mayHold && canBeRegistered(model),
    });
  }
  return framed({ list: 'artifacts', folder: place, rowId }, list, rows, 'noArtifacts');
}

/** The rows below a run's artifacts: models that it logged, which have files of their own, then its files. */
export function artifactsOfRun(
  node: ArtifactsNode,
  models: ListView & Iterable<LoggedModel>,
  list: ListView & Iterable<Artifact>,
  holdsModel: HoldsModel,
): readonly TreeNode[] {
  const { experimentId, runId } = node;
  const logged = [...models].map((model): LoggedModelNode => ({
    kind: 'loggedModel',
    id: `${node.id}/logged/${model.id}`,
    model,
  }));
  const folder = folderOf(node);
  const files = folder === undefined ? [] : artifactRows(folder, node.id, list, holdsModel);
  // What keeps the models from being read mostly keeps the files, too, and is said once.
  const isSaid = list.error !== undefined && models.error !== undefined;
  const of = { list: 'loggedModels', experimentId, runId } as const;
  const first = isSaid ? logged : framed(of, models, logged);
  const isEmpty = files.length === 1 && files[0]?.kind === 'empty';
  return first.length > 0 && isEmpty ? first : [...first, ...files];
}
