import { existsSync } from 'node:fs';
import path from 'node:path';
import { runCommand } from './runCommand.mts';

/** The headers that came with Node from the `node` package, so that native modules need no download. */
const nodeHeaders = (node: string): string | undefined => {
  const folder = path.dirname(path.dirname(node));
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  for (const candidate of [
    path.join(folder, 'node_modules', `node-${platform}-${process.arch}`),
    folder,
  ])
    if (existsSync(path.join(candidate, 'include', 'node', 'node.h'))) return candidate;
  return undefined;
};

/**
 * Runs npm in a folder. Rejects with its last lines when it fails.
 *
 * @param node what npm and install scripts run on, and native modules are built for
 */
export const runNpm = async (
  folder: string,
  npmArguments: readonly string[],
  node: string = process.execPath,
): Promise<void> => {
  const headers = nodeHeaders(node);
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  const windows = process.platform === 'win32';
  await runCommand(
    windows ? 'cmd.exe' : 'npm',
    [...(windows ? ['/d', '/c', 'npm'] : []), ...npmArguments, ...quiet],
    {
      cwd: folder,
      env: {
        ...process.env,
        PATH: `${path.dirname(node)}${path.delimiter}${process.env['PATH'] ?? ''}`,
        ...(headers === undefined ? {} : { npm_config_nodedir: headers }),
      },
    },
  );
};
