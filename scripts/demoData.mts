import { createHash } from 'node:crypto';
import { globSync } from 'node:fs';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { demoFolder, root } from './paths.mts';
import { say, step } from './progress.mts';
import { runCommand } from './runCommand.mts';

const source = path.join(root, 'demo');
const storeFolder = path.join(demoFolder, 'store');
const stamp = path.join(storeFolder, 'complete');

/** Changes whenever the demo would log something else. */
const demoVersion = async (): Promise<string> => {
  const hash = createHash('sha256');
  for (const file of globSync('{**/*.py,**/*.txt,sweep/*}', { cwd: source }).sort())
    if (!file.includes('__pycache__') && file !== 'liveRun.py')
      hash.update(file).update(await readFile(path.join(source, file)));
  return hash.digest('hex');
};

/** Where the tracking server of the demo keeps its data; emptied when the demo has changed since. */
export const prepareDemoStore = async (): Promise<string> => {
  const written = await readFile(stamp, 'utf8').catch(() => '');
  if (written !== (await demoVersion())) await rm(storeFolder, { recursive: true, force: true });
  await mkdir(storeFolder, { recursive: true });
  return storeFolder;
};

/** Logs the demo data, unless the server has it from an earlier time. */
export const logDemoData = async (python: string, trackingUri: string): Promise<void> => {
  const version = await demoVersion();
  if ((await readFile(stamp, 'utf8').catch(() => '')) === version) {
    say('› the demo data is there from an earlier start');
    return;
  }
  await step('training models and logging the demo data (once)', () =>
    runCommand(python, [path.join(source, 'logDemo.py'), trackingUri], {
      // Compiled files must not appear beside the sources.
      env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1', GIT_PYTHON_REFRESH: 'quiet' },
      onLine: (line) => {
        if (line.startsWith('logged ')) say(`  ${line}`);
      },
    }),
  );
  await writeFile(stamp, version);
};

/** The folder that the editor opens: a small project whose settings name the tracking server. */
export const writeDemoWorkspace = async (trackingUri: string): Promise<string> => {
  const folder = path.join(demoFolder, 'workspace');
  await cp(path.join(source, 'sweep'), folder, {
    recursive: true,
    filter: (file) => !file.includes('__pycache__'),
  });
  await mkdir(path.join(folder, '.vscode'), { recursive: true });
  await writeFile(
    path.join(folder, '.vscode', 'settings.json'),
    `${JSON.stringify({ 'mlflow.trackingUri': trackingUri, 'mlflow.refreshInterval': 2 }, null, 2)}\n`,
  );
  return folder;
};
