import type { LaunchingHost, StartPlace } from '../launching/launchingHost';
import type { LaunchTitle, ProjectCommand } from '../projects/launchContracts';
import type { LaunchedTask } from '../terminal/taskLauncher';

/** What sweeps get from the extension, which loads them late. */
export interface SweepingHost extends LaunchingHost {
  /** Starts a run on this machine; see `Launching`. */
  readonly start: (
    command: ProjectCommand,
    about: LaunchTitle,
    place: StartPlace,
  ) => Promise<LaunchedTask>;
}
