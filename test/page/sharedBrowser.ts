import type { Browser } from 'playwright-core';
import { openBrowser } from '../support/browser.mts';

let opened: Promise<Browser> | undefined;

/** The one browser of this stage, opened when it is first needed. */
export function sharedBrowser(): Promise<Browser> {
  opened ??= openBrowser();
  return opened;
}

after(async () => {
  await (await opened)?.close();
});
