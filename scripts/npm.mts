import { existsSync } from 'node:fs';
import path from 'node:path';
import { runCommand } from './runCommand.mts';

/** The headers that came with Node from the `node` package, so that native modules need no download. */
const nodeHeaders = (): string | undefined => {
  const folder = path.dirname(path.dirname(process.execPath));
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  for (const candidate of [
    path.join(folder, 'node_modules', `node-${platform}-${process.arch}`),
    folder,
  ])
    if (existsSync(path.join(candidate, 'include', 'node', 'node.h'))) return candidate;
  return undefined;
};

/** Runs npm, under the Node that runs this, in a folder. Rejects with its last lines when it fails. */
export const runNpm = async (folder: string, npmArguments: readonly string[]): Promise<void> => {
  const headers = nodeHeaders();
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  const windows = process.platform === 'win32';
  await runCommand(
    windows ? 'cmd.exe' : 'npm',
    [...(windows ? ['/d', '/c', 'npm'] : []), ...npmArguments, ...quiet],
    {
      cwd: folder,
      env: { ...process.env, ...(headers === undefined ? {} : { npm_config_nodedir: headers }) },
    },
  );
};
