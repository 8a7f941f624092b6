import assert from 'node:assert/strict';
import { toServerMessage } from '../../../src/stores/rest/serverMessage';

describe('toServerMessage', () => {
  it('keeps the words of a page and drops its markup, scripts and styles', () => {
    const page =
      '<!doctype html><html><head><title>502 Bad Gateway</title><style>b{}</style></head>' +
      '<body><script>alert("x")</script><h1>Bad&nbsp;Gateway</h1><p>a &lt;b&gt;\n  c</p></body>';
    assert.equal(toServerMessage(page), '502 Bad Gateway Bad Gateway a <b> c');
  });

  it('keeps plain text that merely mentions tags', () => {
    assert.equal(toServerMessage('name <img src=x> is taken'), 'name <img src=x> is taken');
  });

  it('says nothing for an empty text or an empty page', () => {
    assert.equal(toServerMessage(' \n'), undefined);
    assert.equal(toServerMessage('<html></html>'), undefined);
  });

  it('shows at most 2,000 characters', () => {
    assert.equal(toServerMessage('y'.repeat(5000))?.length, 2000);
  });

  it('takes user and password out of addresses', () => {
    assert.equal(
      toServerMessage('cannot reach postgresql://kim:s3cret@db/mlflow'),
      'cannot reach postgresql://db/mlflow',
    );
  });

  it('reads a hostile page of many open tags in linear time', () => {
    const started = performance.now();
    toServerMessage('<'.repeat(1_000_000));
    toServerMessage('<script>'.repeat(200_000));
    assert.ok(performance.now() - started < 1500);
  });
});
