import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { freePort } from '../../scripts/freePort.mts';
import { ensureTestHost } from '../../scripts/testHost.mts';
import type { Edition } from '../../scripts/testHost.mts';
import { startTied } from '../../scripts/tiedProcess.mts';
import { isAlive } from '../../scripts/withLock.mts';

/** What an editor is opened with. All paths are absolute. */
export interface VsCodeOptions {
  /** The folder that is open in it, or a `.code-workspace` file that names several. */
  readonly folder: string;
  /** An extension's folder, as `--extensionDevelopmentPath`; without it only installed ones run. */
  readonly extensionDevelopmentPath?: string;
  /** A module with `run()`, as `--extensionTestsPath`; see `runExtensionTests` for its result. */
  readonly extensionTestsPath?: string;
  /**
   * Whether the test driver is on, which is the default and what an extension under development needs.
   * With it the workbench shows no toasts and refuses modal dialogs.
   */
  readonly driver?: boolean;
  /** User settings on top of the quiet ones. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Whether folders are trusted, which is the default; else they open in Restricted Mode. */
  readonly trust?: boolean;
  /** Variables on top of this process's, for the extension host and terminals. */
  readonly env?: NodeJS.ProcessEnv;
  /** Where installed extensions lie; without it a folder of its own, empty. */
  readonly extensionsDirectory?: string;
  /** Where settings and state lie; without it a folder of its own that goes away with the editor. */
  readonly userDataDirectory?: string;
  /** Which VS Code; without it the newest. */
  readonly edition?: Edition;
  /** How much VS Code and its extensions log, as in `trace`; else what is usual. */
  readonly log?: string;
  /** A port to take; without it a free one. */
  readonly port?: number;
}

/** A running editor that a browser can open. */
export interface VsCode {
  /** What to open in the browser: folder and extension are part of it. */
  readonly url: string;
  /** Where it keeps what is not user data. */
  readonly folder: string;
  /** Its last lines. */
  output(): string;
  stop(): Promise<void>;
}

const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'update.mode': 'none',
  'security.workspace.trust.banner': 'never',
  'security.workspace.trust.startupPrompt': 'never',
  'workbench.tips.enabled': false,
  'git.openRepositoryInParentFolders': 'never',
};

/** A path as it stands in a URI: `/c:/…` on Windows. */
const toUriPath = (file: string): string => {
  const slashed = file.replaceAll(path.sep, '/');
  return slashed.startsWith('/') ? slashed : `/${slashed}`;
};

/** The address that opens the folder, and the extension under development, in the workbench. */
const workbenchUrl = (port: number, options: VsCodeOptions): string => {
  const authority = `127.0.0.1:${port}`;
  const remote = (file: string): string => `vscode-remote://${authority}${toUriPath(file)}`;
  const payload = [
    ...(options.extensionDevelopmentPath === undefined
      ? []
      : [['extensionDevelopmentPath', remote(options.extensionDevelopmentPath)]]),
    ...(options.extensionTestsPath === undefined
      ? []
      : [['extensionTestsPath', remote(options.extensionTestsPath)]]),
    ['skipWelcome', 'true'],
  ];
  const query = new URLSearchParams({
    [options.folder.endsWith('.code-workspace') ? 'workspace' : 'folder']: toUriPath(
      options.folder,
    ),
    payload: JSON.stringify(payload),
  });
  return `http://${authority}/?${query.toString()}`;
};

const writeSettings = async (
  userData: string,
  settings: Readonly<Record<string, unknown>>,
): Promise<void> => {
  for (const scope of ['User', 'Machine']) {
    await mkdir(path.join(userData, scope), { recursive: true });
    await writeFile(path.join(userData, scope, 'settings.json'), JSON.stringify(settings, null, 2));
  }
};

const prefix = 'vscode-host-';

/** A folder for one editor's state, named after this process; those of processes that are gone go too. */
const makeDataFolder = async (): Promise<string> => {
  const parent = os.tmpdir();
  for (const name of await readdir(parent)) {
    const owner = Number(new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1] ?? process.pid);
    if (!isAlive(owner)) await rm(path.join(parent, name), { recursive: true, force: true });
  }
  return mkdtemp(path.join(parent, `${prefix}${process.pid}-`));
};

/** Environment variables of an editor this process may run in must not reach the one it starts. */
const environment = (extra: NodeJS.ProcessEnv | undefined): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(VSCODE_|ELECTRON_|MLFLOW_TRACKING_|MLFLOW_REGISTRY_)/.test(name),
    ),
  ),
  // No gallery: tests reach nothing outside.
  EXTENSIONS_GALLERY: JSON.stringify({ serviceUrl: '' }),
  ...extra,
});

/**
 * Starts the npm-shipped VS Code on a free loopback port: the same workbench and extension host as the
 * desktop's. It ends with this process. Its parts are installed on the first call.
 */
export const startVsCode = async (options: VsCodeOptions): Promise<VsCode> => {
  const host = await ensureTestHost(options.edition);
  const port = options.port ?? (await freePort());
  const data = await makeDataFolder();
  const userData = options.userDataDirectory ?? path.join(data, 'data');
  await writeSettings(userData, { ...quietSettings, ...options.settings });
  let ready = (): void => undefined;
  const listening = new Promise<void>((resolve) => (ready = resolve));
  const server = startTied(
    host.node,
    [
      host.vscodeServer,
      ...['--host', '127.0.0.1', '--port', String(port)],
      '--without-connection-token',
      '--accept-server-license-terms',
      '--disable-telemetry',
      ...['--server-data-dir', data, '--user-data-dir', userData],
      ...['--extensions-dir', options.extensionsDirectory ?? path.join(data, 'extensions')],
      // What makes a built workbench honour the extension in the address.
      ...(options.driver === false ? [] : ['--enable-smoke-test-driver']),
      ...(options.trust === false ? [] : ['--disable-workspace-trust']),
      ...(options.log === undefined ? [] : ['--log', options.log]),
    ],
    {
      cwd: data,
      env: environment(options.env),
      onLine: (line) => {
        if (line.includes('Extension host agent listening')) ready();
      },
    },
  );
  const gone = server.exited.then((code) => {
    throw new Error(`VS Code ended with ${code}:\n${server.output()}`);
  });
  await Promise.race([listening, gone]);
  gone.catch(() => undefined);
  return {
    url: workbenchUrl(port, options),
    folder: data,
    output: () => server.output(),
    async stop() {
      await server.stop();
      await rm(data, { recursive: true, force: true, maxRetries: 3 });
    },
  };
};
