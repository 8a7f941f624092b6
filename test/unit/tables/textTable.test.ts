import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { cellsOf, columnsOf, textTable } from '../../support/heldTables';

interface CsvCase {
  readonly name: string;
  readonly delimiter: string;
  readonly bytes: string;
  readonly rows: readonly (readonly string[])[];
}
interface DtypeCase {
  readonly name: string;
  readonly text: string;
  readonly kinds: readonly string[];
}
const recorded = <T>(file: string): readonly T[] =>
  JSON.parse(readFileSync(`test/fixtures/tables/${file}`, 'utf8')) as T[];
const cases = recorded<CsvCase>('csv.json');

/** Rows of the same length, as a table has them. */
function padded(rows: readonly (readonly string[])[]): string[][] {
  const width = Math.max(...rows.map(({ length }) => length));
  return rows.map((row) => Array.from({ length: width }, (_, at) => row[at] ?? ''));
}

describe('a text as a table', () => {
  it("has the cells of Python's csv, however its bytes are cut", async () => {
    for (const { name, delimiter, bytes, rows } of cases)
      for (const pieces of [1, 7, 1 << 20]) {
        const content = new Uint8Array(Buffer.from(bytes, 'base64'));
        const table = textTable(content, { delimiter, header: false, pieces });
        assert.deepEqual(await cellsOf(table), padded(rows), `${name}, ${pieces} bytes at a time`);
      }
  });

  it('finds out what stands between the cells', () => {
    for (const name of ['semicolons', 'tabs', 'bars', 'quoted', 'plain']) {
      const { bytes, delimiter } = cases.find((each) => each.name === name)!;
      const table = textTable(new Uint8Array(Buffer.from(bytes, 'base64')));
      assert.equal(table.facts(-1).reading?.delimiter, delimiter, name);
    }
    assert.equal(textTable('a\n1\n', { name: 'x.tsv' }).facts(-1).reading?.delimiter, '\t');
  });

  it('takes columns for what pandas takes them for', () => {
    for (const { name, text, kinds } of recorded<DtypeCase>('dtypes.json')) {
      const { columns } = textTable(text, { delimiter: ',' });
      assert.deepEqual(
        columns.map(({ kind }) => kind),
        kinds,
        name,
      );
    }
  });

  it('tells dates, and keeps integers beyond 2^53 exact', async () => {
    const table = textTable('day,at,n\n2026-01-31,2026-01-31T10:00:00Z,9007199254740993\n');
    assert.deepEqual(columnsOf(table), ['day:date', 'at:date', 'n:number']);
    assert.equal((await cellsOf(table))[0]?.[2], '9007199254740993');
    assert.ok(table.hasLarge(2) && !table.hasLarge(1));
    assert.deepEqual(columnsOf(textTable('d\n2026-02-30\n')), ['d:text']);
  });

  it('tells whether the first row names the columns', () => {
    const header = (text: string): boolean | undefined => textTable(text).facts(-1).reading?.header;
    assert.equal(header('a,b\n1,2\n'), true);
    assert.equal(header('x,1\ny,2\n'), false);
    assert.equal(header(',0,1\n0,1.5,2\n'), true);
    assert.equal(header('0,1\n1.5,2\n'), true);
    assert.equal(header('a,a\n1,2\n'), false);
    assert.equal(header(',name\n0,x\n'), true);
  });

  it('reads UTF-8 with a mark, UTF-16 of both orders and what somebody says it is', async () => {
    const text = '이름,값\n서울,1\n';
    const little = Buffer.from(`\ufeff${text}`, 'utf16le');
    for (const [what, bytes] of [
      ['UTF-8', Buffer.from(`\ufeff${text}`)],
      ['UTF-16LE', little],
      ['UTF-16BE', Buffer.from(little).swap16()],
    ] as const) {
      const table = textTable(new Uint8Array(bytes), { pieces: 3 });
      assert.deepEqual(await cellsOf(table), [['서울', '1']], what);
      assert.deepEqual(columnsOf(table), ['이름:text', '값:number'], what);
    }
    const korean = new Uint8Array([0xb0, 0xa1, 0x2c, 0x62, 0x0a, 0xb3, 0xaa, 0x2c, 0x31, 0x0a]);
    const table = textTable(korean, { encoding: 'euc-kr' });
    assert.deepEqual(
      [columnsOf(table), await cellsOf(table)],
      [['가:text', 'b:number'], [['나', '1']]],
    );
  });

  it('shows bytes that are no text', async () => {
    const table = textTable(new Uint8Array([0x61, 0x2c, 0x62, 0x0a, 0xff, 0x2c, 0x00, 0x0a]));
    assert.deepEqual(await cellsOf(table), [['\ufffd', '\0']]);
  });

  it('has rows while others are on their way', () => {
    const table = textTable('');
    assert.equal(table.rows, 0);
    const growing = textTable('a,b\n'.padEnd(5000, '1,2\n'), { pieces: 1000 });
    assert.equal(growing.rows, 1249);
  });

  it('stops at what can be held, and says so', () => {
    const limits = { bytes: 10_000, cells: 100, columns: 3 };
    const many = '1,2\n'.repeat(2000);
    assert.deepEqual(
      [textTable(many, { limits }).facts(-1).limit, textTable(many, { limits }).rows],
      ['cells', 34],
    );
    const long = `"${'x'.repeat(20_000)}"\n`;
    assert.equal(textTable(`a\nb\n${long}`, { limits, pieces: 500 }).facts(-1).limit, 'bytes');
    const wide = textTable('1,2,3,4,5\n6,7\n', { limits });
    assert.deepEqual([wide.facts(-1).limit, wide.columns.length], ['columns', 3]);
  });

  it('takes one line of 100 MB', () => {
    const huge = new Uint8Array(100 * 2 ** 20).fill(0x2c);
    const began = performance.now();
    const commas = textTable(huge, { pieces: 2 ** 20 });
    assert.deepEqual([commas.facts(-1).limit, commas.columns.length], ['columns', 16_384]);
    assert.ok(performance.now() - began < 10_000);
  });
});
