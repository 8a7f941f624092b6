import type { ModelAlias, ModelVersion, RegisteredModel } from '../model';
import { readStage, type Stage } from './stages';

/** Where the versions of one model stand: what a move changes, and what an Undo restores. */
export interface RegistryState {
  /** The stage of each version; `undefined` where the registry has no stages, or one of its own. */
  readonly stages: ReadonlyMap<string, Stage | undefined>;
  /** The version that each alias points at. */
  readonly aliases: ReadonlyMap<string, string>;
}

/** One change of where versions stand. */
export type RegistryStep =
  | {
      readonly kind: 'stage';
      readonly version: string;
      readonly stage: Stage;
      /** All others in this stage go to Archived. */
      readonly archiveOthers: boolean;
    }
  | { readonly kind: 'setAlias'; readonly alias: string; readonly version: string }
  | { readonly kind: 'deleteAlias'; readonly alias: string };

/** @param aliases of the model; versions in a list come without theirs */
export function registryState(
  { aliases }: Pick<RegisteredModel, 'aliases'>,
  versions: readonly Pick<ModelVersion, 'version' | 'stage'>[],
): RegistryState {
  return {
    stages: new Map(versions.map(({ version, stage }) => [version, readStage(stage)])),
    aliases: new Map(aliases.map(({ alias, version }) => [alias, version])),
  };
}

/** The versions in a stage, newest first. */
export function versionsIn({ stages }: RegistryState, stage: Stage): readonly string[] {
  return [...stages]
    .filter(([, is]) => is === stage)
    .map(([version]) => version)
    .toSorted((a, b) => Number(b) - Number(a));
}

/** The aliases of a version, by name. */
export function aliasesOf(aliases: readonly ModelAlias[], version: string): readonly string[] {
  return aliases
    .filter((each) => each.version === version)
    .map(({ alias }) => alias)
    .toSorted();
}

/** The aliases of a version in a state, by name. */
export function aliasesIn({ aliases }: RegistryState, version: string): readonly string[] {
  return aliasesOf(
    [...aliases].map(([alias, is]) => ({ alias, version: is })),
    version,
  );
}

/** Whether a registry is known to have stages. One without versions may have them. */
export function hasStages({ stages }: RegistryState): boolean {
  return stages.size === 0 || [...stages.values()].some((stage) => stage !== undefined);
}

/** What a step makes of a state, as MLflow does it. */
export function afterStep(state: RegistryState, step: RegistryStep): RegistryState {
  switch (step.kind) {
    case 'stage': {
      const moved = [...state.stages].map(([version, stage]): [string, Stage | undefined] => {
        if (version === step.version) {
          return [version, step.stage];
        }
        return [version, step.archiveOthers && stage === step.stage ? 'Archived' : stage];
      });
      return { ...state, stages: new Map(moved) };
    }
    case 'setAlias':
      return { ...state, aliases: new Map(state.aliases).set(step.alias, step.version) };
    case 'deleteAlias': {
      const aliases = new Map(state.aliases);
      aliases.delete(step.alias);
      return { ...state, aliases };
    }
  }
}
