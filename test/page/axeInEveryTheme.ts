import assert from 'node:assert/strict';
import type { Protocol } from '../../src/protocol/rpc';
import { axeViolations } from './axe';
import { eventually, type OpenedPage } from './openedPage';
import { themeKinds } from './theme';

/**
 * Adds a test for each theme: the page wears it, a picture of it is saved, and axe finds nothing wrong.
 *
 * @param shot begins the name of the picture; the theme follows
 * @param isWhole whether the picture shows all of the page, and not only what fits into the window
 */
export function axeInEveryTheme(
  theOpened: () => Pick<OpenedPage<Protocol>, 'page' | 'setTheme' | 'screenshot'>,
  shot: string,
  isWhole = false,
): void {
  for (const kind of themeKinds)
    it(`has nothing that axe would change in ${kind}`, async () => {
      const opened = theOpened();
      await opened.setTheme(kind);
      await eventually(
        'colors of the theme',
        () => opened.page.evaluate(() => document.body.className),
        (className) => className.includes('vscode-'),
      );
      await opened.screenshot(`${shot}-${kind}`, isWhole);
      assert.deepEqual(await axeViolations(opened.page), []);
    });
}
