import assert from 'node:assert/strict';
import { axeViolations } from './axe';
import { seriesOf } from './chartSeries';
import { eventually } from './openedPage';
import { RunPageUnderTest, wholeRun } from './runPage';
import { sharedBrowser } from './sharedBrowser';
import { themeKinds } from './theme';

describe('the page of a run in every theme', () => {
  let opened: RunPageUnderTest;

  before(async () => {
    opened = await RunPageUnderTest.open(await sharedBrowser(), {
      init: { ...wholeRun(), layout: { folded: [] } },
      height: 1600,
      answers: {
        series: () => Promise.resolve(seriesOf([0.9, 0.5, 0.3, 0.25])),
        artifacts: () =>
          Promise.resolve([
            { path: 'model', name: 'model', isDirectory: true, isModel: false, size: undefined },
          ]),
      },
    });
    await opened.page.getByRole('grid', { name: 'Artifacts' }).getByText('model').waitFor();
    await opened.page.locator('.dataset summary').click();
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
      await opened.screenshot(`run-${kind}`, true);
      assert.deepEqual(await axeViolations(opened.page), []);
    });
});
