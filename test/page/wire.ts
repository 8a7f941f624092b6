/** How messages cross to the page: as JSON, as VS Code passes them, with buffers and their views beside it. */

const views = {
  Float64Array,
  Float32Array,
  Uint32Array,
  Int32Array,
  Uint8Array,
  BigInt64Array,
} as const;

type ViewName = keyof typeof views;

interface WiredView {
  readonly $view: ViewName;
  readonly base64: string;
}

function isWired(value: unknown): value is WiredView {
  return typeof value === 'object' && value !== null && '$view' in value;
}

/**
 * The message as text; `undefined` members go, and NaN becomes `null`, as it does in VS Code. An array that comes
 * again is only referred to.
 */
export function encodeMessage(message: unknown): string {
  const known = new Map<unknown, number>();
  return JSON.stringify(message, (_key, value: unknown) => {
    if (!ArrayBuffer.isView(value)) return value;
    const same = known.get(value);
    if (same !== undefined) return { $same: same };
    known.set(value, known.size);
    const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    return { $view: value.constructor.name, base64: bytes.toString('base64') };
  });
}

export function decodeMessage(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown) => {
    if (!isWired(value)) return value;
    const bytes = Uint8Array.from(Buffer.from(value.base64, 'base64'));
    return new views[value.$view](bytes.buffer);
  });
}

/** The names that {@link installEditor} leaves in the page. */
export interface PageGlobals {
  /** Bound by the harness: what the page posts. */
  toExtension(text: string): void;
  /** Hands a message to the page, as VS Code does. */
  fromExtension(text: string): void;
  acquireVsCodeApi(): unknown;
  shows: { violations: string[] };
}

/**
 * Runs in the page before anything else: the editor's API, whose state lives as long as the tab, and a
 * record of what the page's CSP refused. It must not use anything outside itself.
 */
export function installEditor(): void {
  const page = globalThis as unknown as PageGlobals & Record<string, unknown>;
  const toText = (message: unknown): string =>
    JSON.stringify(message, (_key, value: unknown) => {
      if (!ArrayBuffer.isView(value)) return value;
      const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
      let binary = '';
      for (let at = 0; at < bytes.length; at += 0x8000)
        binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
      return { $view: value.constructor.name, base64: btoa(binary) };
    });
  interface Wired {
    $view?: string;
    $same?: number;
    base64?: string;
  }
  const fromText = (text: string): unknown => {
    const views: unknown[] = [];
    return JSON.parse(text, (_key, value: Wired | null) => {
      if (value === null || typeof value !== 'object') return value;
      if (value.$same !== undefined) return views[value.$same];
      if (value.$view === undefined) return value;
      const binary = atob(value.base64 ?? '');
      const bytes = new Uint8Array(binary.length);
      for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
      const View = page[value.$view] as new (buffer: ArrayBuffer) => unknown;
      views.push(new View(bytes.buffer));
      return views.at(-1);
    });
  };
  const key = 'editor state';
  page.acquireVsCodeApi = () => ({
    postMessage: (message: unknown) => page.toExtension(toText(message)),
    getState: (): unknown => JSON.parse(sessionStorage.getItem(key) ?? 'null') ?? undefined,
    setState: (state: unknown) => sessionStorage.setItem(key, toText(state)),
  });
  page.fromExtension = (text) => globalThis.postMessage(fromText(text), '*');
  page.shows = { violations: [] };
  document.addEventListener('securitypolicyviolation', (event) => {
    page.shows.violations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
  });
}
