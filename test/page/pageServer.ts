import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { root } from '../../scripts/paths.mts';
import { pageHtml } from '../../src/panels/present/pageHtml';
import type { RecordedTheme } from './theme';

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.map': 'application/json',
};

/** Serves the built pages as the workbench does: under a closed CSP, with the theme's variables in place. */
export interface PageServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Sets what VS Code sets on the page's root and body; it runs in the page. */
export function wearTheme({ variables, bodyClass, themeKind, theme }: RecordedTheme): void {
  const { style } = document.documentElement;
  for (const name of Array.from(style)) if (name.startsWith('--')) style.removeProperty(name);
  for (const [name, value] of Object.entries(variables)) style.setProperty(name, value);
  document.body.classList.remove(
    ...['light', 'dark', 'high-contrast', 'high-contrast-light'].map((kind) => `vscode-${kind}`),
  );
  document.body.classList.add(...bodyClass.split(' '));
  document.body.dataset['vscodeThemeKind'] = themeKind;
  document.body.dataset['vscodeThemeName'] = theme;
}

/** The document that the extension makes, with what VS Code puts into it: its own styles, and the theme. */
function documentOf(page: string, origin: string, theme: RecordedTheme, language: string): string {
  const nonce = randomBytes(16).toString('base64');
  const { defaultStyles, ...rest } = theme;
  const html = pageHtml({
    cspSource: origin,
    nonce,
    language,
    title: 'Compare',
    script: `/${page}.js`,
    styles: ['/kit.css', `/${page}.css`],
    showsPictures: ['compare', 'images', 'pictures'].includes(page),
  });
  const styles = `<style nonce="${nonce}" id="_defaultStyles">${defaultStyles}</style>
    <style nonce="${nonce}">html { background: var(--vscode-editor-background); }</style>`;
  const script = `(${wearTheme.toString()})(${JSON.stringify(rest)})`;
  return html
    .replace('<title>', () => `${styles}<title>`)
    .replace('<body>', () => `<body><script nonce="${nonce}">${script}</script>`);
}

async function sendFile(name: string, response: ServerResponse): Promise<void> {
  const type = types[path.extname(name)];
  const code = await readFile(path.join(root, 'dist', 'webview', path.basename(name))).catch(
    () => undefined,
  );
  if (type === undefined || code === undefined) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(code);
}

/** Starts to serve `dist/webview` on a free loopback port. */
export async function startPageServer(
  themeOf: (name: string) => RecordedTheme,
): Promise<PageServer> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname !== '/') return void sendFile(pathname, response);
    const [page, theme, language] = ['page', 'theme', 'language'].map(
      (name) => searchParams.get(name) ?? '',
    );
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end(documentOf(page ?? '', url(), themeOf(theme ?? ''), language ?? ''));
  });
  // A test that failed before it closed its page must not keep the process.
  server.unref();
  const url = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: url(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
