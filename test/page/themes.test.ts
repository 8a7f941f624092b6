import { threeRuns } from './fixtures';
import type { RunsFixture } from './fixtures';
import { PageUnderTest } from './harness';
import { axeInEveryTheme } from './axeInEveryTheme';
import { sharedBrowser } from './sharedBrowser';

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

  axeInEveryTheme(() => opened, 'compare', true);
});
