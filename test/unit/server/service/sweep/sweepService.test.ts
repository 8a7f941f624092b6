import assert from 'node:assert/strict';
import { sweepService } from '../../../../../src/server/service/sweep/sweepService';
import { Answers } from '../../../../support/serviceAnswers';
import { documentOf, serviceContext } from '../../../../support/serviceContext';

const project = `entry_points:
  main:
    parameters:
      alpha: float
      epochs: {type: int, default: 3}
    command: "python train.py {alpha} {epochs}"
  check:
    parameters: {depth: int}
    command: "x {depth}"
`;
const files = { MLproject: project, 'train.py': '' };
const answers = (marked: string): Answers => new Answers(sweepService, marked, files, 'sweep.yaml');
const formKeys = [
  'name',
  'description',
  'method',
  'metric',
  'parameters',
  'run_cap',
  'early_terminate',
  'entry_point',
  'program',
  'seed',
  'parallelism',
  'backend',
];

describe('Completion in a sweep file', () => {
  const lists: [marked: string, labels: string[]][] = [
    ['|', ['alpha', 'epochs', ...formKeys]],
    ['al|', ['alpha', 'epochs', ...formKeys]],
    ['alpha: [1]\n|', ['epochs']],
    ['method: grid\n|', formKeys.filter((key) => key !== 'method')],
    ['method: |', ['grid', 'random', 'bayes']],
    ['method: grid\nmetric:\n  |', ['name', 'goal', 'target']],
    ['method: grid\nmetric: {goal: |', ['minimize', 'maximize']],
    ['method: grid\nparameters:\n  |', ['alpha', 'epochs']],
    ['method: grid\nparameters:\n  alpha: {value: 1}\n  |', ['epochs']],
    ['method: grid\nentry_point: check\nparameters:\n  |', ['depth']],
    [
      'method: grid\nparameters:\n  alpha:\n    |',
      ['values', 'value', 'probabilities', 'min', 'max', 'distribution', 'q', 'mu', 'sigma'],
    ],
    ['method: grid\nentry_point: |', ['main', 'check']],
    ['method: grid\nprogram: |', ['train.py']],
    ['method: grid\nearly_terminate:\n  type: |', ['hyperband']],
    ['alpha: [|', []],
  ];
  for (const [marked, labels] of lists) {
    it(`offers ${labels.join(', ') || 'nothing'} in ${JSON.stringify(marked)}`, async () => {
      assert.deepEqual((await answers(marked).labels()).sort(), [...labels].sort());
    });
  }

  it('writes a list, or a mapping with one', async () => {
    assert.equal(await answers('al|').taken('alpha'), 'alpha: [|]');
    assert.equal(
      await answers('method: grid\nparameters:\n  |').taken('alpha'),
      'method: grid\nparameters:\n  alpha:\n    values: [|]',
    );
  });
});

describe('Hover in a sweep file', () => {
  const cases: [marked: string, expected: RegExp][] = [
    [
      'al|pha: [1, 2]\nepochs: [1, 2, 3]\n',
      /Parameter `alpha`: `float`[^]*2 values[^]*6 runs: 2 × 3/,
    ],
    ['x|y: [1]\n', /^Parameter `xy`\n\n[^]*1 value\.[^]*1 run\./],
    ['met|hod: random\nrun_cap: 4\nparameters: {alpha: {min: 0, max: 1}}\n', /4 runs, by random/],
    ['method: ran|dom\nparameters: {alpha: {min: 0, max: 1}}\n', /^`random`: Values drawn/],
    [
      'method: grid\nrun_|cap: 1\nparameters: {alpha: {values: [1, 2]}}\n',
      /1 run of 2 combinations/,
    ],
    ['method: grid\nparameters: {alpha: {val|ues: [1, 2]}}\n', /^The values to try/],
    ['method: grid\nparameters: {al|pha: {values: [1, 2]}}\n', /2 values[^]*2 runs/],
  ];
  for (const [marked, expected] of cases) {
    it(`says ${expected.source} in ${JSON.stringify(marked)}`, async () => {
      assert.match(await answers(marked).hover(), expected);
    });
  }
});

describe('A sweep file', () => {
  const text = 'method: grid\nentry_point: main\nparameters:\n  alpha:\n    values: [1, 2]\n';
  const document = documentOf(text, 'sweep.yaml');

  it('shows the number of runs, and a way to launch them where the client has one', async () => {
    const titles = async (lensCommands: string[]): Promise<(string | undefined)[]> =>
      (await sweepService.lenses?.(document, serviceContext(files, { lensCommands })))?.map(
        ({ command }) => command?.title,
      ) ?? [];
    assert.deepEqual(await titles([]), ['2 runs']);
    assert.deepEqual(await titles(['mlflow.launchSweep']), ['Launch Sweep…', '2 runs']);
  });

  it('links to the MLproject', async () => {
    const links = await sweepService.links?.(document, serviceContext(files));
    assert.deepEqual(
      links?.map(({ target }) => target),
      ['file:///p/MLproject'],
    );
  });

  it('has its parameters as symbols', async () => {
    const symbols = await sweepService.symbols?.(document, serviceContext(files));
    assert.deepEqual(
      symbols?.map(({ name, detail }) => [name, detail]),
      [['alpha', '1, 2']],
    );
  });
});
