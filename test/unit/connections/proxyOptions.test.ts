import assert from 'node:assert/strict';
import { proxyOptions, type ProxySettings } from '../../../src/connections/proxyOptions';
import type { Variables } from '../../../src/connections/variables';

const unset: ProxySettings = {
  enabled: true,
  proxy: '',
  noProxy: [],
  authorization: undefined,
  strictTls: true,
};

function chosen(settings: Partial<ProxySettings>, environment: Variables = {}): string {
  const options = proxyOptions({ ...unset, ...settings }, environment);
  return options === undefined ? 'none' : `${options.http ?? ''} ${options.https ?? ''}`;
}

describe('proxyOptions', () => {
  it('has none where nothing names one, or VS Code is told to use none', () => {
    assert.equal(chosen({}), 'none');
    const environment = { HTTP_PROXY: 'http://env:1' };
    assert.equal(chosen({ enabled: false, proxy: 'http://set:1' }, environment), 'none');
  });

  it('goes by http.proxy before the environment', () => {
    const environment = { https_proxy: 'http://env:1', HTTP_PROXY: 'http://env:2' };
    assert.equal(chosen({ proxy: 'http://set:1' }, environment), 'http://set:1 http://set:1');
  });

  const environments: readonly (readonly [Variables, string])[] = [
    [{ http_proxy: 'http://a', HTTP_PROXY: 'http://b' }, 'http://a http://a'],
    [{ HTTPS_PROXY: 'http://b' }, ' http://b'],
    [{ https_proxy: 'http://a', HTTP_PROXY: 'http://b' }, 'http://b http://a'],
    [{ ALL_PROXY: 'http://c' }, 'http://c http://c'],
    [{ all_proxy: 'http://c', https_proxy: 'http://a' }, 'http://c http://a'],
    [{ http_proxy: '', HTTP_PROXY: 'http://b' }, 'none'],
    [{ https_proxy: '', http_proxy: 'http://a' }, 'http://a '],
    [{ http_proxy: 'host:3128' }, 'http://host:3128 http://host:3128'],
    [{ HTTPS_PROXY: 'https://me:pw@host' }, ' https://me:pw@host'],
  ];
  for (const [environment, expected] of environments) {
    it(`reads ${JSON.stringify(environment)}`, () => {
      assert.equal(chosen({}, environment), expected);
    });
  }

  it('never asks a proxy for this machine', () => {
    const direct = (settings: Partial<ProxySettings>, environment: Variables): string =>
      proxyOptions({ ...unset, proxy: 'http://set:1', ...settings }, environment)?.noProxy ?? '';
    const here = 'localhost,127.0.0.1,::1';
    assert.equal(direct({}, {}), here);
    assert.equal(direct({}, { no_proxy: 'a.b, .c:80', NO_PROXY: 'd' }), `a.b,.c:80,${here}`);
    assert.equal(direct({ noProxy: ['e '] }, { NO_PROXY: 'd' }), `e,${here}`);
  });

  it('hands on how the proxy itself is spoken to', () => {
    const settings = { proxy: 'https://set', authorization: 'Basic eA==', strictTls: false };
    const options = proxyOptions({ ...unset, ...settings }, {});
    assert.deepEqual(
      [options?.authorization, options?.strictTls],
      [settings.authorization, settings.strictTls],
    );
  });
});
