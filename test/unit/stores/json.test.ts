import assert from 'node:assert/strict';
import { parseJson } from '../../../src/stores/rest/json';

describe('parseJson', () => {
  it('reads ordinary JSON as JSON.parse does', () => {
    const text = '{"a": [1, -2.5e-3, 0.30000000000000004, true, null, "\\u2028\\"x"], "b": {}}';
    assert.deepEqual(parseJson(text), JSON.parse(text));
  });

  it('keeps integers beyond 2^53 exact and leaves all other numbers alone', () => {
    assert.deepEqual(
      parseJson('{"step": 9007199254740993, "low":-9223372036854775808, "at": 9007199254740991}'),
      { step: 9007199254740993n, low: -9223372036854775808n, at: 9007199254740991 },
    );
    assert.deepEqual(
      parseJson('[9007199254740993,1e20,12345678901234567.5,1.7976931348623157e+308]'),
      [9007199254740993n, 1e20, 12345678901234567.5, Number.MAX_VALUE],
    );
  });

  it('reads bare NaN and infinities as their names', () => {
    assert.deepEqual(parseJson('{"a": NaN, "b": [Infinity,-Infinity], "big": 9007199254740993}'), {
      a: 'NaN',
      b: ['Infinity', '-Infinity'],
      big: 9007199254740993n,
    });
  });

  it('leaves NaN inside of texts alone', () => {
    const text = String.raw`{"a NaN": "x \" NaN, -Infinity \\", "b": NaN, "c": "\\\" NaN"}`;
    assert.deepEqual(parseJson(text), {
      'a NaN': 'x " NaN, -Infinity \\',
      b: 'NaN',
      c: '\\" NaN',
    });
  });

  it('keeps digits inside of texts as they are', () => {
    assert.deepEqual(
      parseJson('{"id": "123456789012345678", "uri": "s3://a/123456789012345678 "}'),
      {
        id: '123456789012345678',
        uri: 's3://a/123456789012345678 ',
      },
    );
  });

  it('reads a key called __proto__ without touching any prototype', () => {
    for (const text of ['{"__proto__": {"a": 1}}', '{"__proto__": {"a": 9007199254740993}}']) {
      const value = parseJson(text) as Record<string, unknown>;
      assert.deepEqual(Object.keys(value), ['__proto__']);
      assert.equal(Object.getPrototypeOf(value), Object.prototype);
      assert.equal(({} as Record<string, unknown>)['a'], undefined);
    }
  });

  it('throws a SyntaxError for everything that is not JSON', () => {
    for (const text of [
      '',
      '{"a": ',
      '{"a": nan}',
      '{"a": NaN',
      '<html>',
      '"NaN" x',
      '{"a": NaNa}',
    ]) {
      assert.throws(() => parseJson(text), SyntaxError, text);
    }
  });

  it('finds a bare word behind a text of twenty million characters', () => {
    const long = 'x'.repeat(20_000_000);
    assert.deepEqual(parseJson(`["${long}", "\\n${long}", NaN]`), [long, `\n${long}`, 'NaN']);
  });
});
