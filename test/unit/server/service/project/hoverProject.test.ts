import assert from 'node:assert/strict';
import { projectService } from '../../../../../src/server/service/project/projectService';
import { Answers } from '../../../../support/serviceAnswers';

const text = `name: demo
docker_env:
  image: x
entry_points:
  main:
    parameters:
      alpha: {type: float, default: 0.5}
      data: {type: path, default: some data.csv}
      flag: {default: yes}
      big: {default: 1e16}
      need: int
    command: "python train.py {alpha} {data} {alpha} {flag} {need} {{x}} $HOME"
  odd:
    parameters: {a: string}
    command: "x {a.upper} {b}"
`;

/** The hover at the nth place of a word. */
function hover(word: string, nth = 0): Promise<string> {
  let offset = -1;
  for (let count = 0; count <= nth; count += 1) offset = text.indexOf(word, offset + 1);
  return new Answers(projectService, `${text.slice(0, offset)}|${text.slice(offset)}`).hover();
}

describe('Hover in an MLproject', () => {
  const cases: [word: string, nth: number, expected: RegExp][] = [
    ['name', 0, /^The name of the project/],
    ['docker_env', 0, /^The Docker image/],
    ['image', 0, /such as `python:3\.12-slim`/],
    ['command', 0, /^What the shell runs/],
    ['default', 0, /^The value that is used/],
    ['float', 0, /^`float`: A number/],
    [
      'alpha',
      0,
      /Parameter `alpha`: `float`\n\nDefault: `0\.5`\n\n.*\n\nThe command of `main` uses it 2 times/,
    ],
    ['need', 0, /Required.*\n\n.*\n\nThe command of `main` uses it once/],
    ['big', 0, /The command of `main` does not use it/],
    ['{data}', 0, /Parameter `data`: `path`/],
    ['main', 0, /mlflow run \. -P need=…/],
    ['odd', 0, /mlflow run \. -e odd -P a=…/],
  ];
  for (const [word, nth, expected] of cases) {
    it(`says ${expected.source} at ${word}`, async () => {
      assert.match(await hover(word, nth), expected);
    });
  }

  it('shows the command as the shell gets it', async () => {
    assert.ok(
      (await hover('train.py')).includes(
        "```shell\npython train.py 0.5 '/p/some data.csv' 0.5 True <need> {x} $HOME\n```",
      ),
    );
  });

  it('leaves what is not declared to the problem that tells of it', async () => {
    assert.equal(await hover('{b}'), '');
  });

  it('shows no command that takes values apart', async () => {
    assert.equal(await hover('"x '), '');
  });

  it('takes nothing in the file for Markdown', async () => {
    const marked = 'entry_points:\n  "|`<b>[x](y)":\n    command: "``` {{"\n';
    const shown = await new Answers(projectService, marked).hover();
    assert.ok(shown.startsWith('Entry point `` `<b>[x](y) ``'), shown);
    assert.ok(shown.endsWith('````shell\n``` {\n````'), shown);
  });
});
