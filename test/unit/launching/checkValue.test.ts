import assert from 'node:assert/strict';
import { checkValue, missingWords } from '../../../src/launching/checkValue';

const texts = { noNumber: (text: string, type: string): string => `${text} is no ${type}` };

async function problem(
  type: string,
  text: string,
  { there = false, isRequired = false } = {},
): Promise<string | undefined> {
  const checked = { name: 'p', type, text, isRequired };
  const found = await checkValue(checked, () => Promise.resolve(there), texts);
  return found && (found.isHint ? `hint: ${found.text}` : found.text);
}

describe('values of parameters', () => {
  it('have to be given where there is no default, in the words of MLflow', async () => {
    assert.equal(
      await problem('string', '', { isRequired: true }),
      "No value given for missing parameters: 'p'",
    );
    assert.equal(missingWords(['a', 'b']), "No value given for missing parameters: 'a', 'b'");
    assert.equal(await problem('string', ''), undefined);
  });

  it('of paths have to be there, unless they are URIs', async () => {
    assert.equal(
      await problem('path', 'data.csv'),
      'Got value data.csv for parameter p, but no such file or directory was found.',
    );
    assert.equal(await problem('path', 'data.csv', { there: true }), undefined);
    assert.equal(await problem('path', 's3://bucket/data.csv'), undefined);
  });

  it('of URIs have to have a scheme', async () => {
    assert.equal(await problem('uri', '/data'), 'Expected URI for parameter p but got /data');
    assert.equal(await problem('uri', 'file:/data'), undefined);
  });

  it('that are no numbers get a hint only, since MLflow takes them', async () => {
    assert.equal(await problem('float', 'abc'), 'hint: abc is no float');
    assert.equal(await problem('int', '1.5'), 'hint: 1.5 is no int');
    for (const text of ['1', '-1.5', '1e-3', '.5', 'inf', 'NaN', '1_000.5']) {
      assert.equal(await problem('float', text), undefined, text);
    }
    assert.equal(await problem('int', '-1_000'), undefined);
    assert.equal(await problem('string', 'abc'), undefined);
  });
});
