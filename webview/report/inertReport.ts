/** A link that a report holds. */
export interface ReportLink {
  readonly text: string;
  readonly address: string;
}

/** A report as it is put into a frame. */
export interface FramedReport {
  readonly html: string;
  /** Those that lead out of it. */
  readonly links: readonly ReportLink[];
}

const mostLinks = 1000;
const longestText = 200;
/** What would move the frame elsewhere, or look up names before anything is asked. */
const moving =
  'base, link, meta[http-equiv="refresh" i], meta[http-equiv="x-dns-prefetch-control" i]';

/**
 * A report that leads nowhere: its links are taken out, and said, except those to places of its own; and so is what asks
 * for other addresses by itself. The page's policy and the frame's sandbox forbid all that, too.
 */
export function inertReport(html: string): FramedReport {
  const parsed = new DOMParser().parseFromString(html, 'text/html');
  removeAll(parsed, `${moving}, script`);
  const links = takeLinks(parsed);
  return { html: serialized(parsed), links };
}

/**
 * A report whose scripts run. A script of ours stands before all of them: it takes away what no policy forbids, and asks the page to open
 * the links that somebody clicks on, since the frame may not go anywhere.
 */
export function scriptedReport(html: string): FramedReport {
  const parsed = new DOMParser().parseFromString(html, 'text/html');
  removeAll(parsed, `${moving}, iframe`);
  const script = parsed.createElement('script');
  script.textContent = `(${takeAway.toString()})();(${catchClicks.toString()})()`;
  parsed.head.prepend(script);
  return { html: serialized(parsed), links: [] };
}

/** Also what stands in templates, which may become shadow trees. */
function removeAll(root: ParentNode, selector: string): void {
  root.querySelectorAll(selector).forEach((each) => each.remove());
  root.querySelectorAll('template').forEach(({ content }) => removeAll(content, selector));
}

function takeLinks(parsed: Document): readonly ReportLink[] {
  const links = new Map<string, ReportLink>();
  parsed.querySelectorAll('a, area').forEach((link) => {
    const address = (link.getAttribute('href') ?? link.getAttribute('xlink:href') ?? '').trim();
    if (address.startsWith('#')) return;
    for (const name of ['href', 'xlink:href', 'ping', 'target']) link.removeAttribute(name);
    if (address === '') return;
    link.setAttribute('title', address);
    if (!/^(?:https?:\/\/|mailto:)/i.test(address) || links.size >= mostLinks) return;
    const text = (link.textContent.trim() || address).slice(0, longestText);
    links.set(`${address} ${text}`, { text, address });
  });
  return [...links.values()];
}

function serialized(parsed: Document): string {
  const type = parsed.doctype === null ? '' : '<!doctype html>';
  return `${type}${parsed.documentElement.outerHTML}`;
}

/**
 * Browsers know no policy against WebRTC, which reaches any host. Frames made of text would have it again: they go as soon as they come,
 * before what is in them runs. It runs in the frame, and must not use anything outside itself.
 */
function takeAway(): void {
  for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection'])
    Object.defineProperty(window, name, { value: undefined });
  const removeFrames = (node: Node): void => {
    if (!(node instanceof Element)) return;
    if (node.tagName === 'IFRAME') node.remove();
    node.querySelectorAll('iframe').forEach((each) => each.remove());
    if (node.shadowRoot !== null) watch(node.shadowRoot);
  };
  const seen = new MutationObserver((records) =>
    records.forEach(({ addedNodes }) => addedNodes.forEach(removeFrames)),
  );
  const watch = (root: Node): void => seen.observe(root, { childList: true, subtree: true });
  watch(document);
  const attach = Object.getOwnPropertyDescriptor(Element.prototype, 'attachShadow')
    ?.value as Element['attachShadow'];
  Element.prototype.attachShadow = function (init) {
    const root = attach.call(this, init);
    watch(root);
    return root;
  };
}

/** It runs in the frame, and must not use anything outside itself. */
function catchClicks(): void {
  const { parent, document } = window;
  const say = (address: string): void => parent.postMessage({ reportLink: address }, '*');
  window.addEventListener(
    'click',
    (event) => {
      const link = event
        .composedPath()
        .find((each) => each instanceof Element && /^(?:a|area)$/i.test(each.tagName));
      const given =
        link instanceof Element
          ? (link.getAttribute('href') ?? link.getAttribute('xlink:href'))
          : null;
      if (given === null) return;
      if (given.startsWith('#')) {
        // The address of a frame that is made of text is its page's, so the browser would leave it.
        event.preventDefault();
        const name = decodeURIComponent(given.slice(1));
        const found = document.getElementById(name) ?? document.getElementsByName(name)[0];
        if (found) found.scrollIntoView();
        return;
      }
      if (/^javascript:/i.test(given.trim())) return;
      event.preventDefault();
      say(given);
    },
    true,
  );
}
