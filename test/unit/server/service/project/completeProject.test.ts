import assert from 'node:assert/strict';
import { projectService } from '../../../../../src/server/service/project/projectService';
import { Answers } from '../../../../support/serviceAnswers';

const files = {
  'python_env.yaml': '',
  'envs/gpu.yaml': '',
  'train.py': '',
  'src/eval.py': '',
  'run.sh': '',
  'data.csv': '',
  '.hidden.py': '',
};
const answers = (marked: string): Answers => new Answers(projectService, marked, files);
const entryPoint = (rest: string): string =>
  `entry_points:\n  main:\n    parameters:\n      alpha: float\n      data: {type: path, default: x}\n${rest}`;

describe('Completion in an MLproject', () => {
  const lists: [marked: string, labels: string[]][] = [
    [
      '|',
      ['name', 'python_env', 'conda_env', 'docker_env', 'entry_points', 'databricks_spark_job'],
    ],
    [
      'name: x\nentry_points: {}\npy|',
      ['python_env', 'conda_env', 'docker_env', 'databricks_spark_job'],
    ],
    ['docker_env:\n  image: x\n  |', ['volumes', 'environment']],
    ['databricks_spark_job:\n  |', ['python_file', 'parameters', 'python_libraries']],
    ['entry_points:\n  |', ['main']],
    ['entry_points:\n  main:\n    |', ['parameters', 'command']],
    ['entry_points:\n  main:\n    command: x\n    |', ['parameters']],
    ['entry_points:\n  main:\n    parameters:\n      a:\n        |', ['type', 'default']],
    ['entry_points:\n  main:\n    parameters:\n      a: {type: int, |}', ['default']],
    [
      'entry_points:\n  main:\n    parameters:\n      a: {type: |}',
      ['string', 'float', 'int', 'path', 'uri'],
    ],
    [
      'entry_points:\n  main:\n    parameters:\n      a: |',
      ['string', 'float', 'int', 'path', 'uri'],
    ],
    [
      'entry_points:\n  main:\n    parameters:\n      a:\n        type: f|',
      ['string', 'float', 'int', 'path', 'uri'],
    ],
    ['entry_points:\n  main:\n    parameters:\n      |\n    command: "x {a} {b} {a}"', ['a', 'b']],
    ['python_env: |', ['python_env.yaml', 'envs/', 'src/']],
    ['python_env: envs/|', ['gpu.yaml']],
    [entryPoint('    command: "python train.py {|'), ['alpha', 'data']],
    [entryPoint('    command: "python train.py {al|}"'), ['alpha', 'data']],
    [entryPoint('    command: "python {{|'), []],
    [entryPoint('    command: "python |"'), ['train.py', 'envs/', 'src/', 'alpha', 'data']],
    [entryPoint('    command: "python src/|"'), ['eval.py']],
    [entryPoint('    command: "bash |"'), ['envs/', 'src/', 'run.sh', 'alpha', 'data']],
    [entryPoint('    command: "python train.py --a |"'), ['alpha', 'data']],
    [entryPoint('    command: >\n      python train.py\n      --a {|'), ['alpha', 'data']],
    [entryPoint('    command: "pyth|"'), []],
    [
      'entry_points:\n  main:\n    parameters:\n      d: {type: path, default: |}',
      ['python_env.yaml', 'train.py', 'run.sh', 'data.csv', 'MLproject', 'envs/', 'src/'],
    ],
    ['entry_points:\n  main:\n    parameters:\n      d: {type: int, default: |}', []],
    ['# |', []],
    ['name: |', []],
    ['other:\n  |', []],
  ];
  for (const [marked, labels] of lists) {
    it(`offers ${labels.join(', ') || 'nothing'} in ${JSON.stringify(marked)}`, async () => {
      assert.deepEqual((await answers(marked).labels()).sort(), [...labels].sort());
    });
  }

  const takes: [marked: string, label: string, text: string][] = [
    ['na|', 'name', 'name: |'],
    ['na|: x', 'name', 'name: x'],
    ['py|', 'python_env', 'python_env: python_env.yaml'],
    ['|', 'entry_points', 'entry_points:\n  main:\n    command: "|"'],
    ['entry_points:\n  |', 'main', 'entry_points:\n  main:\n    command: "|"'],
    [
      'entry_points:\n    x:\n        |',
      'parameters',
      'entry_points:\n    x:\n        parameters:\n          |',
    ],
    ['entry_points: {x: {|}}', 'parameters', 'entry_points: {x: {parameters: {|}}}'],
    ['python_env:|', 'python_env.yaml', 'python_env: python_env.yaml'],
    ['python_env: "en|"', 'envs/', 'python_env: "envs/"'],
    ['python_env: envs/g|', 'gpu.yaml', 'python_env: envs/gpu.yaml'],
    [entryPoint('    command: "x {al|pha} y"'), 'data', entryPoint('    command: "x {data} y"')],
    [entryPoint('    command: "x {|"'), 'alpha', entryPoint('    command: "x {alpha}"')],
    [entryPoint('    command: "x |"'), 'alpha', entryPoint('    command: "x {alpha}"')],
    [entryPoint('    command: "x {{{|"'), 'alpha', entryPoint('    command: "x {{{alpha}"')],
    [
      entryPoint('    command: "python tr|"'),
      'train.py',
      entryPoint('    command: "python train.py"'),
    ],
  ];
  for (const [marked, label, text] of takes) {
    it(`makes ${JSON.stringify(text)} of ${JSON.stringify(marked)}`, async () => {
      assert.equal(await answers(marked).taken(label), text);
    });
  }

  it('explains what it offers', async () => {
    const [first] = await answers('|').completions();
    assert.match(JSON.stringify(first?.documentation), /The name of the project/);
  });

  describe('in a long file', () => {
    const many = Array.from(
      { length: 200 },
      (_, index) =>
        `  e${index}:\n    parameters: {a${index}: int}\n    command: "x {a${index}}"\n`,
    ).join('');
    const around = (marked: string): Answers =>
      answers(`name: x\nentry_points:\n${many}${marked}${many.replaceAll('  e', '  f')}`);
    const own = '  own:\n    parameters:\n      a: int\n';

    it('offers the same', async () => {
      assert.deepEqual(await around(`${own}    command: "x {|"\n`).labels(), ['a']);
      assert.deepEqual(await around(`${own}    |\n`).labels(), ['command']);
      assert.deepEqual(await around(`${own}      b: {type: |}\n`).labels(), [
        'string',
        'float',
        'int',
        'path',
        'uri',
      ]);
      assert.deepEqual(await around('  main: {}\n  |\n').labels(), []);
      assert.deepEqual(await around('  |\n').labels(), ['main']);
    });

    it('knows the keys of the root', async () => {
      const labels = await answers(`name: x\nentry_points:\n${many}|`).labels();
      assert.deepEqual(labels, ['python_env', 'conda_env', 'docker_env', 'databricks_spark_job']);
    });

    it('follows an alias', async () => {
      const text = `entry_points:\n  base:\n    parameters: &p {q: int}\n    command: x\n${many}  own:\n    parameters: *p\n    command: "x {|"\n`;
      assert.deepEqual(await answers(text).labels(), ['q']);
    });
  });
});
