import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import esbuild from 'esbuild';

/**
 * What ends up in `dist/`, one entry per file. `node` is the Node.js of the oldest supported editor's
 * extension host. A missing entry point fails the build.
 */
const bundles = [
  {
    name: 'extension',
    options: {
      entryPoints: ['src/extension.ts'],
      outfile: 'dist/extension.js',
      platform: 'node',
      format: 'cjs',
      target: 'node22',
      external: ['vscode'],
    },
  },
  {
    name: 'storeWorker',
    options: {
      entryPoints: ['src/stores/worker.ts'],
      outfile: 'dist/storeWorker.js',
      platform: 'node',
      format: 'cjs',
      target: 'node22',
    },
  },
  {
    name: 'tableWorker',
    options: {
      entryPoints: ['src/tables/tableWorker.ts'],
      outfile: 'dist/tableWorker.js',
      platform: 'node',
      format: 'cjs',
      target: 'node22',
    },
  },
  {
    name: 'notebookWorker',
    options: {
      entryPoints: ['src/artifacts/notebookWorker.ts'],
      outfile: 'dist/notebookWorker.js',
      platform: 'node',
      format: 'cjs',
      target: 'node22',
    },
  },
  late('commands', 'src/commands/handlers.ts'),
  late('registryCommands', 'src/commands/registry/registryHandlers.ts'),
  late('panels', 'src/panels/panels.ts'),
  late('registryPages', 'src/panels/registryPages.ts'),
  late('readYaml', 'src/panels/readYaml.ts'),
  late('artifacts', 'src/artifacts/artifactReader.ts'),
  late('noteDesk', 'src/notes/noteDesk.ts'),
  late('ownedServers', 'src/connections/ownedServers.ts'),
  late('parseEnv', 'src/connections/parseEnv.ts'),
  late('downloads', 'src/downloads/downloads.ts'),
  late('launching', 'src/launching/launching.ts'),
  late('projectTexts', 'src/projects/plan/projectTexts.ts'),
  late('sweeping', 'src/sweeping/sweeping.ts'),
  late('ray', 'src/ray/rayLauncher.ts'),
  late('languageClient', 'src/language/client.ts'),
  {
    name: 'server',
    options: {
      entryPoints: ['src/server/main.ts'],
      outfile: 'dist/server.js',
      platform: 'node',
      format: 'cjs',
      target: 'node22',
    },
  },
  page('kit'),
  page('compare'),
  page('runs'),
  page('run'),
  page('version'),
  page('versions'),
  page('table'),
  page('relations'),
  page('images'),
  page('pictures'),
  page('map'),
  page('modelSummary'),
  page('gallery'),
  // Stands in its document, since that may load nothing.
  page('report', 'iife'),
];

/** What the extension loads once somebody needs it. */
function late(name, entry) {
  return {
    name,
    options: {
      entryPoints: [entry],
      outfile: `dist/${name}.js`,
      platform: 'node',
      format: 'cjs',
      target: 'node22',
      external: ['vscode'],
    },
  };
}

/** What runs in a page, with its styles beside it; `chrome138` is the oldest supported editor's. */
function page(name, format = 'esm') {
  const entry = name === 'kit' ? 'webview/kit/kit.ts' : `webview/${name}/main.ts`;
  return {
    name,
    options: {
      entryPoints: [entry],
      outfile: `dist/webview/${name}.js`,
      platform: 'browser',
      format,
      target: 'chrome138',
    },
  };
}

const flags = new Set(process.argv.slice(2));
const watch = flags.delete('--watch');
const production = flags.delete('--production');
if (flags.size > 0) {
  console.error(`unknown flag ${[...flags].join(' ')}; known are --watch and --production`);
  process.exit(2);
}

/** Writes the metafile that the size and notice tests read, and says how large the bundle is. */
function reportPlugin(name, outfile) {
  return {
    name: 'report',
    setup(build) {
      build.onStart(() => {
        if (watch) console.log(`[watch] ${name} started`);
      });
      build.onEnd(async (result) => {
        for (const { text, location } of result.errors) {
          if (watch && location) {
            console.error(`✘ ${location.file}:${location.line}:${location.column}: ${text}`);
          }
        }
        if (result.metafile && result.errors.length === 0) {
          await writeFile(`dist/meta/${name}.json`, JSON.stringify(result.metafile));
          const code = await readFile(outfile);
          const zipped = (gzipSync(code, { level: 9 }).length / 1024).toFixed(1);
          console.log(`${outfile} ${(code.length / 1024).toFixed(1)} KB, ${zipped} KB gzipped`);
        }
        if (watch) console.log(`[watch] ${name} finished`);
      });
    },
  };
}

/**
 * Gets the editor's API once and takes it as it is. esbuild would ask for it and copy all its
 * hundreds of properties for every file that imports it, which made up most of the activation.
 * Blanks keep the columns that the source map names.
 */
const plainApiPlugin = {
  name: 'plain-api',
  setup(build) {
    const { external, outfile } = build.initialOptions;
    if (!external?.includes('vscode')) return;
    build.initialOptions.banner = { js: '"use strict";var theEditor=require("vscode");' };
    build.onEnd(async (result) => {
      if (result.errors.length > 0) return;
      const code = await readFile(outfile, 'utf8');
      const plain = code.replaceAll(/[\w$]+\(require\("vscode"\)(?:, ?1)?\)/g, (wrapped) =>
        'theEditor'.padEnd(wrapped.length),
      );
      await writeFile(outfile, plain);
    });
  },
};

/**
 * Leaves to another bundle what is loaded when it is first used (`import()` of its entry), and to the kit of
 * the pages what all of them share.
 */
const otherBundlesPlugin = {
  name: 'other-bundles',
  setup(build) {
    const { outfile } = build.initialOptions;
    build.onResolve({ filter: /^\./ }, ({ kind, path: name, resolveDir }) => {
      if (kind !== 'dynamic-import') return undefined;
      const file = path.join(resolveDir, `${name}.ts`);
      const other = bundles.find(({ options }) => path.resolve(options.entryPoints[0]) === file);
      return other && { path: `./${other.name}.js`, external: true };
    });
    if (!outfile.startsWith('dist/webview/') || outfile.endsWith('/kit.js')) return;
    build.onResolve({ filter: kitImports }, ({ kind }) =>
      // Styles that only some pages want come with these.
      kind === 'import-rule' ? undefined : { path: './kit.js', external: true },
    );
  },
};

/**
 * Takes the modules of `yaml` one by one, so that what only parses leaves out what writes YAML and reads its values; the package
 * has them for browsers, and does not say that loading them does nothing else.
 */
const yamlPartsPlugin = {
  name: 'yaml-parts',
  setup(build) {
    if (!/\/(server|projectTexts)\.js$/.test(build.initialOptions.outfile)) return;
    const folder = path.resolve('node_modules/yaml/browser/dist');
    const part = (file) => ({ path: file, sideEffects: false });
    build.onResolve({ filter: /^yaml$/ }, () => part(path.join(folder, 'index.js')));
    build.onResolve({ filter: /^\.\.?\// }, ({ resolveDir, path: name }) =>
      resolveDir.startsWith(folder) ? part(path.join(resolveDir, name)) : undefined,
    );
  },
};

/**
 * What launches something refuses a text that is no YAML, and so needs no guess at the tree of it, for which the language server
 * has the package `yaml`.
 */
const noGuessesPlugin = {
  name: 'no-guesses',
  setup(build) {
    if (!/^dist\/(projectTexts|sweeping)\.js$/.test(build.initialOptions.outfile)) return;
    build.onResolve({ filter: /\/recoverTree$/ }, ({ path: name }) => ({
      path: name,
      namespace: 'no-guesses',
    }));
    build.onLoad({ filter: /.*/, namespace: 'no-guesses' }, () => ({
      contents: 'export const recoverTree = () => undefined;',
    }));
  },
};

/** What `webview/kit/kit.ts` exports: its own files, and packages that every page uses. */
const kitImports = /^(\.\.\/)+kit\/|^(lit|@vscode\/l10n|@vscode\/webview-ui-toolkit)($|\/)/;

function buildOptions({ name, options }) {
  return {
    ...options,
    bundle: true,
    minify: production,
    sourcemap: production ? false : 'linked',
    metafile: true,
    legalComments: 'none',
    define: { 'process.env.NODE_ENV': JSON.stringify(production ? 'production' : 'development') },
    logLevel: watch ? 'silent' : 'warning',
    plugins: [
      otherBundlesPlugin,
      yamlPartsPlugin,
      noGuessesPlugin,
      plainApiPlugin,
      reportPlugin(name, options.outfile),
    ],
  };
}

/** Removes what an earlier build left in `dist/` and this one did not write. */
async function removeLeftovers(results) {
  const written = new Set(
    results.flatMap(({ metafile }) =>
      Object.keys(metafile.outputs).map((file) => path.normalize(file)),
    ),
  );
  for (const { name } of bundles) written.add(path.join('dist', 'meta', `${name}.json`));
  for (const entry of await readdir('dist', { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isFile() && !written.has(file)) await rm(file);
  }
}

await mkdir('dist/meta', { recursive: true });
if (watch) {
  const contexts = await Promise.all(
    bundles.map((bundle) => esbuild.context(buildOptions(bundle))),
  );
  await Promise.all(contexts.map((context) => context.watch()));
  // Whoever started the watch holds its standard input; when that closes, nobody is watching any more.
  process.stdin.resume().on('end', () => process.exit(0));
} else {
  const results = await Promise.allSettled(
    bundles.map((bundle) => esbuild.build(buildOptions(bundle))),
  );
  if (results.some((result) => result.status === 'rejected')) process.exit(1);
  await removeLeftovers(results.map((result) => result.value));
}
