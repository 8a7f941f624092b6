import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';

/** A server on this machine that nobody may reach: it notes every connection, even one that asks for nothing. */
export class Canary {
  readonly reached: string[] = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<Canary> {
    const server = createServer((_, response) => response.end());
    const canary = new Canary(server);
    server.on('connection', () => canary.reached.push('connection'));
    server.on('request', ({ url = '' }) => canary.reached.push(url));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
    return canary;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }
}

/** Notices in all frames of a page whether a carrier of `scriptCarriers` runs, asks, navigates or reaches the canary. */
export class ExecutionWatch {
  private readonly seen = new Set<string>();

  constructor(
    private readonly page: Page,
    private readonly canary: Canary,
  ) {
    page.on('console', (message) => {
      if (message.text() === 'EXECUTED') this.seen.add('console');
    });
    page.on('dialog', (dialog) => {
      this.seen.add('dialog');
      void dialog.dismiss();
    });
    page.on('framenavigated', (frame) => {
      if (/^javascript:/.test(frame.url()) || frame.url().startsWith(canary.url))
        this.seen.add('navigation');
    });
    // Browsers also report requests that a policy keeps from going out: only answers count.
    page.on('response', (response) => {
      if (response.url().startsWith(canary.url)) this.seen.add('response');
    });
    page.context().on('page', () => this.seen.add('window'));
  }

  /** What was noticed so far, in alphabetical order. */
  async noticed(): Promise<readonly string[]> {
    const marks = this.page.frames().map(async (frame) => {
      const asked = frame.evaluate(() => 'wasExecuted' in globalThis).catch(() => false);
      // A frame that runs no scripts may not answer.
      return Promise.race([asked, delay(2000, false, { ref: false })]);
    });
    if ((await Promise.all(marks)).includes(true)) this.seen.add('mark');
    if (this.canary.reached.length > 0) this.seen.add('canary');
    return [...this.seen].sort();
  }
}
