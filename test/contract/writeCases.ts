import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Run } from '../../src/mlflow/model';
import type { TrackingStore, ViewType } from '../../src/mlflow/trackingStore';
import { failure } from '../support/failure';
import { makeRun } from '../support/makeRun';

const never = new AbortController().signal;
const odd = '<img src=x onerror=alert(1)> 실험 "q" \'s\' \\ %_ 😀';

/** A server that may be written to as one likes. */
export interface WriteServer {
  readonly url: () => string;
  readonly store: () => TrackingStore;
}

/** What every real server has to make of our writes. */
export function describeWrites({ url, store }: WriteServer): void {
  const createRun = (experimentId: string, name: string): Promise<string> =>
    makeRun(url(), experimentId, { name });
  const fresh = (): Promise<string> => store().createExperiment(randomUUID(), never);
  const outcome = async (asked: Promise<unknown>): Promise<string> => {
    const { kind, reason } = await failure(asked);
    return `${kind} ${reason}`;
  };
  const tagsOf = async (id: string): Promise<Record<string, string>> => {
    const { tags } = await store().getRun(id, never);
    return Object.fromEntries(tags.map(({ key, value }) => [key, value]));
  };
  const runsIn = async (experimentId: string, view: ViewType): Promise<readonly Run[]> => {
    const query = { experimentIds: [experimentId], view, maxResults: 10 };
    return (await store().searchRuns(query, never)).items;
  };

  describe('experiments', () => {
    it('are created and renamed, whatever the name holds', async () => {
      const name = `${randomUUID()} ${odd}`;
      const id = await store().createExperiment(name, never);
      assert.equal((await store().getExperiment(id, never)).name, name);
      await store().renameExperiment(id, `${name}, renamed`, never);
      assert.equal((await store().getExperiment(id, never)).name, `${name}, renamed`);
      const again = await store().createExperiment(name, never);
      assert.notEqual(again, id);
    });

    it('cannot have a name that is taken, by a deleted one either', async () => {
      const name = randomUUID();
      const id = await store().createExperiment(name, never);
      const other = await fresh();
      for (const stage of ['active', 'deleted']) {
        const error = await failure(store().createExperiment(name, never));
        assert.deepEqual([error.kind, error.reason], ['rejected', 'invalid'], stage);
        assert.equal(error.detail.errorCode, 'RESOURCE_ALREADY_EXISTS');
        assert.equal(
          await outcome(store().renameExperiment(other, name, never)),
          'rejected invalid',
        );
        assert.notEqual((await store().getExperiment(other, never)).name, name);
        if (stage === 'active') await store().deleteExperiment(id, never);
      }
    });

    it('may have a name that differs in case alone', async () => {
      const name = randomUUID();
      const [upper, lower] = [
        await store().createExperiment(`${name} A`, never),
        await store().createExperiment(`${name} a`, never),
      ];
      assert.notEqual(upper, lower);
    });

    it('go with their runs and come back with them', async () => {
      const id = await fresh();
      await createRun(id, 'one');
      await store().deleteExperiment(id, never);
      assert.equal((await store().getExperiment(id, never)).lifecycleStage, 'deleted');
      assert.deepEqual(await runsIn(id, 'active'), []);
      await store().restoreExperiment(id, never);
      assert.equal((await store().getExperiment(id, never)).lifecycleStage, 'active');
      assert.deepEqual(
        (await runsIn(id, 'active')).map(({ name }) => name),
        ['one'],
      );
    });

    it('bring back runs that were deleted before them, too', async () => {
      const id = await fresh();
      const run = await createRun(id, 'one');
      await store().deleteRun(run, never);
      await store().deleteExperiment(id, never);
      await store().restoreExperiment(id, never);
      assert.equal((await store().getRun(run, never)).lifecycleStage, 'active');
    });

    it('cannot be changed once they are deleted', async () => {
      const id = await fresh();
      await store().deleteExperiment(id, never);
      const name = randomUUID();
      const refused = [
        await outcome(store().renameExperiment(id, name, never)),
        await outcome(store().setExperimentTag(id, 'a', 'b', never)),
        await outcome(store().deleteExperiment(id, never)),
      ];
      assert.deepEqual(refused, ['rejected invalid', 'rejected invalid', 'notFound missing']);
    });

    it('keep a long description, and say how it is', async () => {
      const id = await fresh();
      const note = '# 설명\n'.repeat(800);
      await store().setExperimentTag(id, 'mlflow.note.content', note, never);
      const { tags } = await store().getExperiment(id, never);
      assert.equal(tags.find(({ key }) => key === 'mlflow.note.content')?.value, note);
    });
  });

  describe('runs', () => {
    let id: string;
    beforeEach(async () => {
      id = await createRun(await fresh(), 'first');
    });

    it('are renamed, by the tag of that name as well', async () => {
      await store().renameRun(id, odd, never);
      assert.equal((await store().getRun(id, never)).name, odd);
      assert.equal((await tagsOf(id))['mlflow.runName'], odd);
      await store().setRunTag(id, 'mlflow.runName', 'by tag', never);
      assert.equal((await store().getRun(id, never)).name, 'by tag');
    });

    it('get tags, other ones, and lose them', async () => {
      await store().setRunTag(id, 'team', odd, never);
      assert.equal((await tagsOf(id))['team'], odd);
      await store().setRunTag(id, 'team', '', never);
      assert.equal((await tagsOf(id))['team'], '');
      await store().deleteRunTag(id, 'team', never);
      assert.equal((await tagsOf(id))['team'], undefined);
      assert.equal(await outcome(store().deleteRunTag(id, 'team', never)), 'notFound missing');
    });

    it('have descriptions cut at 8,000 characters without a word', async () => {
      await store().setRunTag(id, 'mlflow.note.content', '글'.repeat(9_000), never);
      assert.equal((await tagsOf(id))['mlflow.note.content']?.length, 8_000);
    });

    it('are deleted and restored', async () => {
      await store().deleteRun(id, never);
      assert.equal((await store().getRun(id, never)).lifecycleStage, 'deleted');
      await store().restoreRun(id, never);
      assert.equal((await store().getRun(id, never)).lifecycleStage, 'active');
    });

    it('cannot be changed once they are deleted', async () => {
      await store().deleteRun(id, never);
      const refused = [
        await outcome(store().setRunTag(id, 'a', 'b', never)),
        await outcome(store().deleteRunTag(id, 'a', never)),
        await outcome(store().renameRun(id, 'b', never)),
      ];
      assert.deepEqual(
        refused,
        refused.map(() => 'rejected invalid'),
      );
    });

    it('are deleted and restored once more without a complaint', async () => {
      await store().restoreRun(id, never);
      await store().deleteRun(id, never);
      await store().deleteRun(id, never);
      assert.equal((await store().getRun(id, never)).lifecycleStage, 'deleted');
    });

    it('refuse a key that MLflow does not allow, and say why', async () => {
      const error = await failure(store().setRunTag(id, 'a=b', 'c', never));
      assert.deepEqual([error.kind, error.reason], ['rejected', 'invalid']);
      assert.match(error.detail.serverMessage ?? '', /Invalid value "?a=b|Names may only contain/);
    });
  });

  describe('new runs', () => {
    const tags = [
      { key: 'mlflow.user', value: 'kim' },
      { key: 'team', value: odd },
    ] as const;
    const begin = async (name = odd): Promise<Run> =>
      store().createRun(await fresh(), { name, startTime: 1234, tags }, never);

    it('are in progress, with the name, the time, the tags and the user that they were given', async () => {
      const { id } = await begin();
      const run = await store().getRun(id, never);
      assert.deepEqual(
        [run.name, run.status, run.startTime, run.endTime, run.userId],
        [odd, 'RUNNING', 1234, undefined, 'kim'],
      );
      const now = await tagsOf(id);
      assert.deepEqual([now['mlflow.user'], now['team']], ['kim', odd]);
    });

    it('get a name where they have none', async () => {
      const { name, id } = await begin('');
      assert.ok(name !== '' && name !== id);
    });

    it('end as they are said to', async () => {
      const { id } = await begin();
      await store().endRun(id, 'KILLED', 5678, never);
      const { status, endTime } = await store().getRun(id, never);
      assert.deepEqual([status, endTime], ['KILLED', 5678]);
      await store().reopenRun(id, never);
      assert.equal((await store().getRun(id, never)).status, 'RUNNING');
    });

    it('get params of any text up to 6,000 characters, however many', async () => {
      const { id } = await begin();
      const values = ['', ' -x ', odd, 'a\nb', '글'.repeat(6_000)];
      const params = Array.from({ length: 230 }, (_, n) => ({
        key: `p ${n}`,
        value: values[n % values.length] ?? '',
      }));
      await store().logParams(id, params, never);
      await store().logParam(id, 'one', 'more', never);
      const { params: there } = await store().getRun(id, never);
      const byKey = new Map(there.map(({ key, value }) => [key, value]));
      assert.deepEqual(
        [...params, { key: 'one', value: 'more' }].filter((p) => byKey.get(p.key) !== p.value),
        [],
      );
    });

    it('keep the value that a param has, and say so to who logs another', async () => {
      const { id } = await begin();
      await store().logParam(id, 'claim.1.0', 'a', never);
      await store().logParam(id, 'claim.1.0', 'a', never);
      for (const asked of [
        store().logParam(id, 'claim.1.0', 'b', never),
        store().logParams(id, [{ key: 'claim.1.0', value: 'b' }], never),
      ]) {
        assert.equal(await outcome(asked), 'rejected paramTaken');
      }
    });
  });

  it('says of what is not there that it is not', async () => {
    const asked = [
      store().renameExperiment('987654', 'a', never),
      store().deleteExperiment('987654', never),
      store().restoreExperiment('987654', never),
      store().setExperimentTag('987654', 'a', 'b', never),
      store().renameRun('nosuch', 'a', never),
      store().deleteRun('nosuch', never),
      store().restoreRun('nosuch', never),
      store().setRunTag('nosuch', 'a', 'b', never),
      store().deleteRunTag('nosuch', 'a', never),
      store().createRun('987654', { name: 'a', startTime: 1, tags: [] }, never),
      store().logParam('nosuch', 'a', 'b', never),
      store().logParams('nosuch', [{ key: 'a', value: 'b' }], never),
      store().endRun('nosuch', 'KILLED', 1, never),
    ];
    const outcomes = await Promise.all(asked.map(outcome));
    assert.deepEqual(
      outcomes,
      asked.map(() => 'notFound missing'),
    );
  });
}
