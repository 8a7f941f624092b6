import assert from 'node:assert/strict';
import { requestHeaders } from '../../../src/connections/requestHeaders';
import { TransportProblem, type TransportFault } from '../../../src/connections/transportProblem';
import { toTransportSettings } from '../../../src/connections/transportSettings';

const environment = { KEY: 's3cret', OTHER: 'x' };

function headers(user: object, workspace: object, withUsers = true): object {
  const level = (value: object): ReturnType<typeof toTransportSettings> =>
    toTransportSettings((id) => (id === 'requestHeaders' ? value : undefined));
  return requestHeaders({ user: level(user), workspace: level(workspace) }, environment, withUsers);
}

describe('requestHeaders', () => {
  it('puts the workspace’s over the user’s, whatever the case of the name', () => {
    assert.deepEqual(headers({ 'X-Key': 'mine', 'X-One': '1' }, { 'x-key': 'theirs' }), {
      'x-key': 'theirs',
      'x-one': '1',
    });
  });

  it('leaves out the user’s where they may not go', () => {
    assert.deepEqual(headers({ 'X-Key': 'mine' }, { 'X-Two': '2' }, false), { 'x-two': '2' });
  });

  it('reads variables in the user’s alone', () => {
    const value = 'Key ${env:KEY}, ${env:NONE}.';
    assert.deepEqual(headers({ a: value }, { b: value }), {
      a: 'Key s3cret, .',
      b: value,
    });
  });

  it('takes numbers and truth for text, and nothing else', () => {
    const value = { a: 1, b: true, c: { d: 1 }, e: null, f: ['x'] };
    assert.deepEqual(headers(value, {}), { a: '1', b: 'true' });
    assert.deepEqual(headers(['x'], {}), {});
  });

  const refused: readonly (readonly [string, string, TransportFault])[] = [
    ['', 'x', { what: 'headerName', name: '' }],
    ['X Y', 'x', { what: 'headerName', name: 'X Y' }],
    ['X:', 'x', { what: 'headerName', name: 'X:' }],
    ['Host', 'x', { what: 'headerName', name: 'Host' }],
    ['Content-Length', '5', { what: 'headerName', name: 'Content-Length' }],
    ['Transfer-Encoding', 'chunked', { what: 'headerName', name: 'Transfer-Encoding' }],
    ['X-Key', 'a\r\nHost: b', { what: 'headerValue', name: 'X-Key' }],
    ['X-Key', '한국', { what: 'headerValue', name: 'X-Key' }],
  ];
  for (const [name, value, fault] of refused) {
    it(`refuses ${JSON.stringify(name)} with ${JSON.stringify(value)}`, () => {
      const isFault = (error: unknown): boolean => {
        assert.ok(error instanceof TransportProblem);
        assert.deepEqual(error.fault, fault);
        return true;
      };
      assert.throws(() => headers({ [name]: value }, {}), isFault);
      assert.throws(() => headers({}, { [name]: value }), isFault);
    });
  }

  it('refuses what a variable smuggles in', () => {
    const { user, workspace } = {
      user: toTransportSettings(() => ({ a: '${env:KEY}' })),
      workspace: toTransportSettings(() => undefined),
    };
    const smuggling = { KEY: 'a\nb' };
    assert.throws(
      () => requestHeaders({ user, workspace }, smuggling, true),
      (error) => error instanceof TransportProblem && !error.message.includes('a\nb'),
    );
  });
});
