import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { FrameLocator, Page } from 'playwright-core';
import { root } from '../../scripts/paths.mts';
import { reportHtml } from '../../src/panels/present/reportHtml';
import type { ReportGets, ReportSays } from '../../src/protocol/reportPage';
import { htmlCarriers, reachingOut } from '../support/scriptCarriers';
import { axeViolations } from './axe';
import { eventually } from './openedPage';
import { wearTheme } from './pageServer';
import { sharedBrowser } from './sharedBrowser';
import { recordedTheme, themeKinds } from './theme';

const built = (name: string): string =>
  readFileSync(path.join(root, 'dist', 'webview', name), 'utf8');

function documentOf(runsScripts: boolean): string {
  return reportHtml({
    ...{ nonce: 'test', language: 'en', title: 'report.html', runsScripts },
    ...{ script: built('report.js'), style: built('report.css') },
    texts: {
      says: runsScripts ? 'Scripts run.' : 'Scripts do not run.',
      toggle: runsScripts ? 'Stop Scripts' : 'Run Scripts in This Report',
      links: 'Links ({0})',
      openText: 'Open Text',
      download: 'Download…',
    },
  });
}

interface Listening {
  readonly server: Server;
  readonly url: string;
}

async function listening(answer: (url: URL) => string): Promise<Listening> {
  const server = createServer((request, response) => {
    const body = answer(new URL(request.url ?? '/', 'http://127.0.0.1'));
    response.writeHead(200, { 'content-type': 'text/html' }).end(body);
  });
  server.unref();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

describe('an HTML report', () => {
  const asked: string[] = [];
  const logged: string[] = [];
  const said: ReportSays[] = [];
  let evil: Listening;
  let host: Listening;
  let page: Page;

  before(async () => {
    evil = await listening(({ pathname }) => {
      asked.push(pathname);
      return '';
    });
    evil.server.on('upgrade', ({ url = '' }) => asked.push(url));
    host = await listening(({ searchParams }) => documentOf(searchParams.has('scripts')));
  });

  after(() => {
    for (const { server } of [evil, host]) {
      server.close();
      server.closeAllConnections();
    }
  });

  beforeEach(async () => {
    const context = await (await sharedBrowser()).newContext();
    page = await context.newPage();
    page.on('console', (message) => logged.push(message.text()));
    [asked, logged, said].forEach((list) => list.splice(0));
  });

  afterEach(() => page.context().close());

  const open = async (runsScripts = false): Promise<void> => {
    await page.exposeFunction('say', (message: ReportSays) => said.push(message));
    await page.addInitScript(() => {
      // As in VS Code, which gives it to the page alone.
      if (globalThis.parent !== globalThis.window) return;
      const { say } = globalThis as unknown as { say: (message: unknown) => void };
      Object.assign(globalThis, { acquireVsCodeApi: () => ({ postMessage: say }) });
    });
    await page.goto(`${host.url}/${runsScripts ? '?scripts' : ''}`);
    await eventually(
      'the page to be ready',
      () => said.length,
      (count) => count > 0,
    );
  };

  const send = (message: ReportGets | { report: 'content'; text: string }): Promise<void> =>
    page.evaluate((sent) => {
      const bytes = 'text' in sent ? new TextEncoder().encode(sent.text) : undefined;
      globalThis.postMessage(bytes === undefined ? sent : { report: 'content', bytes }, '*');
    }, message);

  /** Shows a report and waits until its frame has loaded. */
  const show = async (text: string): Promise<FrameLocator> => {
    await page.evaluate((html) => {
      const bytes = new TextEncoder().encode(html);
      document.querySelector('main')!.replaceChildren();
      globalThis.setTimeout(() => globalThis.postMessage({ report: 'content', bytes }, '*'));
      return new Promise<void>((resolve) => {
        const seen = new MutationObserver(() => {
          const frame = document.querySelector('iframe');
          if (frame === null) return;
          seen.disconnect();
          frame.addEventListener('load', () => requestAnimationFrame(() => resolve()), {
            once: true,
          });
        });
        seen.observe(document.querySelector('main')!, { childList: true });
      });
    }, text);
    return page.frameLocator('main > iframe');
  };

  it('runs and loads nothing of a corpus of carriers, pressed and clicked on', async function () {
    this.timeout(60_000);
    await open();
    const carriers = htmlCarriers(evil.url);
    assert.ok(carriers.length >= 60);
    for (const carrier of carriers) {
      await show(carrier);
      await page.locator('main').click();
      await page.keyboard.press('Enter');
    }
    assert.deepEqual(
      logged.filter((line) => line === 'EXECUTED'),
      [],
    );
    assert.deepEqual(asked, []);
    assert.equal(page.context().pages().length, 1);
    assert.equal(new URL(page.url()).origin, host.url);
  });

  it('lists the links that lead out of it, which open when they are clicked on there', async () => {
    await open();
    const frame = await show(
      '<p id="top">text</p><a href="https://docs.example/a">guide</a> <a href="#top">up</a> <a href="file:///etc/passwd">x</a>',
    );
    await frame.getByText('guide').click();
    assert.equal(await frame.getByText('guide').getAttribute('title'), 'https://docs.example/a');
    await page.getByRole('button', { name: 'Links (1)' }).click();
    await page.getByRole('button', { name: 'guide — https://docs.example/a' }).click();
    await eventually(
      'the link',
      () => said.at(-1),
      (last) => last?.report === 'link',
    );
    assert.deepEqual(said.slice(1), [{ report: 'link', address: 'https://docs.example/a' }]);
  });

  it('runs scripts once asked to, which reach neither page, editor nor network', async () => {
    // Whatever a test does in a page counts as a person's doing, so nothing is done in this one.
    await page.addInitScript((html) => {
      if (globalThis.parent !== globalThis.window) return;
      const told: unknown[] = [];
      const postMessage = (message: unknown): void => {
        told.push(message);
        const bytes = new TextEncoder().encode(html);
        if (told.length === 1) globalThis.postMessage({ report: 'content', bytes }, '*');
      };
      Object.assign(globalThis, { told, acquireVsCodeApi: () => ({ postMessage }) });
    }, reachingOut(evil.url));
    await page.goto(`${host.url}/?scripts`);
    const line = await eventually(
      'what came of it',
      () => logged.find((each) => each.startsWith('CAME ')),
      (found) => found !== undefined,
    );
    const came = JSON.parse(line?.slice(5) ?? '{}') as Record<string, string>;
    const { parent, top, api, storage, cookie, ownApi, open: opened } = came;
    assert.deepEqual(
      { parent, top, api, storage, cookie, ownApi, opened },
      {
        ...{ parent: 'refused', top: 'refused', api: 'refused', storage: 'refused' },
        ...{ cookie: 'refused', ownApi: 'undefined', opened: 'null' },
      },
    );
    assert.deepEqual(asked, []);
    // What it says by itself counts for nothing.
    const told = await page.evaluate(() => (globalThis as unknown as { told: unknown }).told);
    assert.deepEqual(told, [{ report: 'ready' }]);
    const frame = page.frameLocator('main > iframe');
    assert.equal(await frame.locator('h1').textContent(), 'drawn by a script');
    assert.equal(page.context().pages().length, 1);
  });

  it('has no WebRTC for scripts, in frames of its own neither, since no policy forbids it', async () => {
    await open(true);
    const nested = `<iframe srcdoc="<script>console.log('NESTED')</script>"></iframe>`;
    await show(`<p id="host"></p>${nested}<div><template shadowrootmode="closed">${nested}</template></div><script>
      console.log('HAS', typeof RTCPeerConnection, typeof webkitRTCPeerConnection);
      const text = ${JSON.stringify(nested).replaceAll('</', '<\\/')};
      document.body.insertAdjacentHTML('beforeend', text);
      document.getElementById('host').attachShadow({ mode: 'closed' }).innerHTML = text;
      // A worker's answer takes longer than a frame that is made of text.
      const worker = new Worker(URL.createObjectURL(new Blob(['setTimeout(() => postMessage(0), 200)'])));
      worker.onmessage = () => console.log('DONE');
    </script>`);
    await eventually(
      'the end of the script',
      () => logged.includes('DONE'),
      (isDone) => isDone,
    );
    assert.ok(logged.includes('HAS undefined undefined'));
    assert.equal(logged.includes('NESTED'), false);
  });

  it('with scripts asks to open a link that somebody clicks on, and goes nowhere itself', async () => {
    await open(true);
    const frame = await show(
      `<a href="https://docs.example/page">docs</a><p style="height: 3000px"></p><a href="#end">to the end</a><i id="end">end</i><script>console.log('EXECUTED')</script>`,
    );
    await frame.getByText('docs').click();
    await eventually(
      'the link',
      () => said.at(-1),
      (last) => last?.report === 'link',
    );
    assert.deepEqual(said.at(-1), { report: 'link', address: 'https://docs.example/page' });
    await frame.getByText('to the end').click();
    await frame.getByText('docs').waitFor();
    assert.ok(logged.includes('EXECUTED'));
  });

  it('says why there is no report, and offers the download', async () => {
    await open();
    await send({ report: 'failed', sentence: 'The file has 40 MB.', canDownload: true });
    await page.getByRole('alert').getByText('The file has 40 MB.').waitFor();
    await page.getByRole('button', { name: 'Download…' }).click();
    await eventually(
      'the request',
      () => said.at(-1)?.report,
      (what) => what === 'download',
    );
  });

  for (const kind of themeKinds)
    it(`has nothing that axe would change in ${kind}`, async () => {
      await open();
      await page.evaluate(wearTheme, recordedTheme(kind));
      await show(
        '<!doctype html><html lang="en"><title>x</title><main><h1>Report</h1></main></html>',
      );
      await page.screenshot({ path: path.join(root, '.demo', 'shots', `report-${kind}.png`) });
      // What is in the frame is the report's own.
      await page.evaluate(() => document.querySelector('iframe')?.remove());
      assert.deepEqual(await axeViolations(page), []);
    });
});
