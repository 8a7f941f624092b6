import type { ArtifactPlace, LifecycleStage } from './model';

/** Names a list that is read page by page, so that one can ask for more of it or try again. */
export type ListKey =
  | { readonly list: 'connection' | 'experiments' | 'models' }
  | { readonly list: 'runs'; readonly experimentId: string }
  | { readonly list: 'children'; readonly experimentId: string; readonly runId: string }
  | { readonly list: 'versions'; readonly modelName: string }
  | { readonly list: 'values'; readonly groupId: string }
  | {
      readonly list: 'artifacts';
      readonly folder: ArtifactPlace;
      /** Id of the row that the folder has, since a model's files may be below several. */
      readonly rowId: string;
    }
  | { readonly list: 'loggedModels'; readonly experimentId: string; readonly runId: string };

/** Whether a list is one of the Models view. */
export function isOfModels(of: ListKey): boolean {
  return (
    of.list === 'models' ||
    of.list === 'versions' ||
    (of.list === 'artifacts' && of.folder.owner.kind === 'version')
  );
}

/** What a command is about: a thing that a row stands for. */
export type Target = Subject & {
  /** Id of the session it belongs to; absent for the active one. */
  readonly connection?: string | undefined;
};

/** A thing that a row stands for, by what its server knows it by. */
export type Subject =
  | { readonly kind: 'connection' }
  | { readonly kind: 'experiment'; readonly experimentId: string }
  | {
      readonly kind: 'run';
      readonly experimentId: string;
      readonly runId: string;
      /** What is known of it where no list of the view holds it. */
      readonly known?: { readonly name: string; readonly stage: LifecycleStage } | undefined;
    }
  | { readonly kind: 'value'; readonly text: string }
  | {
      readonly kind: 'artifact';
      readonly place: ArtifactPlace;
      /** What its owner is called. */
      readonly ownerName: string;
      readonly isDirectory: boolean;
      /** Bytes, where the store says. */
      readonly size: number | undefined;
    }
  | { readonly kind: 'launch'; readonly id: string }
  | { readonly kind: 'model'; readonly name: string }
  | {
      readonly kind: 'version';
      readonly name: string;
      readonly version: string;
      readonly runId: string | undefined;
    }
  | {
      readonly kind: 'list';
      readonly of: ListKey;
      /** Origin of the server that wants a sign-in before it hands out the list. */
      readonly refusedBy?: string | undefined;
    };

/** An argument that menus and rows hand to a command. */
export interface Targeted {
  readonly target: Target | undefined;
}

/** Whether a command's argument came from one of our rows. */
export function isTargeted(argument: unknown): argument is Targeted {
  return typeof argument === 'object' && argument !== null && 'target' in argument;
}
