import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import type { RunsQuery } from '../../src/protocol/runsPage';
import { axeViolations } from './axe';
import { eventually, Refused } from './openedPage';
import { RunsPageUnderTest } from './runsPage';
import type { RunsPageOptions } from './runsPage';
import { sharedBrowser } from './sharedBrowser';
import { tableRuns } from './tableFixture';

const mistake = {
  sentence: "Invalid entity type 'metrcs'. Valid values are ['metric', 'parameter', …]",
  start: 0,
  end: 6,
};

describe('the box that filters runs', () => {
  let opened: RunsPageUnderTest;
  let page: Page;
  let box: Locator;

  const open = async (options: RunsPageOptions = {}): Promise<void> => {
    opened = await RunsPageUnderTest.open(await sharedBrowser(), {
      runs: tableRuns(),
      ...options,
      answers: {
        checkFilter: async (filter) => (filter.startsWith('metrcs') ? mistake : undefined),
        ...options.answers,
      },
    });
    page = opened.page;
    page.setDefaultTimeout(4000);
    box = page.getByRole('combobox', { name: 'Filter runs', exact: true });
    await page.getByRole('rowheader', { name: /bold-cat/ }).waitFor();
  };
  const list = (): Locator => page.getByRole('listbox', { name: 'What can be written here' });
  const searched = (wanted: readonly string[]): Promise<unknown> =>
    opened.untilSaid(
      'read',
      (query) => JSON.stringify((query as RunsQuery).filters) === JSON.stringify(wanted),
    );

  afterEach(() => opened.close());

  it('completes keys, operators and values of the runs, and searches with Enter', async () => {
    await open();
    await box.pressSequentially('metr');
    await box.press('Tab');
    await box.pressSequentially('acc');
    assert.equal(await box.getAttribute('aria-expanded'), 'true');
    const active = await box.getAttribute('aria-activedescendant');
    assert.equal(await page.locator(`#${active}`).getAttribute('aria-selected'), 'true');
    await box.press('Enter');
    assert.equal(await box.inputValue(), 'metrics.`val/acc` ');
    await box.pressSequentially('> 0.9 and params.opt');
    await box.press('Enter');
    await box.press('ArrowDown');
    await box.press('Enter');
    await box.press('ArrowDown');
    await box.press('Enter');
    assert.equal(await box.inputValue(), "metrics.`val/acc` > 0.9 and params.optimizer = 'adam' ");
    await box.press('Enter');
    await searched(["metrics.`val/acc` > 0.9 and params.optimizer = 'adam'"]);
  });

  it('takes a part of a name for what it is, and closes its list with Escape', async () => {
    await open();
    await box.pressSequentially('p');
    await list().waitFor();
    assert.equal(await box.getAttribute('aria-activedescendant'), null);
    await box.press('Escape');
    await list().waitFor({ state: 'detached' });
    assert.equal(await box.inputValue(), 'p');
    await box.pressSequentially('a');
    await box.press('Enter');
    await searched(['pa']);
  });

  it('underlines what is wrong where it is, and says it below', async () => {
    await open();
    await box.fill('metrcs.loss < 3 AND params.a = "b"');
    const message = page.locator('.filter-message');
    await message.getByText('Invalid entity type').waitFor();
    assert.equal(await page.locator('.filter-mistake').innerText(), 'metrcs');
    assert.equal(await box.getAttribute('aria-invalid'), 'true');
    const described = await box.getAttribute('aria-describedby');
    assert.match(await page.locator(`#${described}`).innerText(), /^Invalid entity type/);
    const [under, at] = [
      await page.locator('.filter-mistake').boundingBox(),
      await box.boundingBox(),
    ];
    assert.ok(under && at && under.x - at.x < 10 && Math.abs(under.y - at.y) < 8);
    await opened.screenshot('runs-filter-mistake');
    await opened.setTheme('highContrast');
    assert.deepEqual(await axeViolations(page), []);
    await box.fill('metrics.loss < 3');
    await message.waitFor({ state: 'detached' });
  });

  it('offers to search for either where somebody writes OR, and shows whose mistake it is', async () => {
    await open();
    await box.fill('metrics.loss < 1 OR metrcs.loss > 3');
    await page.locator('.filter-mistake').getByText('metrcs').waitFor();
    await box.fill("metrics.loss < 1 OR params.optimizer = 'sgd'");
    await page.getByRole('button', { name: 'Search for either (2 queries merged)' }).click();
    await searched(['metrics.loss < 1', "params.optimizer = 'sgd'"]);
    assert.equal(await box.inputValue(), "metrics.loss < 1 OR params.optimizer = 'sgd'");
  });

  it('shows a refusal of the server at its place, and keeps the rows', async () => {
    let count = 0;
    await open({
      answers: {
        read: async () => {
          if (++count > 1) throw new Refused({ ...mistake, filter: 0, start: 8, end: 12 } as never);
          setTimeout(() => opened.tell(1, tableRuns()));
          return { reading: 1 };
        },
      },
    });
    await box.fill('metrics.loss < 1');
    await box.press('Enter');
    await eventually(
      'the mistake',
      () => page.locator('.filter-mistake').innerText(),
      (text) => text === 'loss',
    );
    await page.getByRole('rowheader', { name: /bold-cat/ }).waitFor();
  });

  it('says why a page that begins with a refused filter has no rows, and clears it', async () => {
    opened = await RunsPageUnderTest.open(await sharedBrowser(), {
      init: { layout: { filters: ['metrcs.loss < 1'] } },
      answers: {
        checkFilter: async () => undefined,
        read: async ({ filters }) => {
          if (filters.length > 0) throw new Refused({ ...mistake, filter: 0 } as never);
          setTimeout(() => opened.tell(1, tableRuns()));
          return { reading: 1 };
        },
      },
    });
    ({ page } = opened);
    await page.getByRole('alert').filter({ hasText: 'Invalid entity type' }).first().waitFor();
    assert.equal(await page.getByText('reading…').count(), 0);
    await page.getByRole('button', { name: 'Clear Filter' }).click();
    await page.getByRole('rowheader', { name: /bold-cat/ }).waitFor();
  });

  it('remembers the last filters, and is cleared by a button', async () => {
    await open();
    for (const text of ['metrics.loss < 1', 'bold']) {
      await box.fill(text);
      await box.press('Escape');
      await box.press('Enter');
      await searched([text]);
    }
    await page.getByRole('button', { name: 'Clear the filter' }).click();
    await searched([]);
    assert.equal(await box.inputValue(), '');
    await box.press('ArrowDown');
    const recent = page.getByRole('listbox', { name: 'Recent filters' });
    assert.deepEqual(await recent.getByRole('option').allInnerTexts(), [
      'bold',
      'metrics.loss < 1',
    ]);
    await box.press('ArrowDown');
    await box.press('Enter');
    assert.equal(await box.inputValue(), 'metrics.loss < 1');
  });

  it('has nothing that axe would change while its list is open', async () => {
    await open();
    await box.pressSequentially('params.');
    await list().waitFor();
    assert.deepEqual(await axeViolations(page), []);
    await opened.screenshot('runs-filter-list');
  });
});
