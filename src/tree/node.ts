import type {
  Artifact,
  ArtifactOwner,
  Experiment,
  LoggedModel,
  MetricPoint,
  ModelVersion,
  Param,
  RegisteredModel,
  Run,
  Tag,
} from '../mlflow/model';
import type { Standing } from '../mlflow/connectionFacts';
import { MlflowError } from '../mlflow/errors';
import { formatFull } from '../mlflow/format';
import type { ListKey, Subject } from '../mlflow/target';

interface NodeBase {
  /** Unique in its view, and the same for the same thing for ever. */
  readonly id: string;
}

/** One of several connections. */
export interface ConnectionNode extends NodeBase {
  readonly kind: 'connection';
  readonly connectionId: string;
  /** What is connected to, without credentials. */
  readonly name: string;
  readonly standing: Standing;
  readonly version: string | undefined;
  /** Paths of the folders that name it. */
  readonly folders: readonly string[];
  /** Whether it was put beside the others, and can be closed. */
  readonly beside: boolean;
  /** Whether the row starts out open. */
  readonly open: boolean;
}

export interface ExperimentNode extends NodeBase {
  readonly kind: 'experiment';
  readonly experiment: Experiment;
  readonly pinned: boolean;
  /** The filter as typed; empty when all runs are shown. */
  readonly filter: string;
  /** Runs are narrowed by a filter or by their age. */
  readonly narrowed: boolean;
}

/** What a run's row says behind the name. */
export type Highlight =
  | { readonly by: 'metric'; readonly key: string }
  | { readonly by: 'param'; readonly key: string }
  | { readonly by: 'tag'; readonly key: string };

export interface RunNode extends NodeBase {
  readonly kind: 'run';
  readonly run: Run;
  /** Shown for the sake of a descendant that the selection holds. */
  readonly placeholder: boolean;
  /** Somebody asked to be told when it ends. */
  readonly watched: boolean;
  /** Whether the row starts out open, because what was looked for is inside. */
  readonly open: boolean;
  readonly highlight: Highlight | undefined;
  /** Which of the run colors it has, from 0. */
  readonly color: number;
}

export type ValueGroup = 'params' | 'metrics' | 'tags';

export interface GroupNode extends NodeBase {
  readonly kind: 'group';
  readonly group: ValueGroup;
  readonly experimentId: string;
  readonly runId: string;
  readonly count: number;
}

export interface ParamNode extends NodeBase {
  readonly kind: 'param';
  readonly param: Param;
}

export interface MetricNode extends NodeBase {
  readonly kind: 'metric';
  readonly metric: MetricPoint;
}

export interface TagNode extends NodeBase {
  readonly kind: 'tag';
  readonly tag: Tag;
}

/** What a run left behind: its files, and the models that it logged. */
export interface ArtifactsNode extends NodeBase {
  readonly kind: 'artifacts';
  readonly experimentId: string;
  readonly runId: string;
  /** What the run is called. */
  readonly ownerName: string;
}

/** A model that a run logged (MLflow 3), which has files of its own. */
export interface LoggedModelNode extends NodeBase {
  readonly kind: 'loggedModel';
  readonly model: LoggedModel;
}

/** A file or a folder. */
export interface ArtifactNode extends NodeBase {
  readonly kind: 'artifact';
  readonly artifact: Artifact;
  readonly owner: ArtifactOwner;
  readonly ownerName: string;
  /** Id of the row of the owner, below which the ids of its artifacts are. */
  readonly root: string;
  /** Path of the folder that lists it. */
  readonly above: string;
  /** It is known to be a folder that holds a model, or the `MLmodel` in one. */
  readonly isModel: boolean;
}

export interface ModelNode extends NodeBase {
  readonly kind: 'model';
  readonly model: RegisteredModel;
  /** Versions in production, by stage or alias, e.g. `3`; empty for none. */
  readonly production: string;
}

export interface VersionNode extends NodeBase {
  readonly kind: 'version';
  readonly version: ModelVersion;
  /** Names that point at this version. */
  readonly aliases: string;
  /** It is in production, by stage or alias. */
  readonly production: boolean;
}

export interface LoadMoreNode extends NodeBase {
  readonly kind: 'loadMore';
  readonly of: ListKey;
  /** How many are shown so far. */
  readonly loaded: number;
}

export interface ErrorNode extends NodeBase {
  readonly kind: 'error';
  readonly of: ListKey;
  readonly error: unknown;
  /** When the rows below were read (milliseconds since 1970); absent when there are none. */
  readonly rowsFrom: number | undefined;
}

/** Why a list is empty. */
export type EmptyReason =
  'noRuns' | 'noDeletedRuns' | 'noMatch' | 'noVersions' | 'noValues' | 'noArtifacts';

export interface EmptyNode extends NodeBase {
  readonly kind: 'empty';
  readonly why: EmptyReason;
}

/** A row of a view, as data. */
export type TreeNode =
  | ConnectionNode
  | ExperimentNode
  | RunNode
  | GroupNode
  | ParamNode
  | MetricNode
  | TagNode
  | ArtifactsNode
  | LoggedModelNode
  | ArtifactNode
  | ModelNode
  | VersionNode
  | LoadMoreNode
  | ErrorNode
  | EmptyNode;

/** Whether two readings of a row would be drawn alike. */
export function sameNode(a: TreeNode, b: TreeNode): boolean {
  if (a.kind === 'run' && b.kind === 'run') {
    return (
      a.run === b.run &&
      a.placeholder === b.placeholder &&
      a.watched === b.watched &&
      a.open === b.open &&
      a.color === b.color &&
      a.highlight?.by === b.highlight?.by &&
      a.highlight?.key === b.highlight?.key
    );
  }
  if (a.kind === 'artifact' && b.kind === 'artifact') {
    return a.artifact === b.artifact && a.ownerName === b.ownerName && a.isModel === b.isModel;
  }
  const after = new Map<string, unknown>(Object.entries(b));
  const before = Object.entries(a);
  return (
    before.length === after.size && before.every(([key, value]) => Object.is(after.get(key), value))
  );
}

/** The failure, if signing in may mend it. */
export function wantsSignIn(error: unknown): MlflowError | undefined {
  return error instanceof MlflowError && error.detail.status === 401 ? error : undefined;
}

/** What commands take a row for; rows that only say something have none. */
export function targetOf(node: TreeNode): Subject | undefined {
  switch (node.kind) {
    case 'connection':
      return { kind: 'connection' };
    case 'experiment':
      return { kind: 'experiment', experimentId: node.experiment.id };
    case 'run':
      return { kind: 'run', experimentId: node.run.experimentId, runId: node.run.id };
    case 'param':
      return { kind: 'value', text: node.param.value };
    case 'tag':
      return { kind: 'value', text: node.tag.value };
    case 'metric':
      return { kind: 'value', text: formatFull(node.metric.value) };
    case 'artifacts':
      return rootOf({ kind: 'run', runId: node.runId }, node.ownerName);
    case 'loggedModel':
      return rootOf({ kind: 'loggedModel', modelId: node.model.id }, node.model.name);
    case 'artifact': {
      const { artifact, owner, ownerName } = node;
      const { path, isDirectory, size } = artifact;
      return { kind: 'artifact', place: { owner, path }, ownerName, isDirectory, size };
    }
    case 'model':
      return { kind: 'model', name: node.model.name };
    case 'version': {
      const { name, version, runId } = node.version;
      return { kind: 'version', name, version, runId };
    }
    case 'loadMore':
      return { kind: 'list', of: node.of };
    case 'error': {
      const refusedBy = wantsSignIn(node.error)?.detail.origin;
      return { kind: 'list', of: node.of, ...(refusedBy !== undefined && { refusedBy }) };
    }
    case 'group':
    case 'empty':
      return undefined;
  }
}

function rootOf(owner: ArtifactOwner, ownerName: string): Subject {
  return {
    kind: 'artifact',
    place: { owner, path: '' },
    ownerName,
    isDirectory: true,
    size: undefined,
  };
}
