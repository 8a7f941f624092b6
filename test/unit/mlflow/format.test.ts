import assert from 'node:assert/strict';
import {
  formatAge,
  formatDuration,
  formatFull,
  formatShort,
  toOneLine,
  withoutLinks,
} from '../../../src/mlflow/format';

describe('formatFull', () => {
  it('keeps every digit', () => {
    assert.equal(formatFull(0.1 + 0.2), '0.30000000000000004');
    assert.equal(formatFull(5e-324), '5e-324');
    assert.equal(formatFull(9223372036854775807n), '9223372036854775807');
  });

  it('names what is no ordinary number', () => {
    const odd = [NaN, Infinity, -Infinity, -0, 0];
    assert.deepEqual(odd.map(formatFull), ['NaN', 'Infinity', '-Infinity', '-0', '0']);
  });
});

describe('formatShort', () => {
  const cases: [number | bigint, string][] = [
    [0, '0'],
    [-0, '-0'],
    [412, '412'],
    [-1234567, '-1234567'],
    [123456789, '123456789'],
    [1234567890, '1.235e+9'],
    [1e9, '1e+9'],
    [1e21, '1e+21'],
    [0.742123, '0.7421'],
    [0.5, '0.5'],
    [0.1 + 0.2, '0.3'],
    [99.995, '100'],
    [999.96, '1000'],
    [1234.5, '1235'],
    [123456.7, '123457'],
    [-65432.4, '-65432'],
    [9999999.9, '10000000'],
    [12345678.9, '1.235e+7'],
    [10000000.5, '1e+7'],
    [0.0001234, '0.0001234'],
    [0.00001234, '1.234e-5'],
    [0.00001, '1e-5'],
    [-0.0000125, '-1.25e-5'],
    [5e-324, '4.941e-324'],
    [1.7976931348623157e308, '1.798e+308'],
    [NaN, 'NaN'],
    [Infinity, 'Infinity'],
    [-Infinity, '-Infinity'],
    [7n, '7'],
    [9007199254740993n, '9.007e+15'],
    [-9223372036854775808n, '-9.223e+18'],
  ];
  for (const [value, text] of cases) {
    it(`writes ${formatFull(value)} as ${text}`, () => {
      assert.equal(formatShort(value), text);
    });
  }

  it('never takes more than eleven characters', () => {
    for (let exponent = -323; exponent <= 308; exponent++) {
      const text = formatShort(-1.23456789 * 10 ** exponent);
      assert.ok(text.length <= 11, text);
    }
  });
});

describe('formatAge', () => {
  const english = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
  const hour = 3_600_000;
  const cases: [number, string][] = [
    [0, 'now'],
    [59_999, 'now'],
    [60_000, '1 minute ago'],
    [hour - 1, '59 minutes ago'],
    [hour, '1 hour ago'],
    [24 * hour - 1, '23 hours ago'],
    [24 * hour, 'yesterday'],
    [45 * 24 * hour, 'last month'],
    [800 * 24 * hour, '2 years ago'],
    [-5 * 60_000, 'in 5 minutes'],
    [-30_000, 'now'],
  ];
  for (const [age, text] of cases) {
    it(`says "${text}" for ${age} ms`, () => {
      assert.equal(formatAge(1e12 - age, 1e12, english), text);
    });
  }
});

describe('formatDuration', () => {
  const cases: [number, string][] = [
    [0, '0ms'],
    [-0.2, '0ms'],
    [-20, '-20ms'],
    [-3_600_000, '-1h 0m'],
    [999, '999ms'],
    [1000, '1s'],
    [3449, '3.4s'],
    [59_999, '59.9s'],
    [60_000, '1m 0s'],
    [125_000, '2m 5s'],
    [3_599_999, '59m 59s'],
    [7_500_000, '2h 5m'],
    [86_400_000, '1d 0h'],
    [90_000_000, '1d 1h'],
  ];
  for (const [milliseconds, text] of cases) {
    it(`writes ${milliseconds} ms as ${text}`, () => {
      assert.equal(formatDuration(milliseconds), text);
    });
  }
});

describe('toOneLine', () => {
  it('leaves ordinary text alone, of any script', () => {
    for (const text of ['bold-cat-12', '실험 정확도', '<img src=x>', 'a  b', 'שלום', '👩🏽‍🚀 go']) {
      assert.equal(toOneLine(text), text);
    }
  });

  it('puts everything on one line', () => {
    assert.equal(toOneLine('a\r\n\tb\u2028c\u0000d\u0085e'), 'a b c d e');
    assert.equal(toOneLine('\n a \n'), 'a');
  });

  it('takes out what turns the direction of writing', () => {
    assert.equal(toOneLine('evil\u202Egnp.exe\u202C \u2066x\u2069\u200F\u061C'), 'evilgnp.exe x');
  });

  it('cuts long text with an ellipsis and no text that just fits', () => {
    assert.equal(toOneLine('x'.repeat(200)), 'x'.repeat(200));
    assert.equal(toOneLine('x'.repeat(201)), `${'x'.repeat(199)}…`);
    assert.equal(toOneLine('abcdef', 4), 'abc…');
    assert.equal(toOneLine('x'.repeat(1_000_000)).length, 200);
  });

  it('counts an emoji as one and never halves it', () => {
    assert.equal(toOneLine('🚀'.repeat(4), 4), '🚀🚀🚀🚀');
    assert.equal(toOneLine('🚀'.repeat(150)), '🚀'.repeat(150));
    for (const lead of ['', 'a', 'ab', 'abc']) {
      for (const text of [lead + '🚀'.repeat(500), `${lead}\u202e${'🚀'.repeat(500)}`]) {
        assert.doesNotMatch(toOneLine(text), /\p{Surrogate}/u);
        assert.equal([...toOneLine(text)].length, 200);
      }
    }
  });

  it('says that something follows after a long stretch of nothing', () => {
    assert.equal(toOneLine(`a${'\n'.repeat(2000)}b`), 'a…');
  });
});

describe('withoutLinks', () => {
  /** What VS Code makes links of in notifications and below inputs. */
  const link = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)/i;

  it('leaves nothing that could run a command or open an address', () => {
    for (const target of ['command:workbench.action.quit', 'https://example.com', 'file:///x']) {
      assert.match(`a [b](${target}) c`, link);
      assert.doesNotMatch(withoutLinks(`a [b](${target}) c [d](${target})`), link);
    }
  });

  it('keeps all other text', () => {
    assert.equal(withoutLinks('[a] (b) c[0](see d)'), '[a] (b) c[0] (see d)');
  });
});
