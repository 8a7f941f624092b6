import { seriesOf } from './chartSeries';
import { RunPageUnderTest, wholeRun } from './runPage';
import { axeInEveryTheme } from './axeInEveryTheme';
import { sharedBrowser } from './sharedBrowser';

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

  axeInEveryTheme(() => opened, 'run', true);
});
