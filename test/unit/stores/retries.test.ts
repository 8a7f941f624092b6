import assert from 'node:assert/strict';
import {
  type Setback,
  Retries,
  isPassing,
  parseRetryAfter,
} from '../../../src/stores/rest/retries';

const limits = { tries: 3, window: 10_000, pause: 200, busyPause: 1_000 };
const status = (code: number, retryAfter?: number): Setback => ({
  kind: 'status',
  status: code,
  retryAfter,
});
const reset: Setback = { kind: 'reset' };

function within(value: number | undefined, low: number, high: number): void {
  assert.ok(value !== undefined && value >= low && value <= high, String(value));
}

describe('the retries of a read', () => {
  it('are three tries in all, each pause about twice the last', () => {
    const retries = new Retries(limits);
    within(retries.after(status(502)), 100, 200);
    within(retries.after(status(502)), 200, 400);
    assert.equal(retries.after(status(502)), undefined);
  });

  it('leave a busy server alone for longer', () => {
    for (const code of [408, 429, 503]) {
      within(new Retries(limits).after(status(code)), 500, 1_000);
    }
  });

  it('come at once after a first reset, which may be a kept connection, and then with pauses', () => {
    const retries = new Retries(limits);
    assert.equal(retries.after(reset), 0);
    assert.equal(retries.isOpen, false);
    within(retries.after(reset), 200, 400);
    assert.equal(retries.isOpen, true);
    assert.equal(retries.after(reset), undefined);
  });

  it('wait as long as the server asks', () => {
    assert.equal(new Retries(limits).after(status(429, 7)), 7_000);
    assert.equal(new Retries(limits).after(status(503, 0)), 0);
  });

  it('end when the server asks for longer than the failure may be kept back', () => {
    assert.equal(new Retries(limits).after(status(429, 10)), undefined);
    assert.equal(new Retries(limits).after(status(503, 3_600)), undefined);
  });

  it('open the window with the first failure', () => {
    const retries = new Retries(limits);
    assert.equal(retries.left, Infinity);
    retries.after(status(500));
    within(retries.left, 9_000, 10_000);
  });

  it('come for passing answers only', () => {
    const passing = [200, 301, 400, 401, 403, 404, 407, 408, 429, 500, 501, 502, 503, 504].filter(
      isPassing,
    );
    assert.deepEqual(passing, [408, 429, 500, 502, 503, 504]);
  });
});

describe('parseRetryAfter', () => {
  const now = Date.parse('Wed, 21 Oct 2026 07:28:00 GMT');
  for (const [header, seconds] of [
    ['120', 120],
    [' 0 ', 0],
    ['Wed, 21 Oct 2026 07:28:30 GMT', 30],
    ['Wednesday, 21-Oct-26 07:29:00 GMT', 60],
    ['Wed Oct 21 07:28:05 2026 GMT', 5],
    ['Wed, 21 Oct 2026 07:00:00 GMT', 0],
    ['', undefined],
    ['soon', undefined],
    ['-5', undefined],
    ['1e9', undefined],
    ['2026-10-21', undefined],
  ] as const) {
    it(`reads "${header}" as ${seconds ?? 'nothing'}`, () => {
      assert.equal(parseRetryAfter(header, now), seconds);
    });
  }
});
