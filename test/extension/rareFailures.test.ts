import assert from 'node:assert/strict';
import { explainError } from '../../src/host/explainError';
import {
  MlflowError,
  type MlflowErrorDetail,
  type MlflowErrorKind,
  type MlflowErrorReason,
} from '../../src/mlflow/errors';
import { settings } from '../../src/ids';
import { activated, change, connect, sayAll } from './underTest';

/** What takes minutes, or another machine, to provoke. */
const rare: readonly (readonly [MlflowErrorKind, MlflowErrorReason, RegExp, MlflowErrorDetail?])[] =
  [
    ['unreachable', 'timeout', /took too long to answer\. Try again/],
    ['unreachable', 'network', /cannot be reached \(EHOSTUNREACH\)\. Check the tracking URI/],
    ['unreachable', 'unknownOutcome', /whether this was done.*Refresh before you try again/],
    ['malformed', 'tooLarge', /too large to read at once\. Choose a smaller page size/],
    ['malformed', 'paging', /keeps sending the same page/],
    ['unsupported', 'feature', /cannot do this: EHOSTUNREACH/],
    [
      'unsupported',
      'artifacts',
      /cannot read the artifacts at sftp:\/\/store\/1 and does not say why.*needs pysftp, paramiko<4\.$/,
      { rootUri: 'sftp://store/1', status: 500 },
    ],
    [
      'unreachable',
      'tls',
      /is not valid yet\. Check the clock of this machine/,
      { serverMessage: 'CERT_NOT_YET_VALID' },
    ],
    [
      'unreachable',
      'tls',
      /did not accept the client certificate.*Set mlflow\.tls\.clientCertificate/,
      { serverMessage: 'CLOSED_AFTER_HANDSHAKE' },
    ],
    [
      'unreachable',
      'proxy',
      /^The proxy http:\/\/proxy\.test:3128 cannot reach http:\/\/mlflow\.test:5000 \(502\)/,
      { status: 502, serverMessage: '502', proxy: 'http://proxy.test:3128' },
    ],
  ];

describe('the sentence for what goes wrong rarely', () => {
  const origin = 'http://mlflow.test:5000';

  for (const [kind, reason, sentence, detail] of rare) {
    it(`says what happened and what to do: ${reason} ${detail?.serverMessage ?? ''}`, () => {
      const error = new MlflowError(kind, reason, {
        origin,
        serverMessage: 'EHOSTUNREACH',
        ...detail,
      });
      assert.match(explainError(error), sentence);
      assert.ok(explainError(error).includes(origin));
    });
  }

  it('says that a host is not found', async () => {
    const extension = await activated();
    await connect(extension, 'http://no-such-host.invalid:5000');
    const [row, ...others] = sayAll(await extension.experiments.getChildren());
    assert.match(row ?? '', /^The host of http:\/\/no-such-host\.invalid:5000 was not found\./);
    assert.deepEqual(others, []);
    await change(settings.trackingUri, undefined);
  });
});
