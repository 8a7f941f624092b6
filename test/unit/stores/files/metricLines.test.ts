import assert from 'node:assert/strict';
import type { Step } from '../../../../src/mlflow/model';
import { MetricLines } from '../../../../src/stores/files/metricLines';

type Row = readonly [step: Step, timestamp: number, value: number];

function read(text: string): { rows: Row[]; broken: number } {
  const rows: Row[] = [];
  let broken = 0;
  const bytes = Buffer.from(text);
  new MetricLines(bytes, bytes.length, {
    point: (...row) => rows.push(row) > 0,
    broken: () => void broken++,
  }).read();
  return { rows, broken };
}

/** The same numbers in every run. */
function* randomBits(count: number): Generator<bigint> {
  let state = 88172645463325252n;
  for (let index = 0; index < count; index++) {
    state = BigInt.asUintN(64, state * 6364136223846793005n + 1442695040888963407n);
    yield state;
  }
}

describe('lines of a metric file', () => {
  it('gives every double the bits that JavaScript reads from the same digits', () => {
    const double = new DataView(new ArrayBuffer(8));
    const texts = [...randomBits(40_000)].flatMap((bits) => {
      double.setBigUint64(0, bits);
      const scaled = (Number(bits) / 2 ** 64 - 0.5) * 10 ** Number(bits % 25n);
      return [double.getFloat64(0), scaled].filter(Number.isFinite).map(String);
    });
    const { rows, broken } = read(texts.map((text, index) => `7 ${text} ${index}\n`).join(''));
    assert.equal(broken, 0);
    const wrong = texts.filter((text, index) => !Object.is(rows[index]?.[2], Number(text)));
    assert.deepEqual(wrong, []);
  });

  it('reads digits at the edge of what a double holds', () => {
    const texts = [
      '0.1',
      '-0.0',
      '9007199254740993',
      '9007199254740993.0',
      '1e-05',
      '1e+22',
      '1e23',
    ];
    const more = [
      '123456789012345678',
      '1234567890123456789',
      '0.30000000000000004',
      '5e-324',
      '.5',
      '5.',
    ];
    const all = [...texts, ...more];
    const { rows } = read(all.map((text) => `1 ${text} 0\n`).join(''));
    assert.deepEqual(
      rows.map(([, , value]) => value),
      all.map(Number),
    );
  });

  it("reads NaN and infinities as Python's float writes and takes them", () => {
    const { rows } = read('1 nan 0\n1 inf 1\n1 -inf 2\n1 -Infinity 3\n1 1_0.5 4\n');
    assert.deepEqual(
      rows.map(([, , value]) => value),
      [NaN, Infinity, -Infinity, -Infinity, 10.5],
    );
  });

  it('takes two, three and five fields, and a step only from three', () => {
    const { rows, broken } = read('1 0.5\n2 0.5 7\n3 0.5 7 data digest\n');
    assert.deepEqual(rows, [
      [0, 1, 0.5],
      [7, 2, 0.5],
      [0, 3, 0.5],
    ]);
    assert.equal(broken, 0);
  });

  it('counts a broken line and reads those around it', () => {
    const wrong = [
      '1',
      '1 x 0',
      '1 2 3 4',
      '1  2',
      '1.5 2 3',
      '1 2 0x1',
      '1 - 0',
      '1 1.2.3 0',
      '\u0000',
    ];
    const { rows, broken } = read(`1 1 1\n${wrong.join('\n')}\n2 2 2\n`);
    assert.deepEqual(rows, [
      [1, 1, 1],
      [2, 2, 2],
    ]);
    assert.equal(broken, wrong.length);
  });

  it('keeps steps beyond 2^53 exact and calls those beyond 64 bits broken', () => {
    const { rows, broken } = read(
      '1 1 9007199254740993\n1 1 -9223372036854775808\n1 1 9223372036854775808\n',
    );
    assert.deepEqual(
      rows.map(([step]) => step),
      [9007199254740993n, -9223372036854775808n],
    );
    assert.equal(broken, 1);
  });

  it('passes blank lines over and takes Windows line breaks', () => {
    assert.deepEqual(read('\n1 1 1\r\n\r\n \n2 2 -2').rows, [
      [1, 1, 1],
      [-2, 2, 2],
    ]);
  });

  it('stops when no more is wanted', () => {
    const seen: number[] = [];
    const bytes = Buffer.from('1 1 1\n2 2 2\n3 3 3\n');
    const went = new MetricLines(bytes, bytes.length, {
      point: (_step, timestamp) => seen.push(timestamp) < 2,
      broken: () => assert.fail(),
    }).read();
    assert.equal(went, false);
    assert.deepEqual(seen, [1, 2]);
  });
});
