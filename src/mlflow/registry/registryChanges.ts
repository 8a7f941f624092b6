import type { ModelVersion, Tag } from '../model';
import type { Stage } from './stages';

/** A version to register. */
export interface NewModelVersion {
  /** Of a registered model that exists. */
  readonly name: string;
  /** `runs:/<run>/<path>`, `models:/m-…`, `models:/<name>/<version>`, or where the files lie. */
  readonly source: string;
  /** The run that made it; MLflow holds `source` against it. */
  readonly runId: string | undefined;
  /** The logged model that it is (MLflow 3). */
  readonly modelId: string | undefined;
  readonly description: string;
  readonly tags: readonly Tag[];
}

/** The part of the port that changes registered models. All of it is for good: a registry keeps nothing that was deleted. */
export interface RegistryChanges {
  /** Rejects with `rejected` when the name is taken, or is none. */
  createRegisteredModel(name: string, signal: AbortSignal): Promise<void>;
  renameRegisteredModel(name: string, newName: string, signal: AbortSignal): Promise<void>;
  describeRegisteredModel(name: string, description: string, signal: AbortSignal): Promise<void>;
  /** Its versions, aliases and tags go with it. */
  deleteRegisteredModel(name: string, signal: AbortSignal): Promise<void>;
  setModelTag(name: string, key: string, value: string, signal: AbortSignal): Promise<void>;
  deleteModelTag(name: string, key: string, signal: AbortSignal): Promise<void>;

  /** Every call makes a version; it may be pending still. It is never sent twice. */
  createModelVersion(version: NewModelVersion, signal: AbortSignal): Promise<ModelVersion>;
  describeModelVersion(
    name: string,
    version: string,
    description: string,
    signal: AbortSignal,
  ): Promise<void>;
  /** The aliases that point at it go with it; MLflow 2 keeps them, pointing at nothing. */
  deleteModelVersion(name: string, version: string, signal: AbortSignal): Promise<void>;
  /**
   * Moves a version to a stage. With `archiveOthers`, all others that are in this stage go to Archived in the same step; servers
   * take that for Staging and Production only, and answer with an internal error otherwise.
   */
  transitionStage(
    name: string,
    version: string,
    stage: Stage,
    archiveOthers: boolean,
    signal: AbortSignal,
  ): Promise<void>;
  setVersionTag(
    name: string,
    version: string,
    key: string,
    value: string,
    signal: AbortSignal,
  ): Promise<void>;
  deleteVersionTag(name: string, version: string, key: string, signal: AbortSignal): Promise<void>;

  /** Points an alias at a version, away from whichever had it. */
  setAlias(name: string, alias: string, version: string, signal: AbortSignal): Promise<void>;
  /** Resolves, too, where there is no such alias. */
  deleteAlias(name: string, alias: string, signal: AbortSignal): Promise<void>;
}

export type RegistryChange = keyof RegistryChanges;

export const registryChanges = [
  'createRegisteredModel',
  'renameRegisteredModel',
  'describeRegisteredModel',
  'deleteRegisteredModel',
  'setModelTag',
  'deleteModelTag',
  'createModelVersion',
  'describeModelVersion',
  'deleteModelVersion',
  'transitionStage',
  'setVersionTag',
  'deleteVersionTag',
  'setAlias',
  'deleteAlias',
] as const satisfies readonly RegistryChange[];

export type RegistryArguments<M extends RegistryChange> = Parameters<RegistryChanges[M]>;
export type RegistryOutcome<M extends RegistryChange> = ReturnType<RegistryChanges[M]>;

/** What a store passes on as a whole: to MLflow's API, to the store worker, or to nobody. */
export abstract class RegistryPort implements RegistryChanges {
  protected abstract changeRegistry<M extends RegistryChange>(
    method: M,
    args: RegistryArguments<M>,
  ): RegistryOutcome<M>;

  createRegisteredModel(...args: RegistryArguments<'createRegisteredModel'>): Promise<void> {
    return this.changeRegistry('createRegisteredModel', args);
  }

  renameRegisteredModel(...args: RegistryArguments<'renameRegisteredModel'>): Promise<void> {
    return this.changeRegistry('renameRegisteredModel', args);
  }

  describeRegisteredModel(...args: RegistryArguments<'describeRegisteredModel'>): Promise<void> {
    return this.changeRegistry('describeRegisteredModel', args);
  }

  deleteRegisteredModel(...args: RegistryArguments<'deleteRegisteredModel'>): Promise<void> {
    return this.changeRegistry('deleteRegisteredModel', args);
  }

  setModelTag(...args: RegistryArguments<'setModelTag'>): Promise<void> {
    return this.changeRegistry('setModelTag', args);
  }

  deleteModelTag(...args: RegistryArguments<'deleteModelTag'>): Promise<void> {
    return this.changeRegistry('deleteModelTag', args);
  }

  createModelVersion(...args: RegistryArguments<'createModelVersion'>): Promise<ModelVersion> {
    return this.changeRegistry('createModelVersion', args);
  }

  describeModelVersion(...args: RegistryArguments<'describeModelVersion'>): Promise<void> {
    return this.changeRegistry('describeModelVersion', args);
  }

  deleteModelVersion(...args: RegistryArguments<'deleteModelVersion'>): Promise<void> {
    return this.changeRegistry('deleteModelVersion', args);
  }

  transitionStage(...args: RegistryArguments<'transitionStage'>): Promise<void> {
    return this.changeRegistry('transitionStage', args);
  }

  setVersionTag(...args: RegistryArguments<'setVersionTag'>): Promise<void> {
    return this.changeRegistry('setVersionTag', args);
  }

  deleteVersionTag(...args: RegistryArguments<'deleteVersionTag'>): Promise<void> {
    return this.changeRegistry('deleteVersionTag', args);
  }

  setAlias(...args: RegistryArguments<'setAlias'>): Promise<void> {
    return this.changeRegistry('setAlias', args);
  }

  deleteAlias(...args: RegistryArguments<'deleteAlias'>): Promise<void> {
    return this.changeRegistry('deleteAlias', args);
  }
}

/** Makes a change that a {@link RegistryPort} was asked for where it can be made. */
export function passOn<M extends RegistryChange>(
  to: RegistryChanges,
  method: M,
  args: RegistryArguments<M>,
): RegistryOutcome<M> {
  const change = to[method] as (
    this: RegistryChanges,
    ...args: RegistryArguments<M>
  ) => RegistryOutcome<M>;
  return change.apply(to, args);
}
