import type { Run } from './model';

/** On the parent: what the sweep is, as JSON. It marks a run as the parent of a sweep. */
export const sweepTag = 'mlflowWorkbench.sweep';
/** On the parent: `running`, `stopping`, `stopped`, `finished` or `failed`. */
export const stateTag = 'mlflowWorkbench.sweepState';

/** How far the sweep is that a run is the parent of; undefined where it is none. */
export function sweepStateOf({ tags }: Pick<Run, 'tags'>): string | undefined {
  const isSweep = tags.some(({ key }) => key === sweepTag);
  return isSweep ? (tags.find(({ key }) => key === stateTag)?.value ?? '') : undefined;
}
