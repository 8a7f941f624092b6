import assert from 'node:assert/strict';
import { TableError } from '../../../src/tables/tableError';
import { Arrangements } from '../../../src/tables/view/arrangements';
import { radixOrder } from '../../../src/tables/view/radixOrder';
import { noSignal, textTable } from '../../support/heldTables';

const people = [
  'name,score,note,born',
  'cat,3,a,2026-01-02',
  'Dog,,b,2024-05-06',
  'ant,-1.5,"x, ""y""",2025-01-01',
  '서울,nan,,2026-01-01',
  'bee,3,a,',
  'item 10,10,<script>alert(1)</script>,2020-02-02',
  'item 9,9,__proto__,2020-02-03',
].join('\n');

const table = textTable(people);
const arrangements = new Arrangements(table);
const everything = { fromRow: 0, toRow: 99, fromColumn: 0, toColumn: 4 };

async function names(
  filter: string,
  ...sort: readonly (readonly [number, boolean])[]
): Promise<readonly string[]> {
  const keys = sort.map(([column, descending]) => ({ column, descending }));
  const { arrangement } = await arrangements.arrange(keys, filter, 'en', noSignal);
  return (await arrangements.window({ ...everything, arrangement }, noSignal))?.cells[0] ?? [];
}

describe('the order of a table', () => {
  it('goes by numbers, with what is nothing last both ways, and equal ones as they were', async () => {
    assert.deepEqual(await names('', [1, false]), [
      ...['ant', 'cat', 'bee', 'item 9', 'item 10', 'Dog', '서울'],
    ]);
    assert.deepEqual(await names('', [1, true]), [
      ...['item 10', 'item 9', 'cat', 'bee', 'ant', 'Dog', '서울'],
    ]);
  });

  it('goes by texts as people read them, by dates and by several columns', async () => {
    assert.deepEqual(await names('', [0, false]), [
      ...['ant', 'bee', 'cat', 'Dog', 'item 9', 'item 10', '서울'],
    ]);
    assert.deepEqual((await names('', [3, true]))[0], 'cat');
    assert.equal((await names('', [3, true])).at(-1), 'bee');
    assert.deepEqual((await names('', [2, false], [0, true])).slice(2, 4), ['cat', 'bee']);
  });

  it('is that of a sort that is known to be right, for random numbers', () => {
    let seed = 7;
    const next = (): number => (seed = (seed * 16807) % 2147483647) / 2147483647;
    const odd = [0, -0, 1, -1, Infinity, -Infinity, NaN, 5e-324, 1e300, -1e300];
    const keys = Float64Array.from({ length: 5000 }, () =>
      next() < 0.3 ? odd[Math.floor(next() * odd.length)]! : (next() - 0.5) * 1e6,
    );
    const rows = Uint32Array.from(keys.keys());
    for (const descending of [false, true]) {
      const sign = descending ? -1 : 1;
      const wanted = [...rows].sort((one, other) => {
        const [first, second] = [keys[one]!, keys[other]!];
        if (Number.isNaN(first) || Number.isNaN(second))
          return Number(Number.isNaN(first)) - Number(Number.isNaN(second));
        return first === second ? 0 : sign * (first < second ? -1 : 1);
      });
      assert.deepEqual([...radixOrder(keys, rows, descending)], wanted);
    }
  });

  it('tells integers apart that are the same double', async () => {
    const large = new Arrangements(textTable('n\n9007199254740993\n9007199254740992\n1\n'));
    const sort = [{ column: 0, descending: false }];
    const { arrangement } = await large.arrange(sort, '', 'en', noSignal);
    const area = { arrangement, fromRow: 0, toRow: 3, fromColumn: 0, toColumn: 1 };
    assert.deepEqual((await large.window(area, noSignal))?.cells[0], [
      ...['1', '9007199254740992', '9007199254740993'],
    ]);
    const found = await large.arrange([], 'n > 9007199254740992', 'en', noSignal);
    assert.equal(found.rows, 1);
  });
});

describe('the filter of a table', () => {
  const finds = async (filter: string, ...wanted: readonly string[]): Promise<void> =>
    assert.deepEqual(await names(filter), wanted, filter);

  it('finds a text in any cell, whatever its case', async () => {
    await finds('DOG', 'Dog');
    await finds('서', '서울');
    await finds('"y"', 'ant');
    await finds('<script', 'item 10');
    await finds('"a" and bee', 'bee');
    await finds('nothing has this');
  });

  it('compares columns', async () => {
    await finds('score > 3', 'item 10', 'item 9');
    await finds('score >= 3 and note = a', 'cat', 'bee');
    await finds('score = 3.0', 'cat', 'bee');
    await finds('SCORE < 0 or name starts with item', 'ant', 'item 10', 'item 9');
    await finds('born < 2021-01-01', 'item 10', 'item 9');
    await finds('name contains T and note not contains "x,"', 'cat', 'item 10', 'item 9');
    await finds('`name` ends with og', 'Dog');
    await finds('note is empty', '서울');
    await finds('score is empty', 'Dog', '서울');
    await finds('score is not empty and note = "<script>alert(1)</script>"', 'item 10');
    await finds('note = __proto__', 'item 9');
    await finds('score = nan', '서울');
  });

  it('says what is wrong, and where', async () => {
    for (const [filter, reason, wrong] of [
      ['height > 3', 'column', 'height'],
      ['name = cat and score > tall', 'number', 'tall'],
      ['born > yesterday', 'date', 'yesterday'],
      ['score >', 'value', ''],
      ['name = "cat', 'quote', '"cat'],
    ] as const)
      await assert.rejects(arrangements.arrange([], filter, 'en', noSignal), (error) => {
        assert.ok(error instanceof TableError);
        const { start = 0, end = 0 } = error.mistake ?? {};
        assert.deepEqual([error.mistake?.reason, filter.slice(start, end)], [reason, wrong]);
        return true;
      });
  });

  it('copies with tabs, and quotes where a cell has one', async () => {
    const area = { arrangement: 0, fromRow: 2, toRow: 4, fromColumn: 0, toColumn: 3 };
    assert.deepEqual(await arrangements.copy(area, true, noSignal), {
      text: 'name\tscore\tnote\nant\t-1.5\t"x, ""y"""\n서울\tnan\t',
      rows: 2,
    });
  });

  it('sums up columns', async () => {
    assert.deepEqual(await arrangements.summary(1, noSignal), {
      ...{ rows: 7, missing: 2, least: '-1.5', greatest: '10', mean: '4.7' },
    });
    assert.deepEqual(await arrangements.summary(2, noSignal), { rows: 7, missing: 1, distinct: 5 });
  });
});
