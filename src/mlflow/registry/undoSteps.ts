import { afterStep, type RegistryState, type RegistryStep } from './registryState';
import type { Stage } from './stages';

/** How far something can be taken back. */
export interface Undoing {
  /** In order: what stood somewhere comes back before what took its place goes, so that a stage is not empty in between. */
  readonly steps: readonly RegistryStep[];
  /** Versions and aliases (`@name`) that are left alone: somebody else has changed them, or taken their place, or they are gone. */
  readonly left: readonly string[];
}

/**
 * What takes steps back, all of them or those that were made before an error. Only what is as the steps made it is
 * changed: what somebody else changed since is not, and nobody comes back beside a version that somebody else has put in the stage.
 *
 * @param before as it was before the first step
 * @param now as it is
 */
export function undoSteps(
  before: RegistryState,
  steps: readonly RegistryStep[],
  now: RegistryState,
): Undoing {
  const goal = steps.reduce(afterStep, before);
  const left: string[] = [];
  const back = [...stagesBack(before, steps, now, left)];
  const aliases = new Set([...before.aliases.keys(), ...goal.aliases.keys()]);
  for (const alias of aliases) {
    const was = before.aliases.get(alias);
    const is = now.aliases.get(alias);
    if (was === goal.aliases.get(alias) || was === is) {
      continue;
    }
    if (is !== goal.aliases.get(alias) || (was !== undefined && !now.stages.has(was))) {
      left.push(`@${alias}`);
    } else {
      back.push(
        was === undefined
          ? { kind: 'deleteAlias', alias }
          : { kind: 'setAlias', alias, version: was },
      );
    }
  }
  return { steps: back, left };
}

function stagesBack(
  before: RegistryState,
  steps: readonly RegistryStep[],
  now: RegistryState,
  left: string[],
): readonly RegistryStep[] {
  const goal = steps.reduce(afterStep, before);
  const back: RegistryStep[] = [];
  const meantToMove = new Set(steps.map((step) => (step.kind === 'stage' ? step.version : '')));
  /** It had to make room, and the room is somebody else's by now. */
  const isTaken = (version: string, stage: Stage): boolean =>
    !meantToMove.has(version) && newcomers(stage, before, goal, now).length > 0;
  for (const [version, stage] of before.stages) {
    const is = now.stages.get(version);
    const meant = goal.stages.get(version);
    if (stage === meant || (stage === is && now.stages.has(version))) {
      continue;
    }
    if (stage === undefined || is !== meant || isTaken(version, stage)) {
      left.push(version);
    } else {
      back.push({ kind: 'stage', version, stage, archiveOthers: false });
    }
  }
  const moved = new Set(moversOf(before, goal));
  return back.toSorted((a, b) => Number(isMover(a, moved)) - Number(isMover(b, moved)));
}

/** Versions in a stage that neither were there before nor were brought there by the steps: somebody else did. */
function newcomers(
  stage: Stage,
  before: RegistryState,
  goal: RegistryState,
  now: RegistryState,
): readonly string[] {
  return [...now.stages]
    .filter(([version, is]) => is === stage && before.stages.get(version) !== stage)
    .map(([version]) => version)
    .filter((version) => goal.stages.get(version) !== stage);
}

/** Versions that went somewhere else than to the archive: they took a place that has to be taken again first. */
function moversOf(before: RegistryState, goal: RegistryState): readonly string[] {
  return [...goal.stages]
    .filter(([version, stage]) => stage !== before.stages.get(version) && stage !== 'Archived')
    .map(([version]) => version);
}

function isMover(step: RegistryStep, moved: ReadonlySet<string>): boolean {
  return step.kind === 'stage' && moved.has(step.version);
}
