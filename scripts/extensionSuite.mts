/**
 * Runs the tests of `test/extension` inside VS Code: the desktop's where there is one to be had, else npm's.
 * With `--oldest`, inside the oldest supported one, always from npm.
 */
import { mkdtemp, mkdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { cacheFolder, root } from './paths.mts';
import { say } from './progress.mts';

const releases = 'https://update.code.visualstudio.com/api/releases/stable';

const hasDisplay = (): boolean =>
  process.platform !== 'linux' ||
  Boolean(process.env['DISPLAY']) ||
  Boolean(process.env['WAYLAND_DISPLAY']);

const isReachable = async (): Promise<boolean> => {
  try {
    return (await fetch(releases, { signal: AbortSignal.timeout(5_000) })).ok;
  } catch {
    return false;
  }
};

const npmVsCode = path.join(root, 'test', 'support', 'vscodeExecutable.mts');

/** The desktop needs a display and a download; a person can also name one that is installed. */
const findVsCode = async (): Promise<string> => {
  const named = process.env['MLFLOW_WORKBENCH_VSCODE'];
  if (named !== undefined) return named;
  if (hasDisplay() && (await isReachable()))
    return downloadAndUnzipVSCode({ cachePath: path.join(cacheFolder, 'vscode') });
  say('No desktop VS Code can be had here; the one from npm runs the tests.');
  return npmVsCode;
};

/** Titles to run, as in `--grep filter`; the runner inside VS Code reads it from its environment. */
const { values } = parseArgs({
  options: { grep: { type: 'string', short: 'g' }, oldest: { type: 'boolean' } },
  strict: false,
});
const oldest = values.oldest === true;

const folder = await mkdtemp(path.join(os.tmpdir(), 'extension-tests-'));
const workspace = path.join(folder, 'workspace');
await mkdir(workspace);
try {
  await runTests({
    vscodeExecutablePath: oldest ? npmVsCode : await findVsCode(),
    extensionDevelopmentPath: root,
    extensionTestsPath: path.join(root, 'out-test', 'extension', 'runner.js'),
    extensionTestsEnv:
      typeof values.grep === 'string' ? { MLFLOW_WORKBENCH_GREP: values.grep } : {},
    launchArgs: [
      workspace,
      '--disable-workspace-trust',
      ...(oldest ? ['--oldest'] : []),
      `--user-data-dir=${path.join(folder, 'data')}`,
      `--extensions-dir=${path.join(folder, 'extensions')}`,
    ],
  });
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
}
