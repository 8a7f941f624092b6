import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { root } from '../scripts/paths.mts';
import { runExtensionTests } from '../test/support/runExtensionTests.mts';

/** What a window is opened with in which something is measured. */
export interface EditorBench {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, string>>;
  /** Told of each line that the extension host prints. */
  readonly onLine?: (line: string) => void;
}

/** Runs a source file (its `run`) in the extension host of a fresh window, which prints its figures as JSON. */
export const editorFigures = async (
  source: string,
  { settings, env, onLine }: EditorBench,
): Promise<Record<string, number>> => {
  const outfile = path.join(root, 'out-test', 'bench', `${path.basename(source, '.ts')}.js`);
  await build({
    entryPoints: [path.join(root, source)],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
    outfile,
    logLevel: 'error',
  });
  const folder = await mkdtemp(path.join(os.tmpdir(), 'bench-editor-'));
  let figures: Record<string, number> | undefined;
  const code = await runExtensionTests(
    {
      ...{ folder, extensionDevelopmentPath: root, extensionTestsPath: outfile },
      ...{ settings, env },
    },
    (line) => {
      const json = /FIGURES (\{.*\})/.exec(line)?.[1];
      if (json !== undefined) figures = JSON.parse(json) as Record<string, number>;
      onLine?.(line);
    },
  );
  await rm(folder, { recursive: true, force: true });
  if (code !== 0 || figures === undefined) throw new Error(`The window ended with ${code}.`);
  return figures;
};
