import { RunsPageUnderTest } from './runsPage';
import { sharedBrowser } from './sharedBrowser';
import { tableRuns } from './tableFixture';

describe('the runs page, look', () => {
  it('shot', async () => {
    const opened = await RunsPageUnderTest.open(await sharedBrowser(), { runs: tableRuns() });
    await opened.page.getByRole('rowheader', { name: 'bold-cat' }).waitFor();
    await opened.screenshot('runs-1');
    await opened.page.getByRole('rowheader', { name: 'bold-cat' }).click();
    await opened.page.getByRole('rowheader', { name: 'odd-yak' }).click({ modifiers: ['Control'] });
    await opened.page.getByRole('button', { name: 'Columns…' }).click();
    await opened.screenshot('runs-2');
    await opened.close();
  });
});
