import assert from 'node:assert/strict';
import { MlflowError } from '../../../src/mlflow/errors';
import {
  allOf,
  childrenOf,
  modelFilterFromText,
  nameContains,
  quoteKey,
  quoteValue,
  runFilterFromText,
  runIdIn,
  startedAfter,
} from '../../../src/mlflow/filterText';

describe('quoting', () => {
  it('quotes keys with backticks, blanks and dots included', () => {
    assert.equal(quoteKey('anomaly cnt'), '`anomaly cnt`');
    assert.equal(quoteKey('a.b/c'), '`a.b/c`');
  });

  it('takes the quote that the value does not hold', () => {
    assert.equal(quoteValue('plain'), "'plain'");
    assert.equal(quoteValue("it's"), `"it's"`);
    assert.equal(quoteValue('say "hi"'), `'say "hi"'`);
  });

  it('refuses a value with both quotes, since no escape exists', () => {
    assert.throws(
      () => quoteValue(`it's "x"`),
      (error: unknown) => error instanceof MlflowError && error.kind === 'unsupported',
    );
  });

  it('never lets a run id out of its quotes', () => {
    assert.equal(childrenOf("x' OR 'a' = 'a"), `tags.\`mlflow.parentRunId\` = "x' OR 'a' = 'a"`);
    assert.equal(runIdIn(['a', "b'"]), `attributes.run_id IN ('a', "b'")`);
  });
});

describe('allOf', () => {
  it('joins what is there', () => {
    assert.equal(allOf('a = 1', undefined, '  ', 'b = 2'), 'a = 1 AND b = 2');
  });

  it('is undefined when nothing is there', () => {
    assert.equal(allOf(undefined, ''), undefined);
  });
});

describe('nameContains', () => {
  it('asks for names in any case', () => {
    assert.equal(nameContains('  Lab '), "name ILIKE '%Lab%'");
  });

  it('asks for nothing when the text is blank', () => {
    assert.equal(nameContains(' \t'), undefined);
  });

  it('lets one character stand for a double quote where both quotes occur', () => {
    assert.equal(nameContains(`it's "x"`), `name ILIKE "%it's _x_%"`);
  });
});

describe('runFilterFromText', () => {
  const clauses = [
    'metrics.rmse < 0.8',
    'metrics.`anomaly cnt` > 10',
    'metrics."anomaly cnt" > 10',
    "params.optimizer = 'adam'",
    "parameters.optimizer='adam'",
    "tags.`mlflow.note.content` LIKE '%x%'",
    "attributes.run_name ILIKE '%x%'",
    "run_name not like 'x'",
    "status = 'FAILED' AND metrics.m >= 1",
    "status!='FAILED'",
    'start_time > 1700000000000',
    "run_id IN ('a', 'b')",
    "run_id NOT IN ('a')",
    "datasets.name = 'wine'",
    'params.정확도 IS NULL',
    'params.lr is not null',
    "tags.a =\n'two lines'",
    'rmse < 1',
    'rmse<1e-3 and a = 2',
    'rmse <',
    "owner = 'kim'",
    'run_name = x',
    'metrics.rmse <',
  ];
  for (const clause of clauses) {
    it(`keeps the clause ${JSON.stringify(clause)}`, () => {
      assert.equal(runFilterFromText(` ${clause} `), clause);
    });
  }

  const names = [
    'bold-cat-12',
    'lr=0.1_bs=32',
    'a=b',
    'x<y>z',
    'train (copy)',
    'login(2)',
    'run.train (copy)',
    'within (a)',
    'unlike "this"',
    'this null',
    '실험 정확도',
    '정확도 = 3',
    'in (progress)',
    '🚀 launch',
    '<img src=x onerror=alert(1)>',
    'a`b',
    '100%',
    'metrics',
    'params.lr',
  ];
  for (const name of names) {
    it(`looks for the name ${JSON.stringify(name)}`, () => {
      assert.equal(runFilterFromText(name), `attributes.run_name ILIKE '%${name}%'`);
    });
  }

  it('looks for names with quotes', () => {
    assert.equal(runFilterFromText("it's"), `attributes.run_name ILIKE "%it's%"`);
    assert.equal(runFilterFromText(`'"`), `attributes.run_name ILIKE "%'_%"`);
  });

  it('is undefined for blank text', () => {
    assert.equal(runFilterFromText(' \n '), undefined);
  });

  it('reads long hostile text in no time', () => {
    const started = performance.now();
    for (const piece of ['a.', 'metrics.not ', 'in  ', 'not   in', 'is not ']) {
      runFilterFromText(`metrics.${piece.repeat(20_000)}`);
      runFilterFromText(piece.repeat(20_000));
    }
    assert.ok(performance.now() - started < 1000);
  });
});

describe('what a person types to find registered models', () => {
  it('is a filter where it is a whole condition', () => {
    for (const text of [
      "name = 'CarSeat'",
      'name ILIKE "%seat%"',
      "tags.team = 'a' AND name != 'b'",
      "tags.`my key` like '%'",
      "tag.a-b.c='x'",
    ]) {
      assert.equal(modelFilterFromText(` ${text} `), text);
    }
  });

  it('is part of a name otherwise, also while a filter is being typed', () => {
    for (const text of ['seat', 'name', 'tags.team', "tags.team = 'a", 'name=3', 'like x']) {
      assert.equal(modelFilterFromText(text), nameContains(text));
    }
    assert.equal(modelFilterFromText('  '), undefined);
  });
});

describe('startedAfter', () => {
  it('writes whole milliseconds', () => {
    assert.equal(startedAfter(1234.9), 'attributes.start_time > 1234');
  });
});
