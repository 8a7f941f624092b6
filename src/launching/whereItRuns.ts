import type { ProjectCommand } from '../projects/launchContracts';

/** Whether it is a job of a Ray cluster. */
export function isOnRay({ backend }: ProjectCommand): boolean {
  return backend?.name === 'ray';
}

/** Whether its end is the end of all that it has started. */
export function isSeen(command: ProjectCommand): boolean {
  return command.backend === undefined || isOnRay(command);
}
