/**
 * Writes `test/fixtures/themes`: what VS Code gives to a page in each of its four kinds of theme. A small
 * extension, made for the moment, opens an empty page in the real workbench and writes down what is there.
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openBrowser, openWorkbench } from '../test/support/browser.mts';
import { startVsCode } from '../test/support/vscodeHost.mts';
import { root } from './paths.mts';
import { say } from './progress.mts';

const themes = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
  highContrast: 'Default High Contrast',
  highContrastLight: 'Default High Contrast Light',
};

/** Runs in the page: tells the variables, the classes and the styles that VS Code adds. */
const pageScript = `
  const api = acquireVsCodeApi();
  const tell = () => api.postMessage({
    theme: document.body.dataset.vscodeThemeId,
    bodyClass: document.body.className,
    themeKind: document.body.dataset.vscodeThemeKind,
    rootStyle: document.documentElement.getAttribute('style'),
    defaultStyles: document.getElementById('_defaultStyles').textContent,
  });
  new MutationObserver(tell).observe(document.body, { attributes: true });
  new MutationObserver(tell).observe(document.documentElement, { attributes: true });
  tell();`;

const extensionScript = (themeNames: readonly string[], out: string): string => `
  const vscode = require('vscode');
  const { writeFileSync } = require('node:fs');
  exports.activate = async () => {
    const panel = vscode.window.createWebviewPanel('page', 'page', 1, { enableScripts: true });
    let seen = () => undefined;
    panel.webview.onDidReceiveMessage((message) => seen(message));
    panel.webview.html = '<!DOCTYPE html><body><script>' + ${JSON.stringify(pageScript)} + '</script></body>';
    const found = {};
    for (const theme of ${JSON.stringify(themeNames)}) {
      const shown = new Promise((resolve) => {
        let timer;
        seen = (message) => {
          if (!theme.endsWith(message.theme)) return;
          found[theme] = message;
          clearTimeout(timer);
          timer = setTimeout(resolve, 1000);
        };
      });
      await vscode.workspace.getConfiguration('workbench').update('colorTheme', theme, true);
      await shown;
    }
    writeFileSync(${JSON.stringify(out)}, JSON.stringify(found));
  };`;

interface Told {
  readonly bodyClass: string;
  readonly themeKind: string;
  readonly rootStyle: string;
  readonly defaultStyles: string;
}

const readWhenThere = async (file: string): Promise<Record<string, Told>> => {
  for (const end = Date.now() + 60_000; Date.now() < end; await delay(200)) {
    const text = await readFile(file, 'utf8').catch(() => '');
    if (text !== '') return JSON.parse(text) as Record<string, Told>;
  }
  throw new Error('The page told nothing.');
};

const makeExtension = async (folder: string, out: string): Promise<void> => {
  const { engines, contributes } = JSON.parse(
    await readFile(path.join(root, 'package.json'), 'utf8'),
  ) as { engines: unknown; contributes: { colors: object[] } };
  const manifest = {
    ...{ name: 'theme-recorder', publisher: 'test', version: '0.0.1', engines, main: './main.js' },
    activationEvents: ['*'],
    contributes: {
      colors: contributes.colors.map((color) => ({ ...color, description: 'a color' })),
    },
  };
  await mkdir(folder);
  await writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(path.join(folder, 'main.js'), extensionScript(Object.values(themes), out));
};

/** `--a: b; --c: d` as an object; a value may hold anything but a semicolon. */
const variablesOf = (style: string): Record<string, string> =>
  Object.fromEntries(
    style
      .split(';')
      .map((line) => line.split(/:(.*)/s).map((part) => part.trim()))
      .filter(([name = '']) => name.startsWith('--'))
      .map(([name = '', value = '']) => [name, value] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

const folder = await mkdtemp(path.join(os.tmpdir(), 'themes-'));
const out = path.join(folder, 'told.json');
const extension = path.join(folder, 'extension');
await makeExtension(extension, out);
await mkdir(path.join(folder, 'workspace'));
const code = await startVsCode({
  folder: path.join(folder, 'workspace'),
  extensionDevelopmentPath: extension,
});
const browser = await openBrowser();
try {
  await openWorkbench(browser, code.url);
  const told = await readWhenThere(out);
  for (const [kind, theme] of Object.entries(themes)) {
    const { bodyClass, themeKind, rootStyle, defaultStyles } = told[theme] as Told;
    const variables = variablesOf(rootStyle);
    const file = path.join(root, 'test', 'fixtures', 'themes', `${kind}.json`);
    const fixture = { theme, bodyClass, themeKind, defaultStyles, variables };
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, `${JSON.stringify(fixture, undefined, 2)}\n`);
    say(`${path.relative(root, file)}: ${Object.keys(variables).length} variables`);
  }
} finally {
  await browser.close();
  await code.stop();
  await rm(folder, { recursive: true, force: true });
}
