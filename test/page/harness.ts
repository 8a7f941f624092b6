import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { demoFolder } from '../../scripts/paths.mts';
import type { CompareInit, ComparePage } from '../../src/protocol/comparePage';
import { serve } from '../../src/protocol/rpc';
import type { Handlers, RpcServer } from '../../src/protocol/rpc';
import { startPageServer, wearTheme } from './pageServer';
import type { PageServer } from './pageServer';
import { recordedTheme } from './theme';
import type { ThemeKind } from './theme';
import { decodeMessage, encodeMessage, installEditor } from './wire';
import type { PageGlobals } from './wire';

type RequestHandlers = Handlers<ComparePage>['requests'];

/** What a page is opened with; what is not given answers as little as it may. */
export interface PageOptions {
  readonly init: CompareInit;
  /** Answers of the extension's side, in the test's own process. */
  readonly answers?: Partial<RequestHandlers>;
  readonly theme?: ThemeKind;
  readonly width?: number;
  readonly height?: number;
  readonly reducedMotion?: boolean;
}

/** Something that the page said: a request or a notice. */
export interface Said {
  readonly name: string;
  readonly value: unknown;
}

const emptySeries = {
  steps: new Float64Array(),
  exactSteps: undefined,
  timestamps: new Float64Array(),
  values: new Float64Array(),
  complete: true,
};

/** The built compare page in a browser, with the extension's side in this process. */
export class PageUnderTest {
  /** Everything that the page asked and told, oldest first. */
  readonly said: Said[] = [];
  private readonly problems: string[] = [];
  private readonly listeners = new Set<(message: unknown) => void>();
  private sending = Promise.resolve();
  private rpc: RpcServer<ComparePage> | undefined;

  private constructor(
    readonly page: Page,
    private readonly server: PageServer,
    private readonly options: PageOptions,
  ) {}

  static async open(browser: Browser, options: PageOptions): Promise<PageUnderTest> {
    const server = await startPageServer((name) => recordedTheme(name as ThemeKind));
    const context = await browser.newContext({
      viewport: { width: options.width ?? 1280, height: options.height ?? 800 },
      reducedMotion: options.reducedMotion === true ? 'reduce' : 'no-preference',
    });
    const page = await context.newPage();
    const opened = new PageUnderTest(page, server, options);
    await opened.load();
    return opened;
  }

  private async load(): Promise<void> {
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
    this.answer();
    await page.goto(this.address());
  }

  private address(): string {
    const query = new URLSearchParams({
      page: 'compare',
      theme: this.options.theme ?? 'dark',
      language: this.options.init.locale,
    });
    return `${this.server.url}/?${query.toString()}`;
  }

  /** Loads the page anew, as VS Code does when a tab is shown again: what it kept with `setState` stays. */
  async reload(init: Partial<CompareInit> = {}): Promise<void> {
    this.rpc?.dispose();
    this.answer({ ...this.options.init, ...init });
    await this.page.reload();
  }

  private answer(init: CompareInit = this.options.init): void {
    const note = (name: string) => (value: unknown) => void this.said.push({ name, value });
    const requests: RequestHandlers = {
      init: async () => init,
      series: async () => emptySeries,
      exportHistories: async () => 'saved',
      save: async () => 'saved',
      copy: async () => undefined,
      addRuns: async () => undefined,
      retry: async () => undefined,
      ...this.options.answers,
    };
    const handlers: Handlers<ComparePage> = {
      requests: recorded(requests, note),
      notices: {
        layout: note('layout'),
        live: note('live'),
        removeRuns: note('removeRuns'),
        reveal: note('reveal'),
        failure: (value) => {
          this.problems.push(`failure: ${value}`);
          note('failure')(value);
        },
      },
    };
    const channel = {
      post: (message: unknown) => this.send(encodeMessage(message)),
      onMessage: (listener: (message: unknown) => void) => {
        this.listeners.add(listener);
        return () => this.listeners.delete(listener);
      },
    };
    this.rpc = serve(channel, handlers, (error) => ({
      sentence: error instanceof Error ? error.message : String(error),
    }));
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

  emit<E extends keyof ComparePage['events']>(event: E, value: ComparePage['events'][E]): void {
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
function recorded(
  handlers: RequestHandlers,
  note: (name: string) => (value: unknown) => void,
): RequestHandlers {
  const entries = Object.entries(handlers).map(([name, handler]) => [
    name,
    (params: never, signal: AbortSignal) => {
      note(name)(params);
      return handler(params, signal);
    },
  ]);
  return Object.fromEntries(entries) as RequestHandlers;
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
