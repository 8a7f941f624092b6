import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser, LaunchOptions, Page } from 'playwright-core';
import { ensureTestHost } from '../../scripts/testHost.mts';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const onPath = (names: readonly string[]): string | undefined =>
  (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .flatMap((folder) => names.map((name) => path.join(folder, name)))
    .find((file) => existsSync(file));

const lacksLibraries = (executable: string): boolean =>
  spawnSync('ldd', [executable], { encoding: 'utf8' }).stdout?.includes('not found') ?? false;

const launchOptions = async (): Promise<LaunchOptions> => {
  const { chromium: packed } = await ensureTestHost();
  if (packed !== undefined)
    return {
      executablePath: packed.executable,
      env: {
        ...process.env,
        FONTCONFIG_FILE: packed.fontConfig,
        ...(lacksLibraries(packed.executable) ? { LD_LIBRARY_PATH: packed.libraries } : {}),
      },
    };
  const system = onPath(['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']);
  return system === undefined ? { channel: 'chrome' } : { executablePath: system };
};

/** A headless Chromium: the one from npm, or where npm has none the system's. It ends with this process. */
export const openBrowser = async (): Promise<Browser> =>
  chromium.launch({ ...(await launchOptions()), headless: true, args: flags });

/** Runs in the page, before the workbench asks for its display language, which no language pack sets here. */
const speak = (language: string): void => {
  Object.defineProperty(globalThis, '_VSCODE_NLS_LANGUAGE', {
    get: () => language,
    set: () => undefined,
  });
};

/** How the workbench's window is to be. */
export interface WorkbenchOptions {
  readonly width?: number;
  readonly height?: number;
  /** As in `ko`: the display language of extensions. The workbench's own texts stay English. */
  readonly locale?: string;
  /** Called before the workbench loads, for functions that it is to find. */
  readonly prepare?: (page: Page) => Promise<unknown>;
}

/** Opens the workbench in a window (a context) of its own and waits until its parts are there. */
export const openWorkbench = async (
  browser: Browser,
  url: string,
  options: WorkbenchOptions = {},
): Promise<Page> => {
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1280, height: options.height ?? 800 },
    ...(options.locale === undefined ? {} : { locale: options.locale }),
  });
  if (options.locale !== undefined) await context.addInitScript(speak, options.locale);
  const page = await context.newPage();
  await options.prepare?.(page);
  await page.goto(url);
  await page.waitForSelector('.monaco-workbench', { timeout: 60_000 });
  return page;
};
