import assert from 'node:assert/strict';
import { MlflowError } from '../../../src/mlflow/errors';
import type { MetricHistory } from '../../../src/mlflow/model';
import type { RunsTable } from '../../../src/state/runsTable';
import { FilterRefused, type TableReading } from '../../../src/state/tableReading';
import type { TableQuery } from '../../../src/state/tableQuery';
import { aChild, aRun, type FakeStore } from '../../support/fakeStore';
import { settled } from './comparisonFixture';
import { everything, finished, TableFixture, until } from './tableFixture';

describe('a table of runs', () => {
  let fixture: TableFixture;
  let table: RunsTable;
  let told: string[];

  beforeEach(() => {
    fixture = new TableFixture();
    ({ table, told } = fixture);
  });

  afterEach(() => fixture.dispose());

  const store = (): FakeStore => fixture.store;
  const read = (query?: TableQuery): Promise<TableReading> => fixture.read(query);

  it('reads all runs, few at first and many at a time then, each once', async () => {
    store().runs = Array.from({ length: 2300 }, (_, index) => aRun(`r${index}`));
    const { progress } = await read();
    assert.deepEqual([progress.found, progress.standing], [2300, 'complete']);
    assert.deepEqual(fixture.pages, [100, 1000, 1000, 1000]);
    assert.equal(new Set(told).size, 2300);
  });

  it('reads fewer at a time of runs that hold much', async () => {
    const metrics = Array.from({ length: 1200 }, (_, index) => {
      return { key: `m${index}`, value: 0, timestamp: 0, step: 0 };
    });
    store().runs = Array.from({ length: 201 }, (_, index) => aRun(`r${index}`, { metrics }));
    await read();
    assert.deepEqual(fixture.pages, [100, 100, 100]);
  });

  it('asks for less where an answer is too large', async () => {
    store().runs = [aRun('x'), aRun('y')];
    store().before = ({ method, query: { maxResults = 0 } }) => {
      if (method === 'searchRuns' && maxResults > 50) {
        throw new MlflowError('malformed', 'tooLarge');
      }
    };
    assert.equal((await read()).progress.found, 2);
    assert.deepEqual(fixture.pages, [100, 25]);
  });

  it('merges what several filters find', async () => {
    store().runs = [aRun('x'), aRun('y', { status: 'FAILED' }), aRun('z', { status: 'KILLED' })];
    const filters = ["status = 'FINISHED'", "attributes.run_id IN ('x', 'z')"];
    await read({ filters, view: 'active' });
    assert.deepEqual(told, ['0 run x', '1 run z']);
  });

  it('asks for runs that began since some time', async () => {
    await read({ filters: ["status = 'FAILED'"], view: 'all', startedSince: 5000 });
    const [call] = store().callsOf('searchRuns');
    assert.equal(call?.query.filter, "status = 'FAILED' AND attributes.start_time > 4999");
  });

  it('says which filter is refused, and goes on showing what it showed', async () => {
    store().runs = [aRun('x')];
    const before = await read();
    store().before = ({ query }) => {
      if (query.filter === 'attributes.bad = 1') {
        throw new MlflowError('rejected', 'invalid');
      }
    };
    const refused = table.read({ filters: ['', 'attributes.bad = 1'], view: 'active' });
    await assert.rejects(refused, (error) => error instanceof FilterRefused && error.filter === 1);
    assert.equal(table.current, before);
  });

  it('tells why nothing could be read, and keeps what was there when it fails later', async () => {
    store().before = () => {
      throw new MlflowError('unreachable', 'refused');
    };
    const first = await read();
    assert.equal(first.progress.standing, 'failed');
    await assert.rejects(table.read(everything), /unreachable/);
    assert.equal(table.current, first);
  });

  it('stops, with what has come', async () => {
    store().runs = Array.from({ length: 3000 }, (_, index) => aRun(`r${index}`));
    store().before = async ({ query: { pageToken } }) => {
      await (pageToken === '1100' && new Promise(() => undefined));
    };
    const reading = await table.read(everything);
    await until(() => reading.progress.found === 1100);
    table.stop();
    assert.equal(reading.progress.standing, 'stopped');
    assert.ok(store().calls.at(-1)?.signal.aborted);
    assert.equal(reading.rows.all.length, 1100);
  });

  it('gives up what it read when something else is to be read', async () => {
    store().before = async ({ query: { filter }, signal }) => {
      await (filter === undefined &&
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason as Error));
        }));
    };
    const first = assert.rejects(table.read(everything), { name: 'AbortError' });
    await settled();
    await Promise.all([first, read({ filters: ["status = 'FAILED'"], view: 'active' })]);
    assert.equal(store().callsOf('searchRuns')[0]?.signal.aborted, true);
  });

  it('waits with further pages while nobody looks', async () => {
    store().runs = Array.from({ length: 1200 }, (_, index) => aRun(`r${index}`));
    store().before = ({ query: { pageToken } }) => {
      table.setVisible(pageToken === undefined);
    };
    const reading = await table.read(everything);
    await until(() => reading.progress.found === 100);
    // It goes on by itself until it has to wait.
    await settled();
    assert.deepEqual(fixture.pages, [100, 1000]);
    table.setVisible(true);
    await until(() => reading.progress.standing === 'complete');
    assert.equal(reading.progress.found, 1200);
  });

  it('reads parents that the query leaves out, and says so', async () => {
    store().runs = [
      aRun('top', { status: 'FAILED' }),
      aChild('middle', 'top', { status: 'FAILED' }),
      aChild('leaf', 'middle'),
      aChild('orphan', 'nobody'),
    ];
    const reading = await read(finished);
    await until(() => reading.rows.all.length === 4);
    assert.deepEqual(
      reading.rows.all.map(({ run, outside }) => [run.id, outside]),
      [
        ['leaf', false],
        ['orphan', false],
        ['middle', true],
        ['top', true],
      ],
    );
    assert.equal(reading.progress.found, 2);
  });

  it('follows what is in progress, what is new and what is found no more', async () => {
    store().runs = [aRun('x', { status: 'RUNNING' }), aRun('y', { status: 'RUNNING' }), aRun('z')];
    await read();
    told.length = 0;
    store().change('x', { name: 'other' });
    store().change('y', { lifecycleStage: 'deleted' });
    store().runs = [...store().runs, aRun('w', { startTime: 9000 })];
    await until(() => told.length >= 3);
    assert.deepEqual(told, ['0 other', '1 gone', '3 run w']);
  });

  it('neither asks nor waits once nothing is in progress', async () => {
    store().runs = [aRun('x', { status: 'RUNNING' })];
    await read();
    store().change('x', { status: 'FINISHED' });
    await until(() => table.current?.rows.all[0]?.isLive === false);
    await settled();
    const { length } = store().calls;
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(store().calls.length, length);
  });

  it('keeps its rows when a refresh fails, and says so until one goes well', async () => {
    store().runs = [aRun('x', { status: 'RUNNING' })];
    const troubles: unknown[] = [];
    table.onDidChangeTrouble((error) => troubles.push(error));
    const reading = await read();
    store().before = () => {
      throw new MlflowError('unreachable', 'cut');
    };
    await until(() => troubles.length === 1);
    assert.ok(troubles[0] instanceof MlflowError);
    assert.deepEqual([reading.rows.all.length, reading.progress.standing], [1, 'complete']);
    store().before = () => undefined;
    await until(() => troubles.length === 2);
    assert.equal(troubles[1], undefined);
  });

  it('reads all again when a store that is read quickly tells of a change', async () => {
    fixture.servers.watching = true;
    store().runs = [aRun('x'), aRun('y')];
    await read();
    told.length = 0;
    await until(() => store().callsOf('nextChange').length > 0);
    store().runs = [aRun('x', { name: 'other' })];
    store().hasChanged();
    await until(() => told.length === 2);
    assert.deepEqual(told, ['0 other', '1 gone']);
  });

  it('answers from what it knows only where the query is the same', async () => {
    assert.equal(table.holds(everything), false);
    await read();
    assert.equal(table.holds({ filters: [''], view: 'active' }), true);
    assert.equal(table.holds({ filters: ['a = 1'], view: 'active' }), false);
  });

  it('finds extremes once, until there is another point', async () => {
    let asked = 0;
    const metrics = [{ key: 'm', value: 3, timestamp: 0, step: 2 }];
    store().runs = [aRun('x', { metrics }), aRun('y')];
    (store() as { sampledHistory: unknown }).sampledHistory = (): Promise<MetricHistory> => {
      asked++;
      const numbers = new Float64Array([Number.NaN, 5, -1, 3]);
      return Promise.resolve({
        key: 'm',
        steps: numbers,
        exactSteps: undefined,
        timestamps: numbers,
        values: numbers,
        complete: false,
      });
    };
    const reading = await read();
    const { signal } = new AbortController();
    const find = (): ReturnType<RunsTable['extremes']> =>
      table.extremes([reading.rows.row(0), reading.rows.row(1)], 'm', signal);
    assert.deepEqual(await find(), [{ min: -1, max: 5, exact: false }, undefined]);
    await find();
    assert.equal(asked, 1);
    store().change('x', { metrics: [{ key: 'm', value: 3, timestamp: 0, step: 4 }] });
    table.readAgain(reading.rows.all.map(({ key }) => key));
    await until(() => told.length === 3);
    await find();
    assert.equal(asked, 2);
  });
});
