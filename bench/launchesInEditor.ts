import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';

import * as vscode from 'vscode';

import type { Log } from '../src/base/log';
import type { TestAccess } from '../src/extension';
import { taskType } from '../src/ids';
import type { LaunchingHost } from '../src/launching/launchingHost';
import { pythonAhead } from '../src/launching/machine';
import { ProjectRuns, type WantedRun } from '../src/launching/projectRuns';
import { Launches } from '../src/state/launches';
import { commandLine } from '../src/terminal/commandLine';
import { TaskLauncher } from '../src/terminal/taskLauncher';
import { median } from './median.mts';

const setting = (name: string): string => process.env[name] ?? '';
const python = setting('BENCH_PYTHON');

/** Runs in the extension host and prints its figures as one line of JSON. */
export async function run(): Promise<void> {
  const found = vscode.extensions.getExtension<TestAccess>('mlflow-workbench.mlflow-workbench');
  const { sessions } = (await found?.activate()) ?? {};
  const [session] = (await sessions?.ensure()) ?? [];
  await session?.connection.ensure();
  const launches = new Launches({ get: () => undefined, update: () => Promise.resolve() });
  const log = { info: ignore, warn: ignore, error: ignore } as unknown as Log;
  const host = {
    ...{ sessions, launches, log, memory: { get: ignore, update: () => Promise.resolve() } },
    clientVariables: () =>
      Promise.resolve({ set: { MLFLOW_TRACKING_URI: setting('BENCH_URL') }, unset: [] }),
    reveal: () => Promise.resolve(),
  } as unknown as LaunchingHost;
  const runs = new ProjectRuns(host, new TaskLauncher(log));
  const wanted = wantedRun(session?.id);
  const launch = async (found: Promise<string> | undefined): Promise<number> => {
    const began = performance.now();
    const id = await runs.start(wanted, found);
    const took = await new Promise<number>((resolve) => {
      const heard = launches.onDidChange(() => {
        if (launches.get(id)?.endedAt !== undefined) {
          heard.dispose();
          resolve(performance.now() - began);
        }
      });
    });
    if (launches.get(id)?.state !== 'finished') {
      throw new Error(launches.get(id)?.message);
    }
    return took;
  };
  const rounds: Round[] = [];
  // The first one also starts what VS Code needs for terminals.
  for (let round = -1; round < Number(setting('BENCH_ROUNDS')); round += 1) {
    const idle = await emptyTask(`idle-${round}`, 'true', []);
    const empty = await emptyTask(`empty-${round}`, python, ['-I', '-S', '-c', 'pass']);
    const bare = await bareRun(wanted);
    const ahead = pythonAhead();
    await delay(1000);
    const ours = await launch(ahead());
    const unprepared = await launch(undefined);
    vscode.window.terminals.forEach((terminal) => terminal.dispose());
    await delay(500);
    if (round >= 0) {
      rounds.push({ idle, empty, bare, ours, unprepared });
    }
  }
  const middle = (of: (round: Round) => number): number => median(rounds.map(of));
  const figures = {
    idle: middle(({ idle }) => idle),
    empty: middle(({ empty }) => empty),
    bare: middle(({ bare }) => bare),
    ours: middle(({ ours }) => ours),
    share: middle(({ empty, bare, ours }) => ours - empty - bare),
    beyondIdle: middle(({ idle, bare, ours }) => ours - idle - bare),
    unprepared: middle(({ empty, bare, unprepared }) => unprepared - empty - bare),
  };
  console.log(`FIGURES ${JSON.stringify(figures)}`);
}

interface Round {
  /** A task that runs `true`. */
  readonly idle: number;
  /** One that runs a Python that does nothing, as every launch runs a Python beside MLflow's. */
  readonly empty: number;
  readonly bare: number;
  readonly ours: number;
  readonly unprepared: number;
}

const ignore = (): undefined => undefined;

function wantedRun(connection: string | undefined): WantedRun {
  const packages = setting('BENCH_PACKAGES');
  return {
    command: {
      program: {
        ...{ kind: 'project', uri: setting('BENCH_PROJECT') },
        ...{ version: undefined, entryPoint: 'main' },
      },
      ...{ parameters: [], experimentId: '0', runId: undefined, environmentManager: 'local' },
      ...{ backend: undefined, extraArguments: [] },
      environment: packages === '' ? {} : { PYTHONPATH: packages },
    },
    ...{ connection, changing: new Set(), folder: undefined },
  };
}

async function emptyTask(id: string, program: string, args: readonly string[]): Promise<number> {
  const began = performance.now();
  const execution = new vscode.ProcessExecution(program, [...args]);
  const { Workspace } = vscode.TaskScope;
  const task = new vscode.Task({ type: taskType, id }, Workspace, id, 'mlflow', execution, []);
  const ended = new Promise<void>((resolve) => {
    const heard = vscode.tasks.onDidEndTaskProcess((event) => {
      if ((event.execution.task.definition['id'] as unknown) === id) {
        heard.dispose();
        resolve();
      }
    });
  });
  await vscode.tasks.executeTask(task);
  await ended;
  return performance.now() - began;
}

function bareRun({ command }: WantedRun): Promise<number> {
  const { program, args, env, cwd } = commandLine(command, {
    ...{ python, platform: 'posix', path: setting('PATH'), folder: '/' },
    variables: { set: { MLFLOW_TRACKING_URI: setting('BENCH_URL') }, unset: [] },
  });
  const began = performance.now();
  return new Promise((resolve, reject) => {
    spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio: 'ignore' })
      .once('error', reject)
      .once('close', () => resolve(performance.now() - began));
  });
}
