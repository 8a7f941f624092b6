import './report.css';

import type { ReportGets, ReportSays } from '../../src/protocol/reportPage';
import { inertReport, scriptedReport } from './inertReport';
import type { FramedReport } from './inertReport';

declare const acquireVsCodeApi: () => { postMessage(message: ReportSays): void };

const editor = acquireVsCodeApi();
const runsScripts = document.body.dataset['runsScripts'] === 'true';
const frame = document.createElement('iframe');
const longestAddress = 4000;
/** Between links that a report asks to open, in milliseconds. */
const leastPause = 1000;
let openedAt = -Infinity;

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no ${id}.`);
  return found;
}

function say(what: 'toggle' | 'text' | 'download'): void {
  element(what).addEventListener('click', () => editor.postMessage({ report: what }));
}

function show({ html, links }: FramedReport): void {
  frame.title = document.title;
  // Never with `allow-same-origin`: what is in it must have nothing in common with the page.
  frame.setAttribute('sandbox', runsScripts ? 'allow-scripts' : '');
  frame.setAttribute('referrerpolicy', 'no-referrer');
  frame.srcdoc = html;
  document.querySelector('main')?.replaceChildren(frame);
  showLinks(links);
}

function showLinks(links: FramedReport['links']): void {
  const button = element('links');
  const list = element('link-list');
  button.hidden = links.length === 0;
  button.textContent = (document.body.dataset['links'] ?? '').replace('{0}', String(links.length));
  list.replaceChildren(
    ...links.map(({ text, address }) => {
      const item = document.createElement('li');
      const link = document.createElement('button');
      link.type = 'button';
      link.textContent = text === address ? address : `${text} — ${address}`;
      link.title = address;
      link.addEventListener('click', () => editor.postMessage({ report: 'link', address }));
      item.append(link);
      return item;
    }),
  );
  button.addEventListener('click', () => {
    list.hidden = !list.hidden;
    button.setAttribute('aria-expanded', String(!list.hidden));
  });
}

function fail(sentence: string): void {
  const said = document.createElement('p');
  said.className = 'said';
  said.setAttribute('role', 'alert');
  said.textContent = sentence;
  document.querySelector('main')?.replaceChildren(said);
  element('toggle').hidden = true;
}

function isFromExtension(data: unknown): data is ReportGets {
  return typeof data === 'object' && data !== null && 'report' in data;
}

/** A report's script can say what it likes: it counts only as a link, and only while somebody clicks. */
function linkOf(data: unknown): string | undefined {
  const now = performance.now();
  if (!navigator.userActivation.isActive || now - openedAt < leastPause) return undefined;
  const isLink = typeof data === 'object' && data !== null && 'reportLink' in data;
  const address = isLink ? data.reportLink : undefined;
  if (typeof address !== 'string') return undefined;
  openedAt = now;
  return address.slice(0, longestAddress);
}

window.addEventListener('message', ({ data, origin }: MessageEvent<unknown>) => {
  // Frames in a sandbox have an origin of their own, which is said as `null`.
  if (origin !== window.origin) {
    const address = runsScripts ? linkOf(data) : undefined;
    if (address !== undefined) editor.postMessage({ report: 'link', address });
  } else if (isFromExtension(data)) {
    if (data.report === 'failed') fail(data.sentence);
    else {
      const html = new TextDecoder().decode(data.bytes);
      show(runsScripts ? scriptedReport(html) : inertReport(html));
    }
  }
});
(['toggle', 'text', 'download'] as const).forEach(say);
editor.postMessage({ report: 'ready' });
