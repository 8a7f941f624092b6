import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { startMlflow } from '../scripts/mlflowServer.mts';
import { ensurePython } from '../scripts/pythonEnvironment.mts';
import { editorFigures } from './editorFigures.mts';

/*
 * What a run of a project costs in a window beyond an empty task of the same kind and a bare `mlflow run`: with a stand-in for
 * MLflow that does nothing, whose times are even, and with MLflow itself.
 */

const print = (what: string, figure: number | undefined): void => {
  process.stdout.write(`${what.padEnd(56)} ${figure?.toFixed(0)} ms\n`);
};

const folder = await mkdtemp(path.join(os.tmpdir(), 'bench-launches-'));
const python = await ensurePython('demo');
const project = path.join(folder, 'project');
await mkdir(project);
await writeFile(path.join(project, 'MLproject'), 'entry_points: {main: {command: "true"}}\n');
await mkdir(path.join(folder, 'packages', 'mlflow'), { recursive: true });
await writeFile(path.join(folder, 'packages', 'mlflow', '__init__.py'), '');
await writeFile(path.join(folder, 'packages', 'mlflow', '__main__.py'), 'pass\n');
const server = await startMlflow({ python, directory: folder });
try {
  for (const [what, packages, rounds] of [
    ['a stand-in', path.join(folder, 'packages'), '11'],
    ['MLflow', '', '3'],
  ] as const) {
    const { idle, empty, bare, ours, share, beyondIdle, unprepared } = await editorFigures(
      'bench/launchesInEditor.ts',
      {
        settings: { 'mlflow.trackingUri': server.url, 'mlflow.interpreter': python },
        env: {
          ...{ BENCH_PYTHON: python, BENCH_PROJECT: project, BENCH_URL: server.url },
          ...{ BENCH_PACKAGES: packages, BENCH_ROUNDS: rounds },
        },
      },
    );
    print(`${what}: a task that runs true, p50`, idle);
    print(`${what}: an empty Python task, p50`, empty);
    print(`${what}: bare mlflow run, p50`, bare);
    print(`${what}: a launch, p50`, ours);
    print(`${what}: our share, p50, at most 50 ms`, share);
    print(`${what}: beyond the task that runs true, p50`, beyondIdle);
    print(`${what}: our share without a form before it, p50`, unprepared);
  }
} finally {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
