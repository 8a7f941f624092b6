import assert from 'node:assert/strict';
import { completionAt, isUnfinished } from '../../../../webview/runs/filter/completion';
import type { FilterWords } from '../../../../webview/runs/filter/completion';
import { filterWords } from '../../../../webview/runs/filter/filterWords';
import { runsData } from '../../../support/tableRuns';

const words: FilterWords = {
  filterNull: false,
  keysOf: (kind) =>
    ({
      metrics: ['loss', 'val/loss', 'anomaly cnt'],
      params: ['opt', 'learning rate', '정확도'],
      tags: ['stage', 'has`tick'],
    })[kind],
  valuesOf: ({ name }) => (name === 'opt' ? ['adam', 'sgd', "it's", `'"`] : []),
  numbersOf: () => [{ text: '0.25', detail: 'median' }],
};

/** What can be written at the `|`. */
function offered(typed: string, known = words): readonly string[] {
  const caret = typed.indexOf('|');
  const text = typed.replace('|', '');
  return completionAt(text, caret, known)?.suggestions.map((each) => each.text) ?? [];
}

/** The text after the first suggestion was taken. */
function completed(typed: string): string {
  const caret = typed.indexOf('|');
  const text = typed.replace('|', '');
  const found = completionAt(text, caret, words);
  const [first] = found?.suggestions ?? [];
  return found && first ? text.slice(0, found.start) + first.text + text.slice(found.end) : text;
}

describe('completionAt', () => {
  it('offers what a filter can begin with', () => {
    assert.deepEqual(offered('|'), ['metrics.', 'params.', 'tags.', 'attributes.', 'datasets.']);
  });

  const completions: readonly [typed: string, expected: string][] = [
    ['metr|', 'metrics.'],
    ['metrics.lo|', 'metrics.loss '],
    ['metric.val|', 'metrics.`val/loss` '],
    ['metrics.`anom|', 'metrics.`anomaly cnt` '],
    ['params."learn|', 'params.`learning rate` '],
    ['params.정|', 'params.`정확도` '],
    ['anomaly|', 'metrics.`anomaly cnt` '],
    ['attributes.sta|', 'attributes.status '],
    ['metrics.loss < 1 AND par|', 'metrics.loss < 1 AND params.'],
    ['metrics.loss < 1 |', 'metrics.loss < 1 AND '],
    ['metrics.loss |', 'metrics.loss > '],
    ['metrics.loss < |', 'metrics.loss < 0.25 '],
    ['metrics.loss <|', 'metrics.loss < 0.25 '],
    ['params.opt = |', "params.opt = 'adam' "],
    ["params.opt = 's|", "params.opt = 'sgd' "],
    ['params.opt = it|', 'params.opt = "it\'s" '],
    ["params.opt LIKE '%ad|", "params.opt LIKE '%adam%' "],
    ['params.opt li|', 'params.opt LIKE '],
    ["params.op| = 'x'", "params.opt  = 'x'"],
    ["run_id in ('a'|", "run_id in ('a'"],
  ];
  for (const [typed, expected] of completions) {
    it(`makes ${expected} of ${typed}`, () => {
      assert.equal(completed(typed), expected);
    });
  }

  it('offers the operators that fit the key', () => {
    assert.deepEqual(offered('metrics.loss |'), ['> ', '>= ', '< ', '<= ', '= ', '!= ']);
    assert.deepEqual(offered('params.opt |'), ['= ', '!= ', 'LIKE ', 'ILIKE ']);
    assert.deepEqual(offered('start_time |').length, 6);
    assert.ok(offered('run_id |').includes('IN '));
    assert.ok(!offered('status |').includes('IN '));
    const withNull = { ...words, filterNull: true };
    assert.ok(offered('tags.stage |', withNull).includes('IS NULL '));
    assert.ok(!offered('run_name |', withNull).includes('IS NULL '));
  });

  it('leaves out what MLflow has no way to write', () => {
    assert.ok(!offered('tags.|').some((text) => text.includes('tick')));
    assert.equal(offered('params.opt = |').length, 3);
  });

  it('says nothing where all is written, or where a number is', () => {
    for (const typed of ["params.opt = 'adam'|", 'metrics.loss < 0.2|', 'x = |'])
      assert.deepEqual(offered(typed), [], typed);
  });

  it('takes nothing for sure that may be a part of a name', () => {
    const sure = (text: string) => completionAt(text, text.length, words)?.isSure;
    assert.equal(sure('me'), false);
    assert.equal(sure('metrics.lo'), true);
    assert.equal(sure('metrics.loss'), false);
    assert.equal(sure('params.opt = '), false);
    assert.equal(sure("params.opt = 'a"), true);
  });
});

describe('isUnfinished', () => {
  it('tells a filter that goes on from one that may be wrong', () => {
    for (const text of ['metrics.a', 'metrics.a >', 'metrics.a > 1 AND', 'a = 1 AND ('])
      assert.equal(isUnfinished(text), true, text);
    for (const text of ['', 'metrics.a > 1', 'tags.x IS NULL', "params.a = 'x'"])
      assert.equal(isUnfinished(text), false, text);
  });
});

describe('filterWords', () => {
  const data = runsData([
    {
      params: { opt: 'sgd' },
      metrics: { loss: 3, 'system/cpu': 1 },
      tags: { 'mlflow.x': '1', a: '' },
    },
    {
      params: { opt: 'adam' },
      metrics: { loss: 1 },
      user: 'kim',
      datasets: 'iris (ab1), wine (c)',
    },
    { params: { opt: 'adam', ' x': '' }, metrics: { loss: NaN }, user: 'kim' },
  ]);
  const known = filterWords(data, true, Date.UTC(2026, 0, 2));

  it('lists keys, those of MLflow itself last', () => {
    assert.deepEqual(known.keysOf('metrics'), ['loss', 'system/cpu']);
    assert.deepEqual(known.keysOf('tags'), ['a', 'mlflow.x']);
  });

  it('lists values that runs have, the most frequent ones first', () => {
    assert.deepEqual(known.valuesOf({ entity: 'params', name: 'opt' }), ['adam', 'sgd']);
    assert.deepEqual(known.valuesOf({ entity: 'params', name: 'none' }), []);
    assert.equal(known.valuesOf({ entity: 'attributes', name: 'user_id' })[0], 'kim');
    assert.deepEqual(known.valuesOf({ entity: 'attributes', name: 'constructor' }), []);
    assert.deepEqual(known.valuesOf({ entity: 'datasets', name: 'name' }), ['iris', 'wine']);
    assert.deepEqual(known.valuesOf({ entity: 'datasets', name: 'digest' }), ['ab1', 'c']);
  });

  it('tells numbers worth comparing with', () => {
    const texts = (name: string) =>
      known.numbersOf({ entity: 'metrics', name }).map(({ text }) => text);
    assert.deepEqual(texts('loss'), ['1', '1', '3']);
    assert.deepEqual(texts('none'), []);
    const [hourAgo] = known.numbersOf({ entity: 'attributes', name: 'start_time' });
    assert.equal(hourAgo?.text, String(Date.UTC(2026, 0, 1, 23)));
  });
});
