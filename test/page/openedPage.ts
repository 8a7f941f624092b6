import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { demoFolder } from '../../scripts/paths.mts';
import { serve } from '../../src/protocol/rpc';
import type { Handlers, Protocol, RpcServer } from '../../src/protocol/rpc';
import { startPageServer, wearTheme } from './pageServer';
import type { PageServer } from './pageServer';
import { recordedTheme } from './theme';
import type { ThemeKind } from './theme';
import { decodeMessage, encodeMessage, installEditor } from './wire';
import type { PageGlobals } from './wire';

/** How a page is shown. */
export interface ShownAs {
  readonly theme?: ThemeKind | undefined;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly reducedMotion?: boolean | undefined;
}

/** A built page, and the extension's side of it in the test's own process. */
export interface Served<P extends Protocol> {
  /** As in `dist/webview/<page>.js`. */
  readonly page: string;
  /** A BCP 47 tag. */
  readonly language: string;
  readonly requests: Handlers<P>['requests'];
  /** Notices that the page may give; they are noted. */
  readonly notices: readonly (keyof P['notices'] & string)[];
}

/** Thrown by an answer: the page is told all of it, beside the sentence. */
export class Refused extends Error {
  constructor(readonly refusal: { readonly sentence: string }) {
    super(refusal.sentence);
  }
}

/** Something that the page said: a request or a notice. */
export interface Said {
  readonly name: string;
  readonly value: unknown;
}

/** A built page in a browser, with the extension's side in this process. */
export class OpenedPage<P extends Protocol> {
  /** Everything that the page asked and told, oldest first. */
  readonly said: Said[] = [];
  private readonly problems: string[] = [];
  private readonly listeners = new Set<(message: unknown) => void>();
  private sending = Promise.resolve();
  private rpc: RpcServer<P> | undefined;

  protected constructor(
    readonly page: Page,
    private readonly server: PageServer,
    private readonly shown: ShownAs,
  ) {}

  /** What {@link OpenedPage} is made with. */
  protected static async prepare(
    browser: Browser,
    shown: ShownAs,
  ): Promise<readonly [Page, PageServer, ShownAs]> {
    const server = await startPageServer((name) => recordedTheme(name as ThemeKind));
    const context = await browser.newContext({
      viewport: { width: shown.width ?? 1280, height: shown.height ?? 800 },
      reducedMotion: shown.reducedMotion === true ? 'reduce' : 'no-preference',
    });
    return [await context.newPage(), server, shown];
  }

  protected async load(served: Served<P>): Promise<void> {
    const { page, listeners } = this;
    page.on('pageerror', (error) => this.problems.push(`thrown: ${error.message}`));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type()))
        this.problems.push(`${message.type()}: ${message.text()}`);
    });
    await page.exposeFunction('toExtension', (text: string) => {
      const message = decodeMessage(text);
      listeners.forEach((listener) => listener(message));
    });
    await page.addInitScript(installEditor);
    this.answer(served);
    const query = new URLSearchParams({
      page: served.page,
      theme: this.shown.theme ?? 'dark',
      language: served.language,
    });
    await page.goto(`${this.server.url}/?${query.toString()}`);
  }

  /** Loads the page anew, as VS Code does when a tab is shown again: what it kept with `setState` stays. */
  protected async loadAgain(served: Served<P>): Promise<void> {
    this.rpc?.dispose();
    this.answer(served);
    await this.page.reload();
  }

  private answer({ requests, notices }: Served<P>): void {
    const note = (name: string) => (value: unknown) => {
      if (name === 'failure') this.problems.push(`failure: ${String(value)}`);
      this.said.push({ name, value });
    };
    const handlers = {
      requests: recorded<P>(requests, note),
      notices: Object.fromEntries(notices.map((name) => [name, note(name)])),
    } as unknown as Handlers<P>;
    const channel = {
      post: (message: unknown) => this.send(encodeMessage(message)),
      onMessage: (listener: (message: unknown) => void) => {
        this.listeners.add(listener);
        return () => this.listeners.delete(listener);
      },
    };
    this.rpc = serve(channel, handlers, (error) =>
      error instanceof Refused
        ? error.refusal
        : { sentence: error instanceof Error ? error.message : String(error) },
    );
  }

  private send(text: string): void {
    this.sending = this.sending
      .then(() =>
        this.page.evaluate((sent) => {
          (globalThis as unknown as PageGlobals).fromExtension(sent);
        }, text),
      )
      // The page may be closed while something is on its way.
      .catch(() => undefined);
  }

  emit<E extends keyof P['events'] & string>(event: E, value: P['events'][E]): void {
    this.rpc?.emit(event, value);
  }

  /** Values of one kind of request or notice, oldest first. */
  saidOf(name: string): unknown[] {
    return this.said.filter((one) => one.name === name).map(({ value }) => value);
  }

  /** Waits until the page has asked or told something that `wanted` takes, and gives its value. */
  async untilSaid(
    name: string,
    wanted: (value: unknown) => boolean = () => true,
  ): Promise<unknown> {
    const found = await eventually(
      `the page to say ${name}`,
      () => this.saidOf(name).filter(wanted),
      (values) => values.length > 0,
    );
    return found[0];
  }

  /** What the page kept with `setState`. */
  kept(): Promise<unknown> {
    return this.page.evaluate(() =>
      (globalThis as unknown as { acquireVsCodeApi(): { getState(): unknown } })
        .acquireVsCodeApi()
        .getState(),
    );
  }

  async setTheme(kind: ThemeKind): Promise<void> {
    await this.page.evaluate(wearTheme, recordedTheme(kind));
  }

  /** Saves a picture of the page below `.demo/shots`. */
  async screenshot(name: string, fullPage = false): Promise<void> {
    await this.page.screenshot({ path: path.join(demoFolder, 'shots', `${name}.png`), fullPage });
  }

  /** What went wrong in the page so far: thrown errors, warnings, refusals of its CSP. */
  async troubles(): Promise<readonly string[]> {
    const { violations } = await this.page.evaluate(
      () => (globalThis as unknown as PageGlobals).shows,
    );
    return [...this.problems, ...violations];
  }

  /** Closes the page; fails when something went wrong in it, unless that was `expected`. */
  async close(expected: RegExp = /(?!)/): Promise<void> {
    const troubles = (await this.troubles()).filter((trouble) => !expected.test(trouble));
    this.rpc?.dispose();
    await this.page.context().close();
    await this.server.close();
    if (troubles.length > 0) throw new Error(`In the page:\n${troubles.join('\n')}`);
  }
}

/** The same handlers, which note what they are asked. */
function recorded<P extends Protocol>(
  handlers: Handlers<P>['requests'],
  note: (name: string) => (value: unknown) => void,
): Handlers<P>['requests'] {
  const entries = Object.entries(handlers).map(([name, handler]) => [
    name,
    (params: never, signal: AbortSignal) => {
      note(name)(params);
      return (handler as (params: never, signal: AbortSignal) => unknown)(params, signal);
    },
  ]);
  return Object.fromEntries(entries) as Handlers<P>['requests'];
}

/** Looks again and again until `read` gives what `wanted` takes; tells what it gave last if not. */
export async function eventually<T>(
  what: string,
  read: () => Promise<T> | T,
  wanted: (value: T) => boolean,
): Promise<T> {
  for (const deadline = Date.now() + 10_000; ; await delay(20)) {
    const value = await read();
    if (wanted(value)) return value;
    if (Date.now() > deadline)
      throw new Error(`Waited in vain for ${what}; last seen: ${JSON.stringify(value)}`);
  }
}
