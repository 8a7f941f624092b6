import assert from 'node:assert/strict';
import type { HistoryPart } from '../../../../src/mlflow/series/historyCsv';
import { historyCsv, textCell } from '../../../../src/mlflow/series/historyCsv';

const header = 'Run,Run ID,metric,step,timestamp,value\n';

const part = (values: readonly number[], more: Partial<HistoryPart> = {}): HistoryPart => ({
  run: 'calm-elk',
  runId: 'f00',
  metric: 'loss',
  series: {
    steps: Float64Array.from(values, (_, at) => at),
    timestamps: Float64Array.from(values, (_, at) => 1_700_000_000_000 + at),
    values: Float64Array.from(values),
  },
  ...more,
});

const whole = (...parts: readonly HistoryPart[]): string => [...historyCsv(parts)].join('');

describe('historyCsv', () => {
  it('writes a row a point, run after run', () => {
    assert.equal(
      whole(part([0.5, 1]), part([2], { run: 'b', metric: 'train/acc' })),
      `${header}calm-elk,f00,loss,0,1700000000000,0.5\ncalm-elk,f00,loss,1,1700000000001,1\nb,f00,train/acc,0,1700000000000,2\n`,
    );
    assert.equal(whole(), header);
  });

  it('spells what is not finite as Python does, and keeps every digit', () => {
    const values = [NaN, Infinity, -Infinity, -0, 0.1 + 0.2, 5e-324, 1e21];
    assert.deepEqual(
      whole(part(values))
        .split('\n')
        .slice(1, -1)
        .map((row) => row.split(',').at(-1)),
      ['nan', 'inf', '-inf', '-0.0', '0.30000000000000004', '5e-324', '1e+21'],
    );
  });

  it('writes steps of 64 bits to the last digit', () => {
    const { series } = part([1, 2]);
    const exactSteps = BigInt64Array.of(2n ** 60n + 1n, -(2n ** 63n));
    const rows = whole(part([], { series: { ...series, exactSteps } })).split('\n');
    assert.deepEqual(
      rows.slice(1, 3).map((row) => row.split(',')[3]),
      ['1152921504606846977', '-9223372036854775808'],
    );
  });

  it('quotes texts that hold separators, and takes formulas for what they are', () => {
    assert.deepEqual(['a b', 'a,b', 'say "x"', 'two\nlines', 'a;b', '', 'é'].map(textCell), [
      ...['a b', '"a,b"', '"say ""x"""', '"two\nlines"', '"a;b"', '', 'é'],
    ]);
    assert.deepEqual(['=1+1', '+1', '-x', '@sum', '\t=1', '=a,"b"', 'a=1', "'=1"].map(textCell), [
      ...["'=1+1", "'+1", "'-x", "'@sum", `"'\t=1"`, `"'=a,""b"""`, 'a=1', "'=1"],
    ]);
  });

  it('comes in pieces that hold nobody up, however long the names are', () => {
    const values = Array.from({ length: 40_000 }, (_, at) => at / 7);
    const named = part(values, { run: 'long name '.repeat(100) });
    const pieces = [...historyCsv([part(values), named])];
    assert.ok(pieces.every((piece) => piece.length < 1_100_000));
    assert.equal(pieces.join('').split('\n').length, 80_002);
    assert.ok(pieces.every((piece) => piece.endsWith('\n')));
  });
});
