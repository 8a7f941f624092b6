import { Late } from '../base/late';
import type { Log } from '../base/log';
import type { RayLauncher } from '../ray/rayLauncher';

/** What runs projects on Ray, whose code is read with the first of them. */
export function lateRay(log: Log): Late<RayLauncher> {
  return new Late(async () => {
    const { RayLauncher } = await import('../ray/rayLauncher');
    return new RayLauncher(log);
  });
}
