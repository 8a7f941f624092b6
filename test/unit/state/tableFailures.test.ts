import assert from 'node:assert/strict';
import { MlflowError } from '../../../src/mlflow/errors';
import type { MetricHistory } from '../../../src/mlflow/model';
import { aRun, type FakeStore } from '../../support/fakeStore';
import { everything, TableFixture, until } from './tableFixture';

const { signal } = new AbortController();
const runs = (count: number): ReturnType<typeof aRun>[] =>
  Array.from({ length: count }, (_, index) => aRun(`r${index}`));

describe('a table of runs of which some cannot be read', () => {
  let fixture: TableFixture;

  afterEach(() => fixture.dispose());

  describe('of one server', () => {
    beforeEach(() => {
      fixture = new TableFixture();
    });

    function failWhereLarger(than: number): void {
      fixture.store.before = ({ method, query: { maxResults = 0 } }) => {
        if (method === 'searchRuns' && maxResults > than) {
          throw new MlflowError('malformed', 'tooLarge');
        }
      };
    }

    it('remembers how many runs were not too many', async () => {
      fixture.store.runs = runs(60);
      failWhereLarger(25);
      assert.equal((await fixture.read()).progress.found, 60);
      assert.deepEqual(fixture.pages, [100, 25, 25, 25]);
    });

    it('reads runs again in halves where an answer is too large', async () => {
      const { store, table, told } = fixture;
      store.runs = runs(60);
      await fixture.read();
      failWhereLarger(20);
      store.change('r50', { name: 'other' });
      fixture.readAgain(...store.runs.map(({ id }) => id));
      await until(() => told.includes('50 other'));
      assert.equal(table.trouble, undefined);
    });

    function answerSeries(answer: (runId: string) => number[]): void {
      (fixture.store as { sampledHistory: unknown }).sampledHistory = (
        runId: string,
      ): Promise<MetricHistory> =>
        Promise.resolve(runId).then((id) => {
          const values = new Float64Array(answer(id));
          return {
            key: 'm',
            steps: values,
            exactSteps: undefined,
            timestamps: values,
            values,
            complete: true,
          };
        });
    }

    it('finds extremes of the runs whose series can be read', async () => {
      const metrics = [{ key: 'm', value: 3, timestamp: 0, step: 2 }];
      fixture.store.runs = [aRun('x', { metrics }), aRun('y', { metrics })];
      const { rows } = await fixture.read();
      const failure = new MlflowError('malformed', 'json');
      const fail = (): never => {
        throw failure;
      };
      answerSeries((runId) => (runId === 'x' ? fail() : [Infinity, 1, 3, -Infinity]));
      assert.deepEqual(await fixture.table.extremes(rows.all, 'm', signal), [
        undefined,
        { min: 1, max: 3, exact: true },
      ]);
      await assert.rejects(fixture.table.extremes([rows.row(0)], 'm', signal), failure);
    });
  });

  describe('of two servers', () => {
    let other: FakeStore;

    beforeEach(() => {
      fixture = new TableFixture([
        { connection: 'a', experimentIds: ['1'] },
        { connection: 'b', experimentIds: ['1'] },
      ]);
      other = fixture.servers.storeOf('b');
    });

    const dead = (): never => {
      throw new MlflowError('unreachable', 'refused');
    };

    it('shows those of the one that answers, and why the others are missing', async () => {
      fixture.store.before = dead;
      other.runs = runs(300);
      const { progress } = await fixture.read();
      assert.deepEqual([progress.found, progress.standing], [300, 'failed']);
      assert.ok(progress.error instanceof MlflowError);
      other.before = dead;
      await assert.rejects(fixture.table.read(everything), MlflowError);
    });

    it('reads one to the end although the other fails meanwhile', async () => {
      fixture.store.runs = runs(150);
      fixture.store.before = ({ query }) => {
        if (query.pageToken !== undefined) {
          dead();
        }
      };
      other.runs = runs(300);
      const { progress } = await fixture.read();
      assert.deepEqual([progress.found, progress.standing], [400, 'failed']);
    });
  });
});
