import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { diagnoseSweep, fixSweep } from '../../../../../src/server/service/sweep/diagnoseSweep';
import { documentOf, serviceContext } from '../../../../support/serviceContext';

const project = `name: demo
entry_points:
  main:
    parameters:
      alpha: float
      epochs: {type: int, default: 3}
      data: {type: path, default: data.csv}
      where: {type: uri, default: "s3://bucket"}
      note: {default: ""}
    command: "python train.py {alpha} {epochs} {data} {where} {note}"
  check:
    parameters: {depth: int}
    command: "python check.py {depth}"
`;
const files = { MLproject: project, 'data.csv': '', 'train.py': '' };
const severities = ['', 'error', 'warning', 'information', 'hint'];

/** `severity code [the text it is about]`, sorted by place. */
async function found(text: string, inProject = true, sweepRuns = 1000): Promise<string[]> {
  const document = documentOf(text, 'sweep.yaml');
  const context = serviceContext(inProject ? files : {}, { sweepRuns });
  const diagnostics = await diagnoseSweep(document, context);
  return diagnostics.map(
    ({ severity, code, range }) =>
      `${severities[severity ?? 0]} ${code} [${document.getText(range)}]`,
  );
}

async function fixed(text: string): Promise<string[]> {
  const document = documentOf(text, 'sweep.yaml');
  const range = { start: document.positionAt(0), end: document.positionAt(text.length) };
  const actions = await fixSweep(document, { range, diagnostics: [] }, serviceContext(files));
  return actions.map(({ edit }) =>
    TextDocument.applyEdits(document, edit?.changes?.[document.uri] ?? []),
  );
}

describe('What is wrong with a sweep file', () => {
  const cases: [text: string, expected: string[]][] = [
    ['alpha: [0.1, 0.01]\n', []],
    ['alpha: [0.1]\nepochs: [1, 2]\ndata: [data.csv]\nwhere: ["file:///x"]\n', []],
    ['', []],
    ['- alpha\n', ['error sweep-shape [- alpha]']],
    ['alpha: 0.1\n', ['error sweep-shape [0.1]']],
    ['alpha:\n', ['error sweep-shape [alpha]']],
    ['alpha: [0.1, [1], {b: 1}]\n', ['error sweep-shape [[1]]', 'error sweep-shape [{b: 1}]']],
    ['alpha: []\n', ['error sweep-no-values [[]]']],
    ['alpha: [0.1, 0.1]\n', ['warning sweep-duplicate-value [0.1]']],
    ['alpha: [0.1, 0.10]\n', ['warning sweep-duplicate-value [0.10]']],
    ['alpha: [0.1]\nalpha: [0.2]\n', ['warning sweep-duplicate-key [alpha]']],
    ['alpha: [1e-3]\n', ['hint sweep-reading [1e-3]']],
    ['alpha: ["1e-3"]\n', []],
    ['alpha: [1]\nnote: [yes, true]\n', ['information sweep-reading [yes]']],
    ['alpha: [1]\nepochs: [010, 0]\n', ['information sweep-reading [010]']],
    [
      'alpha: [1]\nepochs: [1:30]\n',
      ['information sweep-reading [1:30]', 'warning sweep-type [1:30]'],
    ],
    ['alpha: [1]\nnote: [~]\n', ['warning sweep-reading [~]']],
    ['alpha: [x]\n', ['warning sweep-type [x]']],
    ['alpha: [1]\nepochs: [2.5]\n', ['warning sweep-type [2.5]']],
    ['alpha: [1]\ndata: [none.csv]\n', ['error sweep-type [none.csv]']],
    ['alpha: [1]\ndata: ["s3://b/x"]\n', []],
    ['alpha: [1]\nwhere: [here]\n', ['error sweep-type [here]']],
    ['alpha: [1]\nepoch: [1]\n', ['warning sweep-unknown-parameter [epoch]']],
    ['epochs: [1]\n', ['error sweep-missing-parameter [epochs]']],
    ['method: grid\nparameters:\n  alpha: {values: [1, 2]}\n', []],
    ['method: grd\nparameters:\n  alpha: {value: 1}\n', ['error sweep-choice [grd]']],
    [
      'method: random\nparameters:\n  alpha: {min: 0, max: 1.0}\n',
      ['warning sweep-endless [method]'],
    ],
    ['method: random\nrun_cap: 5\nparameters:\n  alpha: {min: 0, max: 1.0}\n', []],
    [
      'method: random\nrun_cap: 0\nparameters:\n  alpha: {values: [1]}\n',
      ['error sweep-number [0]', 'warning sweep-endless [method]'],
    ],
    [
      'method: bayes\nrun_cap: 5\nparameters:\n  alpha: {min: 0, max: 1.0}\n',
      ['error sweep-no-metric [bayes]'],
    ],
    [
      'method: bayes\nmetric: {name: loss, goal: minimise}\nrun_cap: 5\nparameters:\n  alpha: {min: 0, max: 1.0}\n',
      ['error sweep-choice [minimise]'],
    ],
    [
      'method: bayes\nmetric: {goal: minimize}\nrun_cap: 5\nparameters:\n  alpha: {min: 0, max: 1.0}\n',
      ['error sweep-no-metric [metric]'],
    ],
    [
      'method: grid\nparameters:\n  alpha: {min: 0, max: 1.0}\n',
      ['error sweep-bounds [alpha]', 'warning sweep-endless [method]'],
    ],
    ['method: grid\nparameters:\n  alpha: {min: 0, max: 10}\n', []],
    ['method: grid\nparameters:\n  alpha: {min: 3, max: 1}\n', ['error sweep-bounds [1]']],
    ['method: grid\nparameters:\n  alpha: {min: 3}\n', ['error sweep-no-values [alpha]']],
    ['method: grid\nparameters:\n  alpha: {}\n', ['error sweep-no-values [alpha]']],
    [
      'method: grid\nparameters:\n  alpha: {value: 1, values: [1]}\n',
      ['error sweep-bounds [values]'],
    ],
    ['method: grid\nparameters:\n  alpha: {values: 1}\n', ['error sweep-shape [1]']],
    ['method: grid\nparameters:\n  alpha: 1\n', ['error sweep-shape [1]']],
    [
      'method: random\nrun_cap: 1\nparameters:\n  alpha: {min: x, max: 1}\n',
      ['error sweep-number [x]'],
    ],
    [
      'method: random\nrun_cap: 1\nparameters:\n  alpha: {min: 0, max: 1, distribution: log_uniform_values}\n',
      ['error sweep-bounds [0]'],
    ],
    [
      'method: random\nrun_cap: 1\nparameters:\n  alpha: {values: [1, 2], probabilities: [1]}\n',
      ['error sweep-bounds [[1]]'],
    ],
    [
      'method: random\nrun_cap: 1\nparameters:\n  alpha: {value: 1}\n  epochs: {min: 0.5, max: 1}\n',
      ['warning sweep-type [epochs]'],
    ],
    ['methd: grid\nparameters:\n  alpha: {value: 1}\n', ['warning sweep-unknown-key [methd]']],
    [
      'method: grid\nproject: x\nparameters:\n  alpha: {value: 1}\n',
      ['hint sweep-unknown-key [project]'],
    ],
    [
      'method: grid\nparameters:\n  alpha: {valeus: [1], value: 1}\n',
      ['warning sweep-unknown-key [valeus]'],
    ],
    ['method: grid\nentry_point: check\nparameters:\n  depth: {value: 1}\n', []],
    [
      'method: grid\nentry_point: chek\nparameters:\n  depth: {value: 1}\n',
      ['error sweep-unknown-entry-point [chek]'],
    ],
    ['method: grid\nentry_point: other.py\nparameters:\n  depth: {value: 1}\n', []],
    [
      'method: grid\nparallelism: many\nparameters:\n  alpha: {value: 1}\n',
      ['error sweep-number [many]'],
    ],
    [
      'method: grid\nearly_terminate: {type: hyperband}\nparameters:\n  alpha: {value: 1}\n',
      ['error sweep-bounds [early_terminate]'],
    ],
    ['method: grid\nrun_cap: 1\n', ['error sweep-no-values [method]']],
    [
      'method: random\nseed: 9007199254740993\nrun_cap: 2\nparameters: {alpha: {values: [1]}}\n',
      ['error sweep-number [9007199254740993]'],
    ],
  ];
  for (const [text, expected] of cases) {
    it(`is ${expected.join(', ') || 'nothing'} in ${JSON.stringify(text)}`, async () => {
      assert.deepEqual(await found(text), expected);
    });
  }

  it('warns above the bound of the setting', async () => {
    const text = 'alpha: [1, 2, 3]\nepochs: [1, 2]\n';
    assert.deepEqual(await found(text, true, 5), ['warning sweep-many-runs [alpha]']);
    assert.deepEqual(await found(text, true, 6), []);
  });

  it('knows no parameters where there is no MLproject', async () => {
    assert.deepEqual(await found('x: [1, 2]\n', false), []);
  });

  it('looks for the program where there is no MLproject', async () => {
    const text = 'method: grid\nprogram: train.py\nparameters: {x: {values: [1, 2]}}\n';
    assert.deepEqual(await found(text, false), ['error sweep-unknown-entry-point [train.py]']);
  });

  it('offers what was meant', async () => {
    assert.deepEqual(await fixed('alpha: [1]\nepoch: [1]\n'), ['alpha: [1]\nepochs: [1]\n']);
    assert.deepEqual(await fixed('alpha: 1\n'), ['alpha: [1]\n']);
    assert.deepEqual(await fixed('alpha: [1]\nnote: [yes]\n'), ['alpha: [1]\nnote: ["yes"]\n']);
  });
});
