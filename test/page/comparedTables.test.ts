import assert from 'node:assert/strict';
import { eventually } from './openedPage';
import { axeInEveryTheme } from './axeInEveryTheme';
import { sharedBrowser } from './sharedBrowser';
import { TablesPageUnderTest } from './tablesPage';

const first = ['id,score,name,same', '1,0.5,cat,x', '2,0.25,<b>dog</b>,x', '3,1,bee,x', '5,7,,x'];
const second = ['id,score,name,same', '1,0.50,cat,x', '3,1.5,bee,x', '4,2,ant,x', '5,7,fly,x'];

describe('a page that compares two tables', () => {
  let opened: TablesPageUnderTest;

  const open = async (options: Partial<Parameters<typeof TablesPageUnderTest.open>[1]> = {}) => {
    const usual = { first: first.join('\n'), second: second.join('\n') };
    opened = await TablesPageUnderTest.open(await sharedBrowser(), { ...usual, ...options });
    await opened.page.locator('header.top').waitFor();
  };
  const status = (): Promise<string | null> =>
    opened.page.locator('header [role=status]').textContent();
  const rows = (): Promise<string[]> =>
    opened.page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('.wide-row:not(.wide-header)')]
        .sort((one, other) => parseFloat(one.style.top) - parseFloat(other.style.top))
        .map((row) =>
          [...row.querySelectorAll('.wide-cell')].map((cell) => cell.textContent).join(' | '),
        ),
    );
  const untilRows = (...wanted: readonly string[]): Promise<string[]> =>
    eventually(
      wanted.join(' // '),
      rows,
      (found) => JSON.stringify(found) === JSON.stringify(wanted),
    );

  describe('as it comes', () => {
    afterEach(() => opened.close());

    it('shows the cells that differ, matched by a key or by place, and how many', async () => {
      await open();
      await eventually(
        'counts',
        status,
        (text) => text === '3 of 4 rows differ · 7 cells · 3 of 4 columns',
      );
      await opened.page.getByLabel('Match rows by').selectOption({ label: 'id' });
      await eventually(
        'counts by key',
        status,
        (text) =>
          text ===
          '2 of 5 rows differ · 2 cells · 2 of 4 columns · 1 only in the first · 1 only in the second',
      );
      await untilRows(
        '− 2 | 2 | 0.25 | <b>dog</b>',
        '≠ 3 → 2 | 3 | 1 → 1.5 | bee',
        '≠ 4 | 5 | 7 | ∅ → fly',
        '+ 3 | 4 | 2 | ant',
      );
      const differing = opened.page.locator('.wide-cell.is-different');
      assert.deepEqual(await differing.allTextContents(), ['1 → 1.5', '∅ → fly']);
    });

    it('shows the rest, too, once it is asked for', async () => {
      await open();
      const box = opened.page.getByRole('checkbox', { name: 'Only differences' });
      assert.equal(await box.isChecked(), true);
      await box.click();
      await eventually(
        'all rows and columns',
        () => opened.page.getByRole('grid').getAttribute('aria-rowcount'),
        (count) => count === '5',
      );
      assert.equal(await opened.page.getByRole('grid').getAttribute('aria-colcount'), '5');
    });

    it('says that nothing differs, and what failed', async () => {
      await open({ second: first.join('\n') });
      await opened.page.getByText('The tables do not differ.').waitFor();
      await opened.close();
      await open({ progress: { standing: 'failed', problem: 'The server is away.' } });
      await opened.page.getByText('calm-elk: The server is away.').waitFor();
      await opened.page.getByText('Retry').click();
      await opened.untilSaid('read');
    });
  });

  describe('in every theme', () => {
    before(async () => {
      await open();
      await opened.page.getByLabel('Match rows by').selectOption({ label: 'id' });
      await opened.page.locator('.wide-cell.is-different').first().waitFor();
    });

    after(() => opened.close());

    axeInEveryTheme(() => opened, 'tables');
  });
});
