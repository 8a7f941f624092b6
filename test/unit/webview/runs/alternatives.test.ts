import assert from 'node:assert/strict';
import {
  alternativesOf,
  joinedFilters,
  typedPlace,
} from '../../../../webview/runs/filter/alternatives';
import { historyWith, mistakeOf, readTyped } from '../../../../webview/runs/filter/typedFilter';

const texts = (typed: string): readonly string[] | undefined =>
  alternativesOf(typed)?.map(({ text }) => text);

describe('alternativesOf', () => {
  const cases: readonly [typed: string, expected: readonly string[] | undefined][] = [
    ['metrics.a > 1 OR metrics.b > 2', ['metrics.a > 1', 'metrics.b > 2']],
    ['metrics.a>1 or params.`x or y` = "a OR b"', ['metrics.a>1', 'params.`x or y` = "a OR b"']],
    ['a = 1 AND b = 2 OR c = 3', ['a = 1 AND b = 2', 'c = 3']],
    [
      '(params.a = "1" or params.a = "2") and metrics.m < 3',
      ['params.a = "1" AND metrics.m < 3', 'params.a = "2" AND metrics.m < 3'],
    ],
    ['(metrics.a > 1)', ['metrics.a > 1']],
    ['tags.x IS NULL OR tags.x = "y"', ['tags.x IS NULL', 'tags.x = "y"']],
    ["run_id IN ('a', 'b')", undefined],
    [
      "run_id in ('a', ')') or run_id not in ('c')",
      ["run_id in ('a', ')')", "run_id not in ('c')"],
    ],
    ['metrics.a > 1 AND metrics.b > 2', undefined],
    ['this or that', undefined],
    ['train (copy)', undefined],
    ['foo bar baz or x y z', undefined],
    ['metrics.a > 1 OR', undefined],
    ['(metrics.a > 1', undefined],
    ['metrics.a > 1) OR metrics.b > 2', undefined],
    ['', undefined],
  ];
  for (const [typed, expected] of cases) {
    it(`makes ${JSON.stringify(expected)} of ${JSON.stringify(typed)}`, () => {
      assert.deepEqual(texts(typed), expected);
    });
  }

  it('gives up where there would be too many queries', () => {
    const either = '(metrics.a > 1 OR metrics.b > 1)';
    assert.equal(texts([either, either, either].join(' AND '))?.length, 8);
    assert.equal(texts([either, either, either, either].join(' AND ')), undefined);
    assert.equal(texts(Array.from({ length: 11 }, () => 'metrics.a > 1').join(' OR ')), undefined);
  });

  it('gives up quickly on what is long or deep', () => {
    const began = performance.now();
    assert.equal(texts(Array.from({ length: 20_000 }, () => 'a > 1').join(' OR ')), undefined);
    assert.equal(texts(`${'('.repeat(20_000)}a > 1${')'.repeat(20_000)}`), undefined);
    assert.ok(performance.now() - began < 2000);
  });

  it('finds the place of a mistake in what was typed', () => {
    const typed = '(params.a = "1" OR params.a = "2") AND metrcs.m < 3';
    const [, second] = alternativesOf(typed) ?? [];
    assert.ok(second);
    const place = second.text.indexOf('metrcs');
    assert.equal(typed.slice(typedPlace(second, place), typedPlace(second, place + 6)), 'metrcs');
  });

  it('reads joined filters again as they were', () => {
    const filters = ['metrics.a > 1 AND params.b = "x"', 'tags.c = "y"'];
    assert.deepEqual(readTyped(joinedFilters(filters)).filters, filters);
  });
});

describe('mistakeOf', () => {
  it('underlines at least a letter, and nothing where no place is known', () => {
    const typed = readTyped('metrics.a >');
    assert.deepEqual(mistakeOf(typed, { sentence: 'No.', start: 11, end: 11 }), {
      sentence: 'No.',
      start: 10,
      end: 11,
    });
    assert.equal(mistakeOf(typed, { sentence: 'No.' }).start, undefined);
  });

  it('goes by the query that was refused', () => {
    const text = 'metrics.a > 1 OR metrcs.b > 2';
    const refusal = { sentence: 'No.', filter: 1, start: 0, end: 6 };
    const { start, end } = mistakeOf(readTyped(text), refusal);
    assert.equal(text.slice(start, end), 'metrcs');
  });
});

describe('historyWith', () => {
  it('puts the last filter first, once, and forgets the oldest', () => {
    assert.deepEqual(historyWith(['a', 'b'], ' b '), ['b', 'a']);
    assert.deepEqual(historyWith(['a'], '  '), ['a']);
    const many = Array.from({ length: 20 }, (_, at) => `f${at}`);
    assert.deepEqual(historyWith(many, 'new'), ['new', ...many.slice(0, 19)]);
  });
});
