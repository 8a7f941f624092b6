import assert from 'node:assert/strict';
import { MlflowError } from '../../../src/mlflow/errors';
import { aChild, aRun, type Call } from '../../support/fakeStore';
import { settled } from './comparisonFixture';
import { everything, finished, TableFixture, until } from './tableFixture';

const control = { signal: new AbortController().signal };

describe('a table of runs that are changed', () => {
  let fixture: TableFixture;

  beforeEach(() => {
    fixture = new TableFixture();
  });

  afterEach(() => fixture.dispose());

  const waits = (): number => fixture.store.callsOf('nextChange').length;

  /** More runs than are read at first, oldest last. */
  function fillTwoPages(): void {
    fixture.store.runs = Array.from({ length: 150 }, (_, index) =>
      aRun(`r${index}`, { startTime: 5000 - index }),
    );
  }

  /** Lets second pages wait until what is returned is called. */
  function holdSecondPages(): () => void {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    fixture.store.before = async ({ query: { pageToken } }) => {
      await (pageToken === '100' && held);
    };
    return () => release();
  }

  it('goes on following a store although something else is read while it refreshes', async () => {
    const { servers, store, table, told } = fixture;
    servers.watching = true;
    store.runs = [aRun('x')];
    await fixture.read();
    await until(() => waits() > 0);
    let held: Call | undefined;
    store.before = async (call) => {
      if (call.method === 'searchRuns' && held === undefined) {
        held = call;
        await new Promise((_, reject) => {
          call.signal.addEventListener('abort', () => reject(call.signal.reason as Error));
        });
      }
    };
    store.hasChanged();
    await until(() => held !== undefined);
    const before = waits();
    await fixture.read(finished);
    assert.equal(held?.signal.aborted, true);
    await until(() => waits() > before);
    store.change('x', { name: 'other' });
    store.hasChanged();
    await until(() => told.includes('0 other'));
    assert.equal(table.trouble, undefined);
  });

  it('shows a change that a store tells of while the table is read', async () => {
    const { servers, store, table, told } = fixture;
    servers.watching = true;
    fillTwoPages();
    store.change('r0', { status: 'RUNNING' });
    await fixture.read();
    await until(() => waits() > 0);
    const release = holdSecondPages();
    told.length = 0;
    await table.read(everything);
    await until(() => told.includes('0 run r0'));
    store.change('r0', { name: 'other' });
    const before = waits();
    store.hasChanged();
    await until(() => waits() > before);
    release();
    await until(() => told.includes('0 other'));
  });

  it('reads again what was changed while the table was read', async () => {
    fillTwoPages();
    const release = holdSecondPages();
    await fixture.table.read(finished);
    await until(() => fixture.told.includes('0 run r0'));
    fixture.store.change('r0', { name: 'other' });
    fixture.readAgain('r0');
    release();
    await until(() => fixture.told.includes('0 other'));
  });

  it('reads again later what was changed where that fails at first', async () => {
    const { store, table, told } = fixture;
    store.runs = [aRun('x')];
    await fixture.read();
    store.change('x', { name: 'other' });
    store.before = () => {
      throw new MlflowError('malformed', 'json');
    };
    fixture.readAgain('x');
    await until(() => table.trouble !== undefined);
    store.before = () => undefined;
    table.setVisible(true);
    await until(() => told.includes('0 other'));
  });

  it('brings an older run back whose deletion is undone', async () => {
    const { servers, table, told } = fixture;
    fillTwoPages();
    const reading = await fixture.read();
    const writes = servers.sessions.get('a')?.writes;
    const thing = { kind: 'run', experimentId: '1', id: 'r149', name: 'run r149' } as const;
    await writes?.delete([thing], control);
    fixture.readAgain('r149');
    await until(() => told.at(-1) === '149 gone');
    await writes?.restore([thing], control);
    await until(() => told.at(-1) === '149 run r149');
    assert.deepEqual([reading.progress.found, table.trouble], [150, undefined]);
  });

  it('lets a run that is still not found be gone', async () => {
    const { store, told, table } = fixture;
    store.runs = [aRun('x')];
    const [row] = (await fixture.read()).rows.all;
    store.runs = [];
    fixture.readAgain('x');
    await until(() => told.at(-1) === '0 gone');
    await settled();
    const { length } = store.calls;
    table.readAgain([row?.key ?? '']);
    await until(() => store.calls.length >= length + 2);
    await settled();
    assert.deepEqual(told, ['0 run x', '0 gone']);
  });

  for (const [how, watching] of [
    ['asked', false],
    ['read whole', true],
  ] as const) {
    it(`lets parents that the query leaves out go and come with a run below them, when ${how}`, async () => {
      const { servers, store, table, told } = fixture;
      servers.watching = watching;
      store.runs = [
        aRun('top', { status: 'FAILED' }),
        aChild('middle', 'top', { status: 'FAILED' }),
        aChild('leaf', 'middle'),
      ];
      const { rows } = await fixture.read(finished);
      await until(() => told.length === 3);
      const leaf = rows.row(0)?.key ?? '';
      store.change('leaf', { status: 'FAILED' });
      table.readAgain([leaf]);
      await until(() => told.length === 6);
      assert.deepEqual(told.slice(3).toSorted(), ['0 gone', '1 gone', '2 gone']);
      store.change('leaf', { status: 'FINISHED' });
      table.readAgain([leaf]);
      await until(() => told.length === 9);
      assert.deepEqual(told.slice(6), ['0 run leaf', '1 run middle', '2 run top']);
    });

    it(`keeps a run that the query finds no more above those that it finds, when ${how}`, async () => {
      const { servers, store, told } = fixture;
      servers.watching = watching;
      fillTwoPages();
      store.runs = [aRun('top'), aChild('leaf', 'top'), ...store.runs];
      const { rows } = await fixture.read(finished);
      store.change('top', { status: 'FAILED' });
      const isOutside = (): boolean | undefined => rows.row(0)?.outside;
      fixture.readAgain('top');
      await until(() => told.at(-1) === '0 run top' && isOutside() === true);
      store.change('top', { status: 'FINISHED' });
      fixture.readAgain('top');
      await until(() => isOutside() === false);
      assert.equal(rows.found, 152);
    });
  }
});
