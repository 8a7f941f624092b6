import assert from 'node:assert/strict';
import { givenText, isLoggedAs } from '../../../src/launching/loggedValue';
import { shellQuote } from '../../../src/server/service/python/shellQuote';
import { randomValues } from '../../support/randomValues';

describe('params that MLflow logs of a project', () => {
  it('are told by what was given, though they are quoted for a shell', () => {
    assert.ok(isLoggedAs('0.1', '0.1'));
    assert.ok(isLoggedAs("it's so", `'it'"'"'s so'`));
    assert.ok(isLoggedAs('', "''"));
    assert.ok(!isLoggedAs('a b', "'a c'"));
  });

  it('lead back to what was given', () => {
    for (const value of randomValues(2000)) {
      assert.equal(givenText(shellQuote(value)), value);
    }
  });

  it('are left as they are where nothing was quoted', () => {
    assert.equal(givenText('adam'), 'adam');
    assert.equal(givenText("'half"), "'half");
    assert.equal(givenText("'plain'"), "'plain'");
  });
});
