import type { LaunchingHost, StartPlace } from '../launching/launchingHost';
import type {
  LaunchBackend,
  Launched,
  LaunchTitle,
  ProjectCommand,
} from '../projects/launchContracts';

/** What sweeps get from the extension, which loads them late. */
export interface SweepingHost extends LaunchingHost {
  /** Starts a run on this machine or a cluster; see `Launching`. */
  readonly start: (
    command: ProjectCommand,
    about: LaunchTitle,
    place: StartPlace,
  ) => Promise<Launched>;
  /** See `SweepHost.endLost`. */
  readonly endLost: (runId: string, backend: LaunchBackend | undefined) => Promise<void>;
}
