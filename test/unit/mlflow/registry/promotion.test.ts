import assert from 'node:assert/strict';
import {
  promotionOf,
  promotionSteps,
  sameQuestion,
  type ArchiveExisting,
  type PromoteMode,
  type PromotionSettings,
} from '../../../../src/mlflow/registry/promotion';
import {
  afterStep,
  registryState,
  versionsIn,
  type RegistryState,
} from '../../../../src/mlflow/registry/registryState';
import { undoSteps } from '../../../../src/mlflow/registry/undoSteps';
import { aVersion } from '../../../support/fakeStore';
import { everyState } from './everyState';

const modes: readonly PromoteMode[] = ['auto', 'stage', 'alias'];
const archivings: readonly ArchiveExisting[] = ['ask', 'always', 'never'];
const everySetting: readonly PromotionSettings[] = modes.flatMap((mode) =>
  archivings.map((archiveExisting) => ({ mode, alias: 'production', archiveExisting })),
);
const usual: PromotionSettings = { mode: 'auto', alias: 'production', archiveExisting: 'ask' };

const carSeat = (aliases: Record<string, string> = {}): RegistryState =>
  registryState(
    { aliases: Object.entries(aliases).map(([alias, version]) => ({ alias, version })) },
    [
      aVersion('CarSeat', '4', { stage: 'Archived' }),
      aVersion('CarSeat', '3', { stage: 'Production' }),
      aVersion('CarSeat', '2', { stage: 'Staging' }),
      aVersion('CarSeat', '1'),
    ],
  );

describe('promoting a version', () => {
  it('offers to archive who is in production first, then to keep it, then the alias', () => {
    const { holders, aliasHolder, ways, asks } = promotionOf(carSeat(), '4', usual);
    assert.deepEqual([holders, aliasHolder, asks], [['3'], undefined, true]);
    assert.deepEqual(ways, [
      { stage: true, archive: true, alias: undefined },
      { stage: true, archive: false, alias: undefined },
      { stage: false, archive: false, alias: 'production' },
    ]);
  });

  it('moves stage and alias together where the alias is in use', () => {
    const { ways, asks } = promotionOf(carSeat({ production: '3' }), '4', usual);
    assert.deepEqual(ways[0], { stage: true, archive: true, alias: 'production' });
    assert.deepEqual([ways.length, asks], [4, true]);
    assert.deepEqual(
      promotionSteps('4', { stage: true, archive: true, alias: 'production' }).map((s) => s.kind),
      ['stage', 'setAlias'],
    );
  });

  it('asks nothing that the settings answer', () => {
    const always = promotionOf(carSeat(), '4', { ...usual, archiveExisting: 'always' });
    assert.deepEqual([always.asks, always.ways[0]?.archive], [false, true]);
    const never = promotionOf(carSeat(), '4', { ...usual, archiveExisting: 'never' });
    assert.deepEqual([never.asks, never.ways[0]?.archive], [false, false]);
    const byAlias = promotionOf(carSeat({ production: '3' }), '4', { ...usual, mode: 'alias' });
    assert.deepEqual([byAlias.asks, byAlias.ways[0]?.alias], [false, 'production']);
  });

  it('goes by the alias where a registry has no stages', () => {
    const state = registryState({ aliases: [] }, [aVersion('m', '1', { stage: '' })]);
    assert.deepEqual(promotionOf(state, '1', usual).ways, [
      { stage: false, archive: false, alias: 'production' },
    ]);
  });

  it('has no way for what is in production already, alone', () => {
    const { ways } = promotionOf(carSeat({ production: '3' }), '3', usual);
    assert.deepEqual(ways, []);
    const two = afterStep(carSeat(), {
      kind: 'stage',
      version: '4',
      stage: 'Production',
      archiveOthers: false,
    });
    const alone = promotionOf(two, '3', { ...usual, mode: 'stage' });
    assert.deepEqual(alone.ways, [{ stage: true, archive: true, alias: undefined }]);
    assert.equal(alone.asks, true);
  });

  it('is another question once somebody else is in production', () => {
    const first = promotionOf(carSeat(), '4', usual);
    const moved = afterStep(carSeat(), {
      kind: 'stage',
      version: '2',
      stage: 'Production',
      archiveOthers: true,
    });
    assert.equal(sameQuestion(first, promotionOf(carSeat(), '4', usual)), true);
    assert.equal(sameQuestion(first, promotionOf(moved, '4', usual)), false);
  });

  it('does, in every state and by every setting, what the way says, and no more', () => {
    let tried = 0;
    for (const before of everyState('production')) {
      for (const settings of everySetting) {
        const { ways } = promotionOf(before, '1', settings);
        for (const way of ways) {
          const after = promotionSteps('1', way).reduce(afterStep, before);
          if (way.stage) {
            assert.equal(after.stages.get('1'), 'Production');
          }
          if (way.archive) {
            assert.deepEqual(versionsIn(after, 'Production'), ['1']);
          }
          if (way.alias !== undefined) {
            assert.equal(after.aliases.get(way.alias), '1');
          }
          for (const version of ['2', '3']) {
            const was = before.stages.get(version);
            const archived = way.archive && was === 'Production';
            assert.equal(after.stages.get(version), archived ? 'Archived' : was);
          }
          tried++;
        }
      }
    }
    assert.ok(tried > 2000, String(tried));
  });

  it('is taken back whole, from wherever it stopped, in every state', () => {
    let tried = 0;
    for (const before of everyState('production')) {
      for (const settings of everySetting) {
        for (const way of promotionOf(before, '1', settings).ways) {
          const steps = promotionSteps('1', way);
          for (let made = 0; made <= steps.length; made++) {
            const now = steps.slice(0, made).reduce(afterStep, before);
            const { steps: back, left } = undoSteps(before, steps, now);
            assert.deepEqual(left, []);
            assert.deepEqual(back.reduce(afterStep, now), before);
            for (let undone = 0; undone <= back.length; undone++) {
              const halfBack = back.slice(0, undone).reduce(afterStep, now);
              const rest = undoSteps(before, steps, halfBack);
              assert.deepEqual(rest.steps.reduce(afterStep, halfBack), before);
            }
            tried++;
          }
        }
      }
    }
    assert.ok(tried > 5000, String(tried));
  });
});
