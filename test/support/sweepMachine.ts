import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { clientVariables } from '../../src/mlflow/clientVariables';
import type { TrackingStore } from '../../src/mlflow/trackingStore';
import { parseTrackingUri } from '../../src/mlflow/trackingUri';
import type { Launched, LaunchProgram } from '../../src/projects/launchContracts';
import type { SweepClock } from '../../src/projects/persist';
import {
  type SweepHost,
  type SweepMachine,
  type SweepRequest,
  wholePlan,
} from '../../src/projects/sweepContracts';
import { commandLine } from '../../src/terminal/commandLine';
import { Handover } from '../../src/terminal/handover';
import { memoryLog } from './storeDoors';

/** Real time, in which an engine lives so many times as fast. */
export function hastyClock(times: number): SweepClock {
  return {
    now: () => performance.now() * times,
    wait: (milliseconds, signal) => delay(milliseconds / times, undefined, { signal }),
    random: () => Math.random(),
  };
}

export interface MachineOptions {
  /** Tracking URI of the children. */
  readonly uri: string;
  readonly python: string;
  readonly claimant: string;
  readonly fileStoreFolder?: string;
}

/** A machine on which the runs of sweeps are real processes, each with its keeper. */
export function sweepHost(
  store: TrackingStore,
  options: MachineOptions,
  lines: string[],
): SweepHost {
  const { uri, python, claimant, fileStoreFolder } = options;
  const variables = clientVariables({
    ...{ tracking: parseTrackingUri(uri), registry: undefined },
    ...{ transport: {}, signIn: undefined, files: {} },
  });
  const place = { python, platform: 'posix', path: process.env['PATH'] ?? '', variables } as const;
  return {
    ...{ store, fileStoreFolder, user: 'kim', claimant, log: memoryLog(lines) },
    async start(command, { id }): Promise<Launched> {
      const line = commandLine(command, { ...place, folder: '/' });
      const handover = await Handover.open(line, { tied: true, patience: [3, 1, 1] });
      const { program, args, env, cwd } = handover.start;
      const keeper = spawn(program, [...args], {
        cwd,
        env: { ...process.env, ...env },
        stdio: 'ignore',
      });
      keeper.once('error', () => handover.dispose());
      keeper.once('exit', () => {
        if (!handover.isTaken) handover.dispose();
      });
      const interrupt = async (): Promise<void> => {
        handover.interrupt();
        await handover.ended;
      };
      return { id, ended: handover.ended, interrupt, show: () => undefined };
    },
    endLost: () => Promise.resolve(),
    python: () => Promise.resolve(python),
  };
}

export function machineWith(parallelism: number): SweepMachine {
  return {
    ...({ folder: undefined, environmentManager: 'local', backend: undefined } as const),
    ...{ parallelism, extraArguments: [], environment: {} },
  };
}

export function requestOf(
  text: string,
  program: LaunchProgram,
  experimentId: string,
  parallelism: number,
): SweepRequest {
  return {
    ...{ experimentId, name: undefined, fileName: 'config.yaml', text, choice: wholePlan },
    ...{ seed: 1, program, fixedParameters: [], metric: undefined },
    machine: machineWith(parallelism),
  };
}
