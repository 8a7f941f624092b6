import assert from 'node:assert/strict';
import { isSweepFile } from '../../../../../src/server/service/sweep/isSweepFile';
import { documentOf, serviceContext } from '../../../../support/serviceContext';

const project = 'entry_points:\n  main:\n    parameters: {lr: float}\n    command: "x {lr}"\n';
const form = 'method: grid\nparameters:\n  lr: {values: [1, 2]}\n';
const grid = 'lr: [0.1, 0.01]\n';

interface Case {
  readonly name: string;
  readonly text: string;
  readonly inProject?: boolean;
  readonly setting?: string;
}

function isSweep({ name, text, inProject = false, setting = '' }: Case): Promise<boolean> {
  const files: Record<string, string> = inProject ? { mlPROJECT: project } : {};
  return isSweepFile(documentOf(text, name), serviceContext(files, { sweepFiles: setting }));
}

describe('A sweep file', () => {
  const sweeps: [why: string, file: Case][] = [
    ['has the form under any name', { name: 'other.yml', text: form }],
    ['is a plain grid called config.yaml', { name: 'config.yaml', text: grid }],
    ['is a plain grid called sweep.yaml', { name: 'sweep.yaml', text: grid }],
    ['is named by the setting', { name: 'x.yaml', text: 'a: 1\n', setting: '*x.yaml' }],
    [
      'is named by a glob with folders',
      { name: 'b/x.yaml', text: '', setting: '**/b/*.{yaml,yml}' },
    ],
    ['is an empty config.yaml in a project', { name: 'config.yaml', text: '', inProject: true }],
    [
      'has values for a parameter of the project',
      { name: 'config.yaml', text: 'lr: [1]\ny: 2\n', inProject: true },
    ],
    [
      'has no value yet for a parameter of the project',
      { name: 'config.yaml', text: 'lr: []\n', inProject: true },
    ],
    [
      'is half a form in a project',
      { name: 'config.yaml', text: 'method: grid\n', inProject: true },
    ],
    [
      'is a misspelt form in a project',
      { name: 'config.yaml', text: 'method: gird\nparamters: {}\n', inProject: true },
    ],
    [
      'has a domain in a project',
      { name: 'config.yaml', text: 'parameters: {lr: {min: 1}}\nx: 1\n', inProject: true },
    ],
    ['is any sweep.yaml in a project', { name: 'sweep.yaml', text: 'x: y\n', inProject: true }],
  ];
  for (const [why, file] of sweeps) {
    it(why, async () => {
      assert.equal(await isSweep(file), true);
    });
  }

  const others: [why: string, file: Case][] = [
    ['a grid under another name', { name: 'other.yaml', text: grid }],
    ['a config.yaml with other things', { name: 'config.yaml', text: 'server: {port: 1}\nx: 1\n' }],
    [
      'the same in a project',
      { name: 'config.yaml', text: 'server: {port: 1}\n', inProject: true },
    ],
    [
      'the settings of a script',
      { name: 'config.yaml', text: 'lr: 0.1\nlayers: [64, 32]\nseed: 1\n', inProject: true },
    ],
    [
      'nested settings of a script',
      { name: 'config.yaml', text: 'lr: [0.1, 0.2]\nmodel: {depth: 1}\n', inProject: true },
    ],
    ['a single setting', { name: 'config.yaml', text: 'seed: 42\n', inProject: true }],
    [
      'parameters with values',
      { name: 'config.yaml', text: 'parameters: {lr: 0.1}\n', inProject: true },
    ],
    [
      'a method of training',
      { name: 'config.yaml', text: 'method: random\nsize: 3\n', inProject: true },
    ],
    [
      'a metric of training',
      { name: 'config.yaml', text: 'metric: {name: loss}\n', inProject: true },
    ],
    ['an empty config.yaml elsewhere', { name: 'config.yaml', text: '' }],
    ['lists of single things', { name: 'config.yaml', text: 'plugins: [a]\n' }],
    [
      'lists of mappings',
      { name: 'config.yaml', text: 'servers: [{a: 1}, {b: 2}]\n', inProject: true },
    ],
    [
      'a method of something else',
      { name: 'job.yaml', text: 'method: POST\nparameters: {a: {}}\n' },
    ],
    ['what is no YAML file', { name: 'sweep.txt', text: form }],
    ['what the setting does not name', { name: 'a.yaml', text: '', setting: 'b.yaml' }],
  ];
  for (const [why, file] of others) {
    it(`is not ${why}`, async () => {
      assert.equal(await isSweep(file), false);
    });
  }
});
