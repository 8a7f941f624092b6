import assert from 'node:assert/strict';
import { axeViolations } from './axe';
import { threeRuns } from './fixtures';
import type { RunsFixture } from './fixtures';
import { eventually, PageUnderTest } from './harness';
import { sharedBrowser } from './sharedBrowser';
import { themeKinds } from './theme';

function manyKinds(): RunsFixture {
  const fixture = threeRuns();
  fixture.add({ name: 'failed-ant', standing: 'failed', problem: 'The server is gone.' });
  fixture.add({ name: 'gone-bee', standing: 'gone', status: 'KILLED' });
  fixture.add({ name: 'new-cow', standing: 'loading', status: 'SCHEDULED' });
  return fixture;
}

describe('the compare page in every theme', () => {
  let opened: PageUnderTest;

  before(async () => {
    opened = await PageUnderTest.open(await sharedBrowser(), {
      init: manyKinds().init({
        layout: { folded: [], onlyDifferences: { parameters: false } },
      }),
      height: 1400,
    });
    await opened.page.getByRole('grid', { name: 'Metrics' }).getByRole('row').first().waitFor();
  });

  after(() => opened.close());

  for (const kind of themeKinds)
    it(`has nothing that axe would change in ${kind}`, async () => {
      await opened.setTheme(kind);
      await eventually(
        'colors of the theme',
        () => opened.page.evaluate(() => document.body.className),
        (className) => className.includes('vscode-'),
      );
      await opened.screenshot(`compare-${kind}`, true);
      assert.deepEqual(await axeViolations(opened.page), []);
    });
});
