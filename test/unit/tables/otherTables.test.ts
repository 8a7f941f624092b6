import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { JsonTable } from '../../../src/tables/json/jsonTable';
import { ParquetTable } from '../../../src/tables/parquet/parquetTable';
import { WantedBytes } from '../../../src/tables/parquet/wantedBytes';
import { TableError } from '../../../src/tables/tableError';
import { cellsOf, columnsOf, noSignal } from '../../support/heldTables';

const parquet = (name: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(readFileSync(`test/fixtures/tables/${name}.parquet`));

describe('a Parquet file as a table', () => {
  it('has the columns and cells that pyarrow wrote', async () => {
    const table = await ParquetTable.ofBytes(parquet('odd-snappy'), noSignal);
    assert.deepEqual(columnsOf(table), [
      ...['id:number', 'score:number', 'single:number', 'name:text', 'flag:boolean', 'day:date'],
      ...['moment:date', 'exact:date', 'price:number', 'raw:text', 'list:text', 'nested:text'],
      'kind:text',
    ]);
    assert.deepEqual(await cellsOf(table), [
      [
        ...['1', '0.5', '0.1', '서울', 'true', '2026-01-31', '2026-01-31 12:30:15.123456'],
        ...['1970-01-01 00:00:00.000000001', '1.25', '0x00ff', '[1,2]', '{"x":1,"y":"a"}', 'a'],
      ],
      [
        ...['2', 'NaN', '10000000000', '<img src=x onerror=alert(1)>', 'false', '1969-12-31'],
        ...['1969-12-31 23:59:00', '1969-12-31 23:59:59.999999999', '-3.5', 'abc', '[]', '', 'b'],
      ],
      ['9007199254740993', 'Infinity', '-0', '', 'true', '', '', '', '', '', '', '', 'a'],
      Array.from({ length: 13 }, () => ''),
    ]);
  });

  it('is read whatever it is compressed with, or says with what', async () => {
    const plain = await cellsOf(await ParquetTable.ofBytes(parquet('odd-none'), noSignal));
    for (const codec of ['gzip', 'brotli', 'zstd']) {
      const table = await ParquetTable.ofBytes(parquet(`odd-${codec}`), noSignal);
      assert.deepEqual(await cellsOf(table), plain, codec);
    }
    await assert.rejects(ParquetTable.ofBytes(parquet('odd-lz4'), noSignal), {
      ...{ trouble: 'codec', detail: 'LZ4_RAW' },
    });
  });

  it('reads the parts that are looked at', async () => {
    const bytes = parquet('groups');
    const asked: string[] = [];
    const wanted: WantedBytes = new WantedBytes(({ ask, from, length }) => {
      asked.push(`${from}+${length}`);
      queueMicrotask(() => wanted.give(ask, bytes.slice(from, from + length)));
    });
    const table = await ParquetTable.open(wanted.file(1, bytes.length), noSignal);
    assert.equal(table.rows, 5000);
    const footer = asked.length;
    const rows = Uint32Array.of(4999, 4001, 4002);
    assert.deepEqual(await table.texts(0, rows, noSignal), ['4999', '4001', '4002']);
    assert.equal(asked.length, footer + 1);
    assert.deepEqual(await table.texts(2, Uint32Array.of(17, 1), noSignal), ['w0', 'w1']);
  });

  it('says in one sentence that a file is broken, whatever is broken in it', async () => {
    const whole = parquet('odd-gzip');
    let seed = 11;
    const next = (most: number): number => (seed = (seed * 16807) % 2147483647) % most;
    for (let round = 0; round < 200; round++) {
      const bytes = whole.slice(0, round % 4 === 0 ? next(whole.length) : whole.length);
      for (let change = 0; change < 1 + (round % 5); change++)
        bytes[Math.max(0, bytes.length - 1 - next(1500))] = next(256);
      try {
        await cellsOf(await ParquetTable.ofBytes(bytes, noSignal));
      } catch (error) {
        assert.ok(error instanceof TableError, String(error));
      }
    }
  });
});

describe('JSON as a table', () => {
  const read = (text: string): JsonTable => JsonTable.read(new TextEncoder().encode(text));

  it('is what mlflow.log_table writes', async () => {
    const table = read(
      '{"columns": ["inputs", "score", "parts"], "data": [["한", 9007199254740993, {"a": [1]}], [null, NaN, true]]}',
    );
    assert.deepEqual(columnsOf(table), ['inputs:text', 'score:number', 'parts:text']);
    assert.deepEqual(await cellsOf(table), [
      ['한', '9007199254740993', '{"a":[1]}'],
      ['', 'NaN', 'true'],
    ]);
  });

  it('is what pandas writes, of any orientation', async () => {
    const wanted = [
      ['1', 'x'],
      ['2', 'y'],
    ];
    for (const text of [
      '{"columns":["a","b"],"index":[0,1],"data":[[1,"x"],[2,"y"]]}',
      '[{"a":1,"b":"x"},{"a":2,"b":"y"}]',
      '{"a":1,"b":"x"}\n{"a":2,"b":"y"}\n',
      '{"a":{"0":1,"1":2},"b":{"0":"x","1":"y"}}',
      '{"a":[1,2],"b":["x","y"]}',
    ]) {
      const table = read(text);
      assert.deepEqual([columnsOf(table), await cellsOf(table)], [['a:number', 'b:text'], wanted]);
    }
  });

  it('is refused where it is no table, or no JSON', () => {
    for (const text of ['3', '{}', '[]', '{"a":1}', '[1,{}]', '{"columns":["a"],"data":[3]}'])
      assert.throws(() => read(text), { trouble: 'noTable' }, text);
    for (const text of ['', '{"a":', 'a,b\n1,2'])
      assert.throws(() => read(text), { trouble: 'malformed' }, text);
  });

  it('has columns of any name', async () => {
    const table = read('[{"__proto__":1,"constructor":2},{"a":3}]');
    assert.deepEqual(await cellsOf(table), [
      ['1', '2', ''],
      ['', '', '3'],
    ]);
  });
});
