import { Late } from '../base/late';
import type { RayLauncher } from '../ray/rayLauncher';
import type { LaunchingHost } from './launchingHost';

/** What runs projects on Ray, whose code is read with the first of them. */
export function lateRay({
  log,
  userMemory,
}: Pick<LaunchingHost, 'log' | 'userMemory'>): Late<RayLauncher> {
  return new Late(async () => {
    const { RayLauncher } = await import('../ray/rayLauncher');
    return new RayLauncher(log, userMemory);
  });
}
