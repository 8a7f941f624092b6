import assert from 'node:assert/strict';
import { MlflowError } from '../../../src/mlflow/errors';
import type { ProxyOptions } from '../../../src/mlflow/transport';
import { chooseProxy } from '../../../src/stores/rest/proxyChoice';

const both = { http: 'http://plain:3128', https: 'https://secure' };
const chosen = (origin: string, options: ProxyOptions = both): string | undefined =>
  chooseProxy(origin, options)?.origin;

describe('chooseProxy', () => {
  it('takes the proxy for the scheme of the server', () => {
    assert.equal(chosen('http://mlflow.corp'), 'http://plain:3128');
    assert.equal(chosen('https://mlflow.corp'), 'https://secure');
    assert.equal(chosen('https://mlflow.corp', { http: 'http://plain:3128' }), undefined);
    assert.equal(chosen('https://mlflow.corp', {}), undefined);
    assert.equal(chosen('https://mlflow.corp', { https: ' ' }), undefined);
  });

  for (const host of ['localhost', '127.0.0.1', '[::1]', 'LOCALHOST']) {
    it(`reaches ${host} directly, whatever is set`, () => {
      assert.equal(chosen(`http://${host}:5000`), undefined);
    });
  }

  const exceptions: readonly [string, string, boolean][] = [
    ['mlflow.corp', 'https://mlflow.corp', true],
    ['mlflow.corp', 'https://a.mlflow.corp', true],
    ['mlflow.corp', 'https://notmlflow.corp', false],
    ['.corp', 'https://mlflow.corp', true],
    ['.mlflow.corp', 'https://mlflow.corp', true],
    ['*.mlflow.corp', 'https://mlflow.corp', false],
    ['*.mlflow.corp', 'https://a.mlflow.corp', true],
    ['*', 'https://mlflow.corp', true],
    ['other, MLFLOW.corp.', 'https://mlflow.corp', true],
    ['a;b mlflow.corp', 'https://mlflow.corp.', true],
    ['mlflow.corp:443', 'https://mlflow.corp', true],
    ['mlflow.corp:443', 'https://mlflow.corp:5000', false],
    ['mlflow.corp:80', 'http://mlflow.corp', true],
    ['*:5000', 'http://mlflow.corp:5000', true],
    ['10.0.0.0/8', 'http://10.1.2.3:5000', true],
    ['10.0.0.0/8', 'http://11.1.2.3:5000', false],
    ['10.0.0.0/99', 'http://10.1.2.3:5000', false],
    ['10.0.0.0/8', 'http://mlflow.corp', false],
    ['0.0.1', 'http://10.0.0.1', false],
    ['fd00::/8', 'http://[fd00::5]:5000', true],
    ['fd00::5', 'http://[fd00::5]:5000', true],
    ['[fd00::5]:5001', 'http://[fd00::5]:5000', false],
    ['', 'https://mlflow.corp', false],
  ];
  for (const [noProxy, origin, direct] of exceptions) {
    it(`reaches ${origin} ${direct ? 'directly' : 'by the proxy'} with "${noProxy}"`, () => {
      assert.equal(chosen(origin, { ...both, noProxy }) === undefined, direct);
    });
  }

  it('takes a proxy without a scheme for an http one', () => {
    assert.equal(chosen('http://mlflow.corp', { http: 'proxy:3128' }), 'http://proxy:3128');
  });

  it('keeps user and password out of the name of the proxy', () => {
    const proxy = chooseProxy('http://mlflow.corp', { http: 'http://kim:p%40ss@proxy:3128' });
    assert.equal(proxy?.origin, 'http://proxy:3128');
    const basic = Buffer.from('kim:p@ss').toString('base64');
    assert.equal(proxy?.authorization, `Basic ${basic}`);
  });

  it('lets the given sign-in take the place of that in the address', () => {
    const options = { http: 'http://kim:pass@proxy', authorization: 'Bearer x' };
    assert.equal(chooseProxy('http://mlflow.corp', options)?.authorization, 'Bearer x');
  });

  for (const http of ['socks5://kim:s3cret@proxy:1080', 'http://kim:s3cret@proxy:99999']) {
    it(`refuses ${http} without a word of its password`, () => {
      assert.throws(
        () => chooseProxy('http://mlflow.corp', { http }),
        (error) => {
          assert.ok(error instanceof MlflowError);
          assert.deepEqual([error.kind, error.reason], ['unsupported', 'transport']);
          assert.match(error.detail.serverMessage ?? '', /proxy/);
          assert.doesNotMatch(error.message, /s3cret/);
          return true;
        },
      );
    });
  }
});
