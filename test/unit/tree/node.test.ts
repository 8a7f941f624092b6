import assert from 'node:assert/strict';
import { experimentRow, modelRow } from '../../../src/tree/children';
import { everyRun } from '../../../src/state/runSelection';
import { sameNode, targetOf, type RunNode, type TreeNode } from '../../../src/tree/node';
import { aModel, anExperiment, aRun, aVersion } from '../../support/fakeStore';

const run: RunNode = {
  kind: 'run',
  id: 'run:a',
  run: aRun('a'),
  placeholder: false,
  watched: false,
  open: false,
  highlight: { by: 'metric', key: 'm' },
  color: 0,
};

describe('sameNode', () => {
  it('finds a row alike whose highlight was written anew', () => {
    assert.equal(sameNode(run, { ...run, highlight: { by: 'metric', key: 'm' } }), true);
  });

  const changes: Record<string, Partial<RunNode>> = {
    'another reading of the run': { run: aRun('a') },
    'a placeholder': { placeholder: true },
    'a watched run': { watched: true },
    'an open row': { open: true },
    'another metric': { highlight: { by: 'metric', key: 'n' } },
    'a param of the same name': { highlight: { by: 'param', key: 'm' } },
    'no highlight': { highlight: undefined },
    'another color': { color: 1 },
  };
  for (const [what, change] of Object.entries(changes)) {
    it(`sees ${what}`, () => {
      assert.equal(sameNode(run, { ...run, ...change }), false);
    });
  }

  it('compares other rows by what they hold', () => {
    const experiment = anExperiment('1');
    const row = experimentRow(experiment, false, everyRun);
    assert.equal(sameNode(row, experimentRow(experiment, false, everyRun)), true);
    assert.equal(sameNode(row, experimentRow(experiment, true, everyRun)), false);
    assert.equal(sameNode(row, modelRow(aModel('1'), 'production')), false);
  });
});

describe('targetOf', () => {
  const param: TreeNode = { kind: 'param', id: 'p', param: { key: 'k', value: 'v' } };
  const nan = { key: 'm', value: NaN, timestamp: 0, step: 0 };
  const version = aVersion('m', '3', { runId: 'r' });
  const cases: [string, TreeNode, unknown][] = [
    ['a run', run, { kind: 'run', experimentId: '1', runId: 'a' }],
    ['a param', param, { kind: 'value', text: 'v' }],
    ['a metric in full', { kind: 'metric', id: 'm', metric: nan }, { kind: 'value', text: 'NaN' }],
    ['a model', modelRow(aModel('m'), 'production'), { kind: 'model', name: 'm' }],
    [
      'a version with its run',
      { kind: 'version', id: 'v', version, aliases: '', production: false },
      { kind: 'version', name: 'm', version: '3', runId: 'r' },
    ],
    [
      'the list of a failure',
      { kind: 'error', id: 'e', of: { list: 'models' }, error: 0, rowsFrom: undefined },
      { kind: 'list', of: { list: 'models' } },
    ],
    [
      'the list to read on',
      { kind: 'loadMore', id: 'l', of: { list: 'experiments' }, loaded: 3 },
      { kind: 'list', of: { list: 'experiments' } },
    ],
    ['nothing for an empty list', { kind: 'empty', id: 'e', why: 'noRuns' }, undefined],
  ];
  for (const [what, node, target] of cases) {
    it(`is ${what}`, () => {
      assert.deepEqual(targetOf(node), target);
    });
  }
});
