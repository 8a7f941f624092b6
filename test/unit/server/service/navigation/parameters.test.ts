import assert from 'node:assert/strict';
import { ResponseError } from 'vscode-languageserver';
import { projectService } from '../../../../../src/server/service/project/projectService';
import { sweepService } from '../../../../../src/server/service/sweep/sweepService';
import { Answers } from '../../../../support/serviceAnswers';

const project = `python_env: env.yaml
entry_points:
  main:
    parameters:
      alpha: float
      "beta": {type: path, default: data.csv}
    command: "python train.py {alpha} {{alpha}} {alpha:>5} '{beta}'"
  other:
    parameters: {alpha: int}
    command: "x {alpha} {nowhere}"
`;
const sweep = 'alpha: [1, 2]\n"beta": [data.csv]\n';
const form = 'method: grid\nentry_point: other\nparameters:\n  alpha: {values: [1, 2]}\n';
const files = {
  'env.yaml': '',
  'train.py': '',
  'data.csv': '',
  'sweep.yaml': sweep,
  'other.yaml': form,
  'unrelated.yaml': 'alpha: 1\n',
};

/** At the nth place of a word in the MLproject. */
function at(word: string, nth = 0): Answers {
  return new Answers(projectService, marked(project, word, nth), files);
}

function inSweep(text: string, word: string, name = 'sweep.yaml'): Answers {
  return new Answers(sweepService, marked(text, word, 0), { ...files, MLproject: project }, name);
}

function marked(text: string, word: string, nth: number): string {
  let offset = -1;
  for (let count = 0; count <= nth; count += 1) offset = text.indexOf(word, offset + 1);
  return `${text.slice(0, offset)}|${text.slice(offset)}`;
}

describe('From a parameter to where it is named', () => {
  const definitions: [what: string, ask: Answers, place: string][] = [
    ['a placeholder', at('{alpha}'), 'MLproject:5:7'],
    ['a placeholder with a format', at('{alpha:'), 'MLproject:5:7'],
    ['a placeholder of a quoted name', at('{beta}'), 'MLproject:6:8'],
    ['a placeholder of another entry point', at('{alpha} {n'), 'MLproject:9:18'],
    ['a placeholder of nothing', at('{nowhere}'), ''],
    ['braces that are text', at('alpha}}'), ''],
    ['the environment', at('env.yaml'), 'env.yaml:1:1'],
    ['a script', at('train.py'), 'train.py:1:1'],
    ['the default of a path', at('data.csv'), 'data.csv:1:1'],
    ['a key of a sweep', inSweep(sweep, 'alpha'), 'MLproject:5:7'],
    [
      'a key of a sweep of another entry point',
      inSweep(form, 'alpha', 'other.yaml'),
      'MLproject:9:18',
    ],
    ['the entry point of a sweep', inSweep(form, 'other', 'other.yaml'), 'MLproject:8:3'],
  ];
  for (const [what, ask, place] of definitions) {
    it(`goes from ${what} to ${place || 'nowhere'}`, async () => {
      assert.equal(await ask.definition(), place);
    });
  }

  it('finds all of them, in sweep files of the same entry point, too', async () => {
    const places = ['MLproject:5:7', 'MLproject:7:32', 'MLproject:7:50', 'sweep.yaml:1:1'];
    assert.deepEqual(await at('alpha').references(), places);
    assert.deepEqual(await at('{alpha}').references(), places);
    assert.deepEqual(await inSweep(sweep, 'alpha').references(), places);
  });

  it('leaves other entry points alone', async () => {
    assert.deepEqual(await at('alpha: int').references(), [
      'MLproject:9:18',
      'MLproject:10:18',
      'other.yaml:4:3',
    ]);
  });
});

describe('Renaming a parameter', () => {
  it('begins at its name', async () => {
    assert.equal(await at('alpha').renameWord(), 'alpha=alpha');
    assert.equal(await at('beta').renameWord(), 'beta=beta');
    assert.equal(await at('{beta}').renameWord(), 'beta=beta');
    assert.equal(await at('{nowhere}').renameWord(), undefined);
    assert.equal(await at('float').renameWord(), undefined);
    assert.equal(await inSweep(sweep, 'beta').renameWord(), 'beta=beta');
  });

  it('changes declaration, placeholders and sweep files', async () => {
    const changed = {
      MLproject: project
        .replace('alpha: float', 'lr: float')
        .replace("{alpha} {{alpha}} {alpha:>5} '", "{lr} {{alpha}} {lr:>5} '"),
      'sweep.yaml': sweep.replace('alpha', 'lr'),
    };
    assert.deepEqual(await at('alpha').renamed('lr'), changed);
    assert.deepEqual(await inSweep(sweep, 'alpha').renamed('lr'), changed);
  });

  it('keeps quotes', async () => {
    assert.deepEqual(await inSweep(sweep, 'beta').renamed('data'), {
      MLproject: project.replace('"beta"', '"data"').replace("'{beta}'", "'{data}'"),
      'sweep.yaml': sweep.replace('"beta"', '"data"'),
    });
  });

  it('follows a declaration that two entry points share', async () => {
    const text =
      'entry_points:\n  a: {parameters: &p {x: int}, command: "{x}"}\n  b: {parameters: *p, command: "{x} {x}"}\n';
    const { MLproject } = await new Answers(projectService, marked(text, 'x', 0)).renamed('y');
    assert.equal(MLproject, text.replaceAll('x', 'y'));
  });

  for (const name of ['', 'a b', '{x}', '1', 'yes', 'a.b', 'beta', 'x:', '~', '../x', 'null']) {
    it(`refuses ${JSON.stringify(name)}`, async () => {
      await assert.rejects(at('alpha').renamed(name), ResponseError);
    });
  }
});
