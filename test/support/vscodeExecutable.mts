#!/usr/bin/env node
import { mkdir, readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { endWithParent } from '../../scripts/endWithParent.mts';
import { runExtensionTests } from './runExtensionTests.mts';

/*
 * Takes the arguments of the desktop's `code` that matter to `@vscode/test-electron` and runs the tests in
 * the npm-shipped VS Code, with the same exit code; with `--oldest`, in the oldest supported one.
 */

const text = { type: 'string' } as const;
const { values, positionals } = parseArgs({
  options: {
    extensionDevelopmentPath: text,
    extensionTestsPath: text,
    'user-data-dir': text,
    'extensions-dir': text,
    'folder-uri': text,
    'disable-workspace-trust': { type: 'boolean' },
    oldest: { type: 'boolean' },
  },
  strict: false,
  allowPositionals: true,
});

const asText = (value: string | boolean | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;

const readSettings = async (userData: string | undefined): Promise<Record<string, unknown>> => {
  if (userData === undefined) return {};
  const file = path.join(userData, 'User', 'settings.json');
  const written = await readFile(file, 'utf8').catch(() => '{}');
  return JSON.parse(written) as Record<string, unknown>;
};

const run = async (): Promise<number> => {
  const extensionDevelopmentPath = asText(values['extensionDevelopmentPath']);
  const extensionTestsPath = asText(values['extensionTestsPath']);
  if (extensionDevelopmentPath === undefined || extensionTestsPath === undefined)
    throw new Error('Both --extensionDevelopmentPath and --extensionTestsPath are needed.');
  const folder = path.resolve(positionals.at(-1) ?? path.join(os.tmpdir(), 'vscode-host-empty'));
  await mkdir(folder, { recursive: true });
  const extensionsDirectory = asText(values['extensions-dir']);
  return runExtensionTests(
    {
      folder,
      extensionDevelopmentPath,
      extensionTestsPath,
      settings: await readSettings(asText(values['user-data-dir'])),
      trust: values['disable-workspace-trust'] === true,
      edition: values['oldest'] === true ? 'oldest' : 'newest',
      ...(extensionsDirectory === undefined ? {} : { extensionsDirectory }),
    },
    (line) => process.stdout.write(`${line}\n`),
  );
};

process.env['MLFLOW_WORKBENCH_PARENT'] = String(process.ppid);
endWithParent();
try {
  process.exitCode = await run();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
