import { rm } from 'node:fs/promises';
import { globSync } from 'node:fs';
import path from 'node:path';
import esbuild from 'esbuild';
import { root } from './paths.mts';

/** The folders of `test/` that mocha runs, by how their bundles are made. */
const formats = {
  unit: 'esm',
  contract: 'esm',
  cluster: 'esm',
  package: 'esm',
  page: 'esm',
  ui: 'esm',
  oldest: 'esm',
  /** Runs in the extension host, where `vscode` can be required only. */
  extension: 'cjs',
} as const;

/** One of the folders of `test/` that hold tests. */
export type TestKind = keyof typeof formats;

/** Names that may be imported and are not files of this project. */
const outside: esbuild.Plugin = {
  name: 'outside',
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, ({ kind }) =>
      kind === 'entry-point' ? undefined : { external: true },
    );
  },
};

/**
 * Bundles the tests of one kind to `out-test/<kind>`, anew.
 *
 * @returns the bundles of the files that hold tests
 */
export const bundleTests = async (kind: TestKind): Promise<readonly string[]> => {
  const out = path.join(root, 'out-test', kind);
  const pattern = kind === 'extension' ? '**/{*.test,runner}.ts' : '**/*.test.ts';
  const source = path.join('test', kind);
  const entries = globSync(pattern, { cwd: path.join(root, source) }).sort();
  await rm(out, { recursive: true, force: true });
  if (entries.length === 0) return [];
  const esm = formats[kind] === 'esm';
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: entries.map((entry) => path.join(source, entry)),
    outbase: source,
    outdir: out,
    bundle: true,
    format: formats[kind],
    splitting: esm,
    outExtension: { '.js': esm ? '.mjs' : '.js' },
    platform: 'node',
    target: esm ? 'node24' : 'node22',
    plugins: [outside],
    sourcemap: 'linked',
    logLevel: 'warning',
    // Only an ESM bundle can say where it lies; the others ask the working directory.
    logOverride: { 'empty-import-meta': 'silent' },
  });
  return entries
    .filter((entry) => entry.endsWith('.test.ts'))
    .map((entry) => path.join(out, entry.replace(/\.ts$/, esm ? '.mjs' : '.js')));
};
