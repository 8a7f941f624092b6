import { existsSync } from 'node:fs';
import { mkdir, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { startVsCode } from '../test/support/vscodeHost.mts';
import type { VsCode } from '../test/support/vscodeHost.mts';
import { demoFolder, root } from './paths.mts';
import { step } from './progress.mts';
import { startTied } from './tiedProcess.mts';
import type { TiedProcess } from './tiedProcess.mts';

const windows = process.platform === 'win32';

/** Whether a desktop VS Code can be opened here: its command is on PATH and there is a screen. */
export const hasDesktopEditor = (): boolean => {
  const screen = process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'];
  if (process.platform === 'linux' && !screen) return false;
  const name = windows ? 'code.cmd' : 'code';
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  return folders.some((folder) => existsSync(path.join(folder, name)));
};

/** Opens a window of the desktop VS Code with the extension. It has exited when the window is closed. */
export const openDesktopEditor = (folder: string): TiedProcess => {
  const options = ['--new-window', '--wait', `--extensionDevelopmentPath=${root}`, folder];
  return windows
    ? startTied('cmd.exe', ['/d', '/c', 'code', ...options])
    : startTied('code', options);
};

/**
 * Starts the npm-shipped VS Code with the extension installed in it as a link to this project. Unlike
 * an extension under development, that needs no test driver, so that messages and dialogs show.
 */
export const startWebEditor = async (folder: string): Promise<VsCode> => {
  const extensionsDirectory = path.join(demoFolder, 'extensions');
  await rm(extensionsDirectory, { recursive: true, force: true });
  await mkdir(extensionsDirectory, { recursive: true });
  const link = path.join(extensionsDirectory, 'mlflow-workbench.mlflow-workbench');
  await symlink(root, link, windows ? 'junction' : 'dir');
  return step('starting VS Code', () =>
    startVsCode({ folder, extensionsDirectory, driver: false }),
  );
};
