import assert from 'node:assert/strict';
import {
  MlflowError,
  type MlflowErrorDetail,
  type MlflowErrorKind,
  type MlflowErrorReason,
} from '../../../src/mlflow/errors';
import { settle } from '../../../src/stores/rest/settle';
import { failure } from '../../support/failure';

const fail = (
  reason: MlflowErrorReason,
  kind: MlflowErrorKind = 'unreachable',
  detail: MlflowErrorDetail = {},
): MlflowError => new MlflowError(kind, reason, detail);
const aborted = Object.assign(new Error('gave up'), { name: 'AbortError' });

/** What happens, in this order, to what is sent and to what is looked up. */
interface Script {
  readonly sends: readonly (string | Error)[];
  readonly looks?: readonly (string | undefined | Error)[];
}

/** Runs `settle` by the script and notes what it did; the script has to be used up. */
function play({ sends, looks = [] }: Script): { done: Promise<string>; did: string[] } {
  const did: string[] = [];
  const next = <T>(what: string, list: readonly (T | Error)[]): Promise<T> => {
    const index = did.filter((each) => each === what).length;
    assert.ok(index < list.length, `${what} once too often`);
    did.push(what);
    const outcome = list[index] as T | Error;
    return outcome instanceof Error ? Promise.reject(outcome) : Promise.resolve(outcome);
  };
  const done = settle({
    send: () => next('send', sends),
    lookUp: async () => {
      const seen = await next('look', looks);
      return seen === undefined ? undefined : { result: seen };
    },
  });
  return { done, did };
}

async function outcome(script: Script): Promise<readonly [string, readonly string[]]> {
  const { done, did } = play(script);
  const result = await done.catch((error: unknown) =>
    error instanceof MlflowError ? error.reason : String(error),
  );
  return [result, did];
}

describe('settle', () => {
  it('looks nothing up when the reply comes', async () => {
    assert.deepEqual(await outcome({ sends: ['ok'] }), ['ok', ['send']]);
  });

  for (const reason of [
    'cut',
    'timeout',
    'network',
    'serverError',
    'html',
    'json',
    'shape',
    'tooLarge',
  ] as const) {
    it(`has succeeded when the change is there after ${reason}`, async () => {
      const script = { sends: [fail(reason)], looks: ['seen'] };
      assert.deepEqual(await outcome(script), ['seen', ['send', 'look']]);
    });
  }

  for (const reason of [
    'refused',
    'dns',
    'busy',
    'tls',
    'proxy',
    'proxySignIn',
    'redirect',
  ] as const) {
    it(`looks nothing up after ${reason}: it was not carried out`, async () => {
      assert.deepEqual(await outcome({ sends: [fail(reason)] }), [reason, ['send']]);
    });
  }

  it('looks nothing up after a refusal, or when it could not connect in time', async () => {
    assert.deepEqual(await outcome({ sends: [fail('invalid', 'rejected')] }), [
      'invalid',
      ['send'],
    ]);
    const late = fail('timeout', 'unreachable', { notSent: true });
    assert.deepEqual(await outcome({ sends: [late] }), ['timeout', ['send']]);
  });

  it('looks up what a proxy had passed on, maybe, before it gave up', async () => {
    const gaveUp = fail('proxy', 'unreachable', { status: 504 });
    assert.deepEqual(await outcome({ sends: [gaveUp], looks: ['seen'] }), [
      'seen',
      ['send', 'look'],
    ]);
    const refused = fail('proxy', 'unreachable', { status: 403 });
    assert.deepEqual(await outcome({ sends: [refused] }), ['proxy', ['send']]);
    const noTunnel = fail('proxy', 'unreachable', { status: 502, notSent: true });
    assert.deepEqual(await outcome({ sends: [noTunnel] }), ['proxy', ['send']]);
  });

  it('fails as it did when the change is not there', async () => {
    const script = { sends: [fail('timeout')], looks: [undefined] };
    assert.deepEqual(await outcome(script), ['timeout', ['send', 'look']]);
  });

  it('sends again, once, what a broken connection kept from being done', async () => {
    const script = { sends: [fail('cut'), 'ok'], looks: [undefined] };
    assert.deepEqual(await outcome(script), ['ok', ['send', 'look', 'send']]);
    const twice = { sends: [fail('cut'), fail('cut')], looks: [undefined, undefined] };
    assert.deepEqual(await outcome(twice), ['cut', ['send', 'look', 'send', 'look']]);
  });

  it('has succeeded when the second one was refused because the first came through late', async () => {
    for (const refusal of [fail('invalid', 'rejected'), fail('missing', 'notFound')]) {
      const script = { sends: [fail('cut'), refusal], looks: [undefined, 'seen'] };
      assert.deepEqual(await outcome(script), ['seen', ['send', 'look', 'send', 'look']]);
    }
  });

  it('knows no outcome when looking fails, too', async () => {
    for (const lost of [fail('refused'), fail('timeout'), fail('forbidden', 'unauthorized')]) {
      const { done } = play({
        sends: [fail('cut', 'unreachable', { request: '/x' })],
        looks: [lost],
      });
      const error = await failure(done);
      assert.deepEqual([error.kind, error.reason], ['unreachable', 'unknownOutcome']);
      assert.equal(error.detail.request, '/x');
    }
  });

  it('says that the thing is gone when looking finds that', async () => {
    const script = { sends: [fail('cut')], looks: [fail('missing', 'notFound')] };
    assert.deepEqual(await outcome(script), ['missing', ['send', 'look']]);
  });

  it('fails as it did where somebody answers everything with a page', async () => {
    const script = { sends: [fail('html')], looks: [fail('html')] };
    assert.deepEqual(await outcome(script), ['html', ['send', 'look']]);
  });

  it('is cancelled at any time', async () => {
    await assert.rejects(play({ sends: [aborted] }).done, { name: 'AbortError' });
    const looking = play({ sends: [fail('cut')], looks: [aborted] });
    await assert.rejects(looking.done, { name: 'AbortError' });
    assert.deepEqual(looking.did, ['send', 'look']);
  });
});
