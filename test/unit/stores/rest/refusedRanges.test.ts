import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import type { Api, BytesReply, BytesRequest } from '../../../../src/stores/rest/api';
import type { ArtifactListings } from '../../../../src/stores/rest/artifactListings';
import type { ArtifactRoots } from '../../../../src/stores/rest/artifactRoots';
import { RestArtifacts } from '../../../../src/stores/rest/restArtifacts';
import { failure } from '../../../support/failure';

const never = new AbortController().signal;
const place = { owner: { kind: 'run', runId: 'r1' }, path: 'a.txt' } as const;

/** A server that refuses ranges, or everything, and does not say how long the file is. */
class Refusing {
  readonly asked: (string | undefined)[] = [];

  constructor(
    private readonly content: string,
    private readonly refusesAll = false,
  ) {}

  get artifacts(): RestArtifacts {
    const api = {
      serverInfo: () => Promise.resolve({ version: '2.22.5' }),
      open: (request: BytesRequest) => Promise.resolve(this.answer(request)),
    } as unknown as Api;
    return new RestArtifacts(api, {} as ArtifactRoots, {} as ArtifactListings);
  }

  private answer({ headers }: BytesRequest): BytesReply {
    const range = headers?.['range'];
    this.asked.push(range);
    assert.ok(this.asked.length < 10, 'it is asked again and again');
    const detail = {};
    if (this.refusesAll || range !== undefined) {
      const nothing = { contentType: '', contentRange: undefined, text: '' };
      const facts = { retryAfter: undefined, signedIn: false, ofProxy: undefined };
      return { reply: { status: 416, ...nothing, ...facts }, detail };
    }
    const body = Readable.from([Buffer.from(this.content)]);
    return { reply: { status: 200, headers: {}, body }, detail };
  }
}

describe('ranges that a server refuses', () => {
  async function text(server: Refusing, from: number, length?: number): Promise<string> {
    const stream = await server.artifacts.open(place, { from, length }, never);
    let found = '';
    for (let piece; (piece = await stream.read(never)) !== undefined;) {
      found += Buffer.from(piece).toString();
    }
    return found;
  }

  it('are nothing of an empty file', async () => {
    assert.equal(await text(new Refusing(''), 0, 10), '');
  });

  it('are cut out of the whole file', async () => {
    const server = new Refusing('0123456789');
    assert.equal(await text(server, 3, 4), '3456');
    assert.deepEqual(server.asked, ['bytes=3-6', undefined]);
  });

  it('are a failure where the whole file is refused alike', async () => {
    const server = new Refusing('', true);
    await failure(text(server, 3, 4));
    assert.deepEqual(server.asked, ['bytes=3-6', undefined]);
  });
});
