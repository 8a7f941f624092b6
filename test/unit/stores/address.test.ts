import assert from 'node:assert/strict';
import { parseAddress } from '../../../src/stores/rest/address';

describe('parseAddress', () => {
  const cases = {
    'http://host:5000': ['http://host:5000', ''],
    'http://host:5000/': ['http://host:5000', ''],
    'http://host:5000/#/experiments/1/runs/abc': ['http://host:5000', ''],
    'http://host:5000/?workspace=x#/models': ['http://host:5000', ''],
    'https://Host/mlflow/': ['https://host', '/mlflow'],
    'https://host:443/a/b//#/models': ['https://host', '/a/b'],
    'http://[::1]:5000': ['http://[::1]:5000', ''],
  };
  for (const [uri, [origin, prefix]] of Object.entries(cases)) {
    it(`reads ${uri}`, () => {
      assert.deepEqual(parseAddress(uri), { origin, prefix, authorization: undefined });
    });
  }

  it('takes user and password out of the address', () => {
    const address = parseAddress('http://k%40m:p%3Aw%25%C3%A9@host:5000/pre');
    const expected = Buffer.from('k@m:p:w%é').toString('base64');
    assert.deepEqual(address, {
      origin: 'http://host:5000',
      prefix: '/pre',
      authorization: `Basic ${expected}`,
    });
  });

  it('refuses what is no URL without repeating it', () => {
    assert.throws(
      () => parseAddress('http://user:secret@host:99999'),
      (error: Error) => {
        assert.equal(error.name, 'MlflowError');
        assert.ok(!error.message.includes('secret'));
        return true;
      },
    );
  });
});
