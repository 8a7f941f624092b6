import type { Browser } from 'playwright-core';
import { openBrowser } from '../support/browser.mts';

let opened: Promise<Browser> | undefined;

/** The one browser of the files that this process runs, opened when it is first needed. */
export function sharedBrowser(): Promise<Browser> {
  opened ??= openBrowser();
  return opened;
}

// With several files in one process after each other, mocha knows this hook in the first of them alone.
after(async () => {
  const closing = opened;
  opened = undefined;
  await (await closing)?.close();
});
