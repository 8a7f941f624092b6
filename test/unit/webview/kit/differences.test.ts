import assert from 'node:assert/strict';
import { alignedNumber, differenceText } from '../../../../webview/kit/differences';

describe('the difference from the baseline', () => {
  const cases: readonly (readonly [number | undefined, number | undefined, string])[] = [
    [0.934, 0.912, '+0.022 (+2.4%)'],
    [0.1, 0.3, '−0.2 (−66.7%)'],
    [-3, -2, '−1 (−50.0%)'],
    [-1, -2, '+1 (+50.0%)'],
    [500, 1, '+499 (+49900%)'],
    [1.0001, 1, '+0.0001 (+0.01%)'],
    [3, 0, '+3'],
    [2, 2, ''],
    [NaN, 2, ''],
    [Infinity, 2, ''],
    [2, -Infinity, ''],
    [undefined, 2, ''],
    [2, undefined, ''],
  ];
  for (const [value, baseline, text] of cases)
    it(`of ${value} from ${baseline} is "${text}"`, () => {
      assert.equal(differenceText(value, baseline), text);
    });
});

describe('an aligned number', () => {
  it('has its decimal point as far from its end as any other', () => {
    const places = [0.5, 12.25, 412, -0.1234, 1e-7, 1.5e300].map((value) => {
      const text = alignedNumber(value);
      return text.length - text.search(/[.e\u2007]/);
    });
    assert.deepEqual(new Set(places), new Set([7]));
  });

  it('ends where whole numbers end if it is none', () => {
    assert.equal(alignedNumber(NaN).trimEnd(), 'NaN');
    assert.equal(alignedNumber(NaN).length, 'NaN'.length + 7);
  });
});
