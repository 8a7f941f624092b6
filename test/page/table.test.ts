import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { eventually } from './openedPage';
import { axeInEveryTheme } from './axeInEveryTheme';
import { sharedBrowser } from './sharedBrowser';
import { TablePageUnderTest } from './tablePage';
import type { TablePageOptions } from './tablePage';

const carriers = ['<img src=x onerror=alert(1)>', '</script><script>alert(1)</script>', '=cmd()'];

/** 3,000 rows of several kinds. */
function manyRows(): string {
  const rows = Array.from({ length: 3000 }, (_, at) => {
    const score = at % 50 === 7 ? 'NaN' : (Math.sin(at) * 100).toFixed(8);
    const note = carriers[at % 7] ?? '';
    const day = new Date(Date.UTC(2026, 0, 1 + (at % 300))).toISOString().slice(0, 10);
    return `${at},이름 ${at % 97},${score},"${note}",${at % 2 === 0},${day},${9007199254740993n + BigInt(at)}`;
  });
  return ['id,name,score,note,is_ok,day,large', ...rows].join('\n');
}

describe('a page with a table', () => {
  let opened: TablePageUnderTest;

  async function open(options: Partial<TablePageOptions> = {}): Promise<void> {
    const usual = { name: 'scores.csv', content: manyRows() };
    opened = await TablePageUnderTest.open(await sharedBrowser(), { ...usual, ...options });
    await opened.page.locator('header.top').waitFor();
  }

  const grid = (): Locator => opened.page.getByRole('grid', { name: 'scores.csv' });
  const header = (name: string): Locator =>
    grid().getByRole('columnheader', { name: new RegExp(`^${name.replace(',', ' ?,')}`) });
  /** Cells of a column in sight, from top to bottom; the first is that of the row numbers. */
  const columnTexts = (column: number): Promise<string[]> =>
    opened.page.evaluate((index) => {
      const rows = [...document.querySelectorAll('.wide-row:not(.wide-header)')];
      const top = (row: Element): number => parseFloat((row as HTMLElement).style.top);
      return rows
        .sort((one, other) => top(one) - top(other))
        .map((row) => row.querySelector(`[aria-colindex="${index + 1}"]`)?.textContent ?? '');
    }, column);
  const untilFirst = (column: number, ...wanted: readonly string[]): Promise<string[]> =>
    eventually(
      `${wanted.join()} in column ${column}`,
      () => columnTexts(column),
      (texts) => wanted.every((text, row) => texts[row] === text),
    );
  const untilStatus = (wanted: string): Promise<string | null> =>
    eventually(
      `the status ${wanted}`,
      () => opened.page.locator('header [role=status]').textContent(),
      (text) => text === wanted,
    );

  describe('of 3,000 rows', () => {
    before(() => open());

    after(() => opened.close());

    it('shows rows and columns, with what columns are and how many there are', async () => {
      await untilFirst(2, '이름 0', '이름 1', '이름 2');
      await untilStatus('3,000 rows · 7 columns');
      assert.equal(await grid().getAttribute('aria-rowcount'), '3001');
      assert.equal(await grid().getAttribute('aria-colcount'), '8');
      await header('score, number').waitFor();
      await header('day, date').waitFor();
      assert.deepEqual((await columnTexts(3)).slice(0, 2), ['0', '84.15']);
      assert.deepEqual((await columnTexts(7)).slice(0, 2), [
        '9007199254740993',
        '9007199254740994',
      ]);
      const cell = grid().getByText('84.15', { exact: true });
      await cell.hover();
      assert.equal(await cell.getAttribute('title'), '84.14709848');
    });

    it('shows what looks like script as text', async () => {
      await untilFirst(4, ...carriers);
      assert.equal(await opened.page.locator('wide-grid img, wide-grid script').count(), 0);
    });

    it('copies the cells that are selected, by the keyboard and by the pointer', async () => {
      await untilFirst(1, '0');
      await grid().focus();
      for (const key of [
        'ArrowDown',
        'ArrowRight',
        'Shift+ArrowRight',
        'Shift+ArrowDown',
        'Control+c',
      ])
        await opened.page.keyboard.press(key);
      assert.equal(await opened.untilSaid('copied'), '1\t이름 1\n2\t이름 2');
      await eventually(
        'four chosen cells',
        () => grid().locator('[aria-selected=true].is-chosen').count(),
        (count) => count === 4,
      );
      await grid().getByText('이름 4', { exact: true }).first().click();
      await grid()
        .getByText('이름 5', { exact: true })
        .first()
        .click({ modifiers: ['Shift'] });
      await opened.page.keyboard.press('Control+c');
      await opened.untilSaid('copied', (text) => text === '이름 4\n이름 5');
    });

    it('sorts by a click, upwards, downwards and not at all', async () => {
      await untilFirst(1, '0', '1');
      await header('score, number').click();
      await untilFirst(3, '-100', '-100');
      assert.equal(await header('score, number').getAttribute('aria-sort'), 'ascending');
      // The pointer is still there, so the mark of the menu is seen, too.
      const mark = header('score, number').locator('.sort-mark');
      assert.equal(await mark.textContent(), '↑');
      const isSeen = (element: Element): boolean => {
        const { left, top, width, height } = element.getBoundingClientRect();
        return document.elementFromPoint(left + width / 2, top + height / 2) === element;
      };
      assert.equal(await mark.evaluate(isSeen), true);
      assert.equal(await header('score, number').locator('.wide-more').isVisible(), true);
      await header('score, number').click();
      await untilFirst(3, '100');
      await header('score, number').click();
      await untilFirst(1, '0', '1', '2');
      assert.equal(await header('score, number').getAttribute('aria-sort'), null);
    });

    it('filters by text and by conditions, and says below the box what is wrong', async () => {
      const box = opened.page.getByRole('textbox', { name: 'Filter rows' });
      await box.fill('이름 96');
      await untilStatus('30 of 3,000 rows · 7 columns');
      await box.fill('score > 99 and is_ok = true');
      await box.press('Enter');
      await eventually(
        'few rows',
        () => grid().getAttribute('aria-rowcount'),
        (count) => Number(count) > 1 && Number(count) < 200,
      );
      await box.fill('height > 3');
      await opened.page
        .getByText('There is no column “height”. To find this text in any cell, put it in quotes.')
        .first()
        .waitFor();
      assert.equal(await box.getAttribute('aria-invalid'), 'true');
      assert.equal(await opened.page.locator('.filter-mistake').textContent(), 'height');
      await opened.page.getByRole('button', { name: 'Clear the filter' }).click();
      await untilStatus('3,000 rows · 7 columns');
      await box.fill('nothing has this');
      await opened.page.getByText('No row is found by this filter.').waitFor();
      await opened.page.getByRole('button', { name: 'Clear Filter' }).click();
      await untilStatus('3,000 rows · 7 columns');
    });

    it('says what a column holds, and filters by it, from its menu', async () => {
      await untilFirst(1, '0');
      await header('score, number').hover();
      await header('score, number').locator('.wide-more').click();
      const menu = opened.page.getByRole('menu', { name: 'Actions for score' });
      const entries = await menu.getByRole('menuitem').allTextContents();
      assert.match(
        entries.map((entry) => entry.trim()).join('\n'),
        /^from -100 to 100\nmean .*\n60 of 3,000 empty/,
      );
      await menu.getByRole('menuitem', { name: 'Filter by This Column' }).click();
      const box = opened.page.getByRole('textbox', { name: 'Filter rows' });
      await eventually(
        'a begun filter',
        () => box.inputValue(),
        (text) => text === 'score ',
      );
    });
  });

  describe('as it comes and goes', () => {
    afterEach(() => opened.close());

    it('shows a cell in full', async () => {
      const long = 'x'.repeat(5000);
      await open({ content: `a,b\n"${long}",1\n` });
      await untilFirst(2, '1');
      await grid().focus();
      await opened.page.keyboard.press('ArrowRight');
      await opened.page.keyboard.press('Enter');
      const dialog = opened.page.getByRole('dialog', { name: 'a' });
      assert.equal((await dialog.locator('pre').textContent())?.length, 5000);
      await dialog.getByRole('button', { name: 'Close' }).click();
    });

    it('is as it was when it comes back', async () => {
      await open();
      await untilFirst(1, '0');
      await header('id, number').click();
      await header('id, number').click();
      await untilFirst(1, '2999');
      const box = opened.page.getByRole('textbox', { name: 'Filter rows' });
      await box.fill('is_ok = true');
      await untilFirst(1, '2998', '2996');
      await grid().evaluate((element) => element.scrollTo(0, 2200));
      await eventually(
        'a kept scroll',
        async () => JSON.stringify(await opened.kept()),
        (kept) => kept.includes('"scrollTop":2200'),
      );
      await opened.reload();
      await untilStatus('1,500 of 3,000 rows · 7 columns');
      await eventually(
        'the same place',
        () => grid().evaluate((element) => element.scrollTop),
        (top) => top === 2200,
      );
      assert.equal(await box.inputValue(), 'is_ok = true');
    });

    it('grows while the file is read', async () => {
      const rows = 'a,b\n'.padEnd(8000, '1,2\n');
      await open({ content: rows, progress: { standing: 'reading', read: 40, size: 100 } });
      await untilStatus('1,999 rows · 2 columns · still loading 40 %');
      await opened.page.getByRole('button', { name: 'Stop' }).click();
      await opened.untilSaid('stop');
      await opened.grow('3,4\n', 'complete');
      await untilStatus('2,000 rows · 2 columns');
    });

    it('says why there is nothing to see, and lets a person try again', async () => {
      for (const [progress, said] of [
        [{ standing: 'failed', problem: 'The server is away.' }, 'The server is away.'],
        [{ standing: 'gone' }, 'The file is not there any more.'],
        [{ standing: 'stopped' }, 'The reading was stopped before the first row had come.'],
      ] as const) {
        await open({ content: '', progress });
        await opened.page.getByText(said).waitFor();
        await opened.page.getByRole('button', { name: 'Retry' }).click();
        await opened.untilSaid('read');
        if (progress.standing !== 'stopped') await opened.close();
      }
    });

    it('says that a browser cannot scroll through millions of rows', async () => {
      const facts = { rows: 2_000_000, columnsRevision: 1, rowsThere: 2_000_000 };
      const columns = [{ name: 'a', kind: 'number' as const }];
      await open({
        content: 'a\n1\n2\n',
        progress: { facts: { ...facts, columns, limit: undefined, reading: undefined } },
      });
      await untilStatus(
        '2,000,000 rows · 1 columns · scrolling ends near row 1,500,000: sort or filter to see others',
      );
    });

    it('says that only the first rows are there, and offers the file', async () => {
      await open({
        content: 'a\n1\n2\n',
        progress: {
          facts: {
            ...{ rows: 2, columnsRevision: 1, columns: [{ name: 'a', kind: 'number' }] },
            ...{ rowsThere: undefined, limit: 'cells', reading: undefined },
          },
        },
      });
      await opened.page.getByText(/Only the first 2 rows are shown/).waitFor();
      await opened.page.getByRole('button', { name: 'Download…' }).click();
      await opened.untilSaid('download');
    });
  });

  describe('in every theme', () => {
    before(async () => {
      await open();
      await untilFirst(1, '0');
      await header('score, number').click();
      await untilFirst(3, '-100');
      await grid().getByText('-100', { exact: true }).first().click();
      await opened.page.keyboard.press('Shift+ArrowDown');
    });

    after(() => opened.close());

    axeInEveryTheme(() => opened, 'table');
  });
});
