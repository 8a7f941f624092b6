import assert from 'node:assert/strict';
import { settings } from '../../src/ids';
import type { Row } from '../../src/tree/row';
import { type FaultServer, startFaultServer } from '../support/faultServer';
import { activated, change, click, connect, runsOf, say, sayAll } from './underTest';
import type { UnderTest } from './underTest';

describe('lists read page by page', () => {
  let extension: UnderTest;
  let server: FaultServer;

  before(async () => {
    extension = await activated();
    server = await startFaultServer({ experiments: 1, runs: 25 });
    await change(settings.pageSize, 10);
  });

  beforeEach(async () => {
    server.clearFaults();
    await connect(extension, server.url);
  });

  after(async () => {
    await change(settings.pageSize, undefined);
    await change(settings.trackingUri, undefined);
    await server.close();
  });

  const runs = (): Promise<readonly Row[]> => runsOf(extension, 'experiment 1');
  const last = async (): Promise<Row> => {
    const row = (await runs()).at(-1);
    assert.ok(row);
    return row;
  };

  it('end in Load More as long as there is more', async () => {
    assert.equal(say(await last()), 'Load More… | 10 loaded');
    await click(await last());
    assert.equal(say(await last()), 'Load More… | 20 loaded');
    await click(await last());
    assert.equal((await runs()).length, 25);
    assert.match(say(await last()), /^run 24/);
  });

  it('keep their rows when the next page breaks off, and Retry reads on', async () => {
    const before = sayAll((await runs()).slice(0, 10));
    server.setFault('runs/search', { kind: 'cut' });
    await click(await last());
    assert.deepEqual(sayAll((await runs()).slice(0, 10)), before);
    assert.match(say(await last()), /broke off/);
    server.clearFaults();
    await click(await last());
    assert.equal(say(await last()), 'Load More… | 20 loaded');
  });

  for (const empty of [true, false]) {
    const which = empty ? 'empty pages' : 'the same page';
    it(`end in a sentence when the server sends ${which} for ever`, async () => {
      server.setFault('runs/search', { kind: 'endless', empty });
      await connect(extension, server.url);
      for (let clicks = 0; clicks < 3 && !/same page/.test(say(await last())); clicks++) {
        await click(await last());
      }
      assert.match(say(await last()), /keeps sending the same page.*Updating the server may help/);
    });
  }
});
