import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { cacheFolder, root } from './paths.mts';
import { say, step } from './progress.mts';
import { runCommand } from './runCommand.mts';
import { withLock } from './withLock.mts';

const environments = {
  /** MLflow 3 with what the demo data needs; also the MLflow 3 of the tests. */
  demo: {
    what: 'a Python environment with MLflow 3.17.2',
    files: ['demo/requirements.txt', 'demo/constraints.txt'],
  },
  mlflow2: {
    what: 'a Python environment with MLflow 2.22.5',
    files: ['test/support/mlflow2-requirements.txt', 'test/support/mlflow2-constraints.txt'],
  },
  /** No MLflow in it: that of `demo` finds the driver of PostgreSQL here. */
  servers: {
    what: 'a Python environment with a proxy and PostgreSQL',
    files: ['test/support/servers-requirements.txt'],
  },
} as const;

/** Which of the pinned Python environments. */
export type PythonEnvironmentName = keyof typeof environments;

const probe =
  'import sys; assert sys.version_info >= (3, 10), "old"; import ensurepip, venv; print(sys.executable); print("%d.%d" % sys.version_info[:2])';

interface Interpreter {
  readonly executable: string;
  readonly version: string;
}

const candidates: readonly (readonly string[])[] = [
  ['python3'],
  ['python'],
  ['py', '-3'],
  ...['13', '12', '11', '10'].map((minor) => [`python3.${minor}`]),
];

const findInterpreter = async (): Promise<Interpreter> => {
  let reason = 'none was found on PATH';
  for (const [command = '', ...first] of candidates) {
    try {
      const printed = await runCommand(command, [...first, '-c', probe]);
      const [executable = command, version = ''] = printed.trim().split(/\r?\n/).slice(-2);
      return { executable, version };
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      if (text.includes('AssertionError')) reason = `the one called ${command} is older`;
      if (/No module named '?(ensurepip|venv)/.test(text))
        reason = `the one called ${command} lacks its venv module (on Debian and Ubuntu: apt install python3-venv)`;
    }
  }
  throw new Error(`Python 3.10 or newer is needed, and ${reason}.`);
};

const pythonIn = (folder: string): string =>
  process.platform === 'win32'
    ? path.join(folder, 'Scripts', 'python.exe')
    : path.join(folder, 'bin', 'python');

const removeOlder = async (folder: string, name: string): Promise<void> => {
  const parent = path.dirname(folder);
  for (const entry of await readdir(parent))
    if (entry.startsWith(`${name}-`) && entry !== path.basename(folder) && !entry.endsWith('.lock'))
      await rm(path.join(parent, entry), { recursive: true, force: true });
};

/**
 * Makes the named environment if it is not there yet and complete. Minutes the first time, milliseconds
 * after that.
 *
 * @returns the path of its Python
 */
export const ensurePython = async (name: PythonEnvironmentName): Promise<string> => {
  const { what, files } = environments[name];
  const hash = createHash('sha256');
  for (const file of files) hash.update(await readFile(path.join(root, file)));
  const folder = path.join(cacheFolder, 'python', `${name}-${hash.digest('hex').slice(0, 12)}`);
  const python = pythonIn(folder);
  const stamp = path.join(folder, 'complete');
  if (existsSync(stamp)) return python;
  await withLock(`${folder}.lock`, async () => {
    if (existsSync(stamp)) return;
    const interpreter = await findInterpreter();
    await step(`installing ${what} (Python ${interpreter.version}, once)`, async () => {
      await rm(folder, { recursive: true, force: true });
      await mkdir(path.dirname(folder), { recursive: true });
      await runCommand(interpreter.executable, ['-m', 'venv', folder]);
      await runCommand(
        python,
        ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '-r', files[0]],
        { cwd: root },
      );
      await writeFile(stamp, `${interpreter.version}\n`);
    });
    if (process.env['MLFLOW_WORKBENCH_CACHE'] === undefined) await removeOlder(folder, name);
    say(`  kept in ${path.relative(root, folder)}`);
  });
  return python;
};
