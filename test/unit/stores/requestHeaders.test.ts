import assert from 'node:assert/strict';
import { MlflowError } from '../../../src/mlflow/errors';
import type { Transport } from '../../../src/mlflow/transport';
import { requestHeaders } from '../../../src/stores/rest/requestHeaders';

describe('the request headers of a REST store', () => {
  const accept = 'application/json';

  it('sends the sign-in rather than the user of the address, and that rather than a header', () => {
    const headers = { Authorization: 'Bearer header', 'X-Team': 'seats' };
    const sent = (transport: Transport, ofUri?: string): string | undefined =>
      requestHeaders({ headers, ...transport }, ofUri)['authorization'];
    assert.equal(sent({ authorization: 'Bearer own' }, 'Basic uri'), 'Bearer own');
    assert.equal(sent({}, 'Basic uri'), 'Basic uri');
    assert.equal(sent({}), 'Bearer header');
    assert.deepEqual(requestHeaders({ headers: { 'X-Team': 'seats' } }, undefined), {
      accept,
      'x-team': 'seats',
    });
  });

  const refused: readonly [string, Transport, string][] = [
    ['a line break in a value', { headers: { 'X-A': 's3cret\r\nX-B: c' } }, 'X-A'],
    ['a value beyond Latin-1', { headers: { 'X-A': 's3cret ✓' } }, 'X-A'],
    ['a blank in a name', { headers: { 'X A': 's3cret' } }, 'X A'],
    ['no name', { headers: { '': 's3cret' } }, '“”'],
    ['Host', { headers: { Host: 's3cret' } }, 'Host'],
    ['Content-Length', { headers: { 'content-length': 's3cret' } }, 'content-length'],
    ['Transfer-Encoding', { headers: { 'Transfer-Encoding': 's3cret' } }, 'Transfer-Encoding'],
    ['Connection', { headers: { connection: 's3cret' } }, 'connection'],
    ['a sign-in of two lines', { authorization: 's3cret\n' }, 'Authorization'],
    ['a workspace of two lines', { workspace: 's3cret\n' }, 'X-MLFLOW-WORKSPACE'],
  ];
  for (const [what, transport, name] of refused) {
    it(`refuses ${what} in a sentence that names the header alone`, () => {
      assert.throws(
        () => requestHeaders(transport, undefined),
        (error) => {
          assert.ok(error instanceof MlflowError);
          assert.deepEqual([error.kind, error.reason], ['unsupported', 'transport']);
          assert.ok(error.detail.serverMessage?.includes(name), error.detail.serverMessage);
          assert.doesNotMatch(error.message, /s3cret/);
          return true;
        },
      );
    });
  }
});
