/** The stages of MLflow's registry, in the order of a version's life. */
export const stages = ['None', 'Staging', 'Production', 'Archived'] as const;
export type Stage = (typeof stages)[number];

/** A stage as a server names it; `undefined` for one that is none of MLflow's, or no stage at all. */
export function readStage(text: string): Stage | undefined {
  return stages.find((stage) => stage.toLowerCase() === text.toLowerCase());
}

/** Stages that are taken up by one version at a time by custom: moving there may archive who was there. */
export function mayArchive(stage: Stage): boolean {
  return stage === 'Staging' || stage === 'Production';
}
