import assert from 'node:assert/strict';
import { originOf, userInfoOf, withoutUserInfo } from '../../../src/mlflow/signIn';

describe('originOf', () => {
  it('is the same for the same server, and another for another port or scheme', () => {
    const same = ['https://Host', 'https://me:pw@host:443/path?q#x', 'HTTPS://host/'];
    assert.deepEqual([...new Set(same.map(originOf))], ['https://host']);
    assert.equal(originOf('http://host'), 'http://host');
    assert.equal(originOf('https://host:8443'), 'https://host:8443');
  });

  it('is there for servers alone', () => {
    for (const uri of ['sqlite:///mlflow.db', 'file:///tmp', '/tmp', 'databricks', 'http://']) {
      assert.equal(originOf(uri), undefined, uri);
    }
  });
});

describe('userInfoOf', () => {
  it('reads user name and password, decoded where they can be', () => {
    assert.deepEqual(userInfoOf('http://a%40b:%zz@host'), {
      kind: 'basic',
      user: 'a@b',
      password: '%zz',
    });
    assert.equal(userInfoOf('http://host'), undefined);
    assert.equal(userInfoOf('no URL'), undefined);
  });
});

describe('withoutUserInfo', () => {
  it('leaves an address without credentials as it is written', () => {
    for (const uri of ['http://HOST:80', 'https://host/path?q#/x', 'not a URL']) {
      assert.equal(withoutUserInfo(uri), uri);
    }
  });

  it('takes user name and password out', () => {
    assert.equal(withoutUserInfo('http://a:b@host:5000/mlflow'), 'http://host:5000/mlflow');
    assert.equal(withoutUserInfo('https://token@host'), 'https://host');
  });
});
