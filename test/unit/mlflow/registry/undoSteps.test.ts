import assert from 'node:assert/strict';
import {
  afterStep,
  registryState,
  type RegistryState,
  type RegistryStep,
} from '../../../../src/mlflow/registry/registryState';
import { undoSteps } from '../../../../src/mlflow/registry/undoSteps';
import { aVersion } from '../../../support/fakeStore';

const before = registryState({ aliases: [{ alias: 'production', version: '3' }] }, [
  aVersion('m', '4', { stage: 'Staging' }),
  aVersion('m', '3', { stage: 'Production' }),
  aVersion('m', '2'),
]);
const steps: readonly RegistryStep[] = [
  { kind: 'stage', version: '4', stage: 'Production', archiveOthers: true },
  { kind: 'setAlias', alias: 'production', version: '4' },
];
const goal = steps.reduce(afterStep, before);

const without = (state: RegistryState, version: string): RegistryState => ({
  ...state,
  stages: new Map([...state.stages].filter(([each]) => each !== version)),
});

describe('taking a promotion back', () => {
  it('brings the old version back before the new one goes', () => {
    assert.deepEqual(undoSteps(before, steps, goal), {
      steps: [
        { kind: 'stage', version: '3', stage: 'Production', archiveOthers: false },
        { kind: 'stage', version: '4', stage: 'Staging', archiveOthers: false },
        { kind: 'setAlias', alias: 'production', version: '3' },
      ],
      left: [],
    });
  });

  it('never asks a server to archive out of a stage that it refuses that for', () => {
    const back: RegistryStep = { kind: 'stage', version: '4', stage: 'None', archiveOthers: false };
    const none = afterStep(before, back);
    const [first] = undoSteps(
      none,
      steps.slice(0, 1),
      steps.slice(0, 1).reduce(afterStep, none),
    ).steps.filter((step) => step.kind === 'stage' && step.version === '4');
    assert.deepEqual(first, back);
  });

  it('deletes an alias that was not there before', () => {
    const bare = { ...before, aliases: new Map<string, string>() };
    const undone = undoSteps(bare, steps.slice(1), afterStep(bare, steps[1] as RegistryStep));
    assert.deepEqual(undone.steps, [{ kind: 'deleteAlias', alias: 'production' }]);
  });

  it('brings an alias back that was deleted', () => {
    const step: RegistryStep = { kind: 'deleteAlias', alias: 'production' };
    assert.deepEqual(undoSteps(before, [step], afterStep(before, step)).steps, [
      { kind: 'setAlias', alias: 'production', version: '3' },
    ]);
  });

  it('leaves alone what somebody else has changed since, and says so', () => {
    const now = afterStep(
      afterStep(goal, { kind: 'stage', version: '3', stage: 'Staging', archiveOthers: false }),
      { kind: 'setAlias', alias: 'production', version: '2' },
    );
    assert.deepEqual(undoSteps(before, steps, now), {
      steps: [{ kind: 'stage', version: '4', stage: 'Staging', archiveOthers: false }],
      left: ['3', '@production'],
    });
  });

  it('puts nobody beside a version that somebody else has promoted since', () => {
    const now = afterStep(goal, {
      kind: 'stage',
      version: '2',
      stage: 'Production',
      archiveOthers: true,
    });
    assert.deepEqual(undoSteps(before, steps.slice(0, 1), now), { steps: [], left: ['4', '3'] });
  });

  it('brings back what was archived by hand, whoever is in its stage now', () => {
    const step: RegistryStep = {
      ...{ kind: 'stage', version: '3', stage: 'Archived', archiveOthers: false },
    };
    const other: RegistryStep = { ...step, version: '2', stage: 'Production' };
    const now = afterStep(afterStep(before, step), other);
    assert.deepEqual(undoSteps(before, [step], now), {
      steps: [{ kind: 'stage', version: '3', stage: 'Production', archiveOthers: false }],
      left: [],
    });
  });

  it('leaves alone what is gone, and says so', () => {
    const { steps: back, left } = undoSteps(before, steps, without(goal, '3'));
    assert.deepEqual(
      back.map(({ kind }) => kind),
      ['stage'],
    );
    assert.deepEqual(left, ['3', '@production']);
  });

  it('has nothing to do where nothing was done', () => {
    assert.deepEqual(undoSteps(before, steps, before), { steps: [], left: [] });
  });
});
