import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { DiagnosticSeverity } from 'vscode-languageserver';
import { ensurePython } from '../../scripts/pythonEnvironment.mts';
import { runCommand } from '../../scripts/runCommand.mts';
import { diagnoseProject } from '../../src/server/service/project/diagnoseProject';
import { formatValues } from '../../src/server/service/projectChecks/checkCommand';
import { parseProject } from '../../src/server/service/projectDocument';
import { evaluatePieces } from '../../src/server/service/python/formatField';
import { shellQuote } from '../../src/server/service/python/shellQuote';
import { documentOf, serviceContext } from '../support/serviceContext';

/** What `mlflow run` is given, and what of that is a parameter by name. */
interface RealRun {
  readonly text: string;
  readonly entryPoint?: string;
  readonly given?: Readonly<Record<string, string>>;
}

const show = 'sh show.sh';
const files = { 'show.sh': 'for word in "$@"; do echo "[$word]"; done > seen.txt\n' };

function main(parameters: string, command: string): string {
  return `entry_points:\n  main:\n    parameters: {${parameters}}\n    command: ${command}\n`;
}

const sound: Readonly<Record<string, RealRun>> = {
  'a default': { text: main('a: {type: float, default: 0.5}', `${show} {a}`) },
  'a value that is given': { text: main('a: float', `${show} {a}`), given: { a: '1e-3' } },
  'words and quotes': {
    text: main('a: string', `${show} {a} x`),
    given: { a: `it's "two" words` },
  },
  'what a shell would act on': {
    text: main('a: string', `${show} {a}`),
    given: { a: '$(echo no); *' },
  },
  'what YAML makes of a default': {
    text: main('a: {default: 010}, b: {default: yes}, c: {default: 1.50}', `${show} {a} {b} {c}`),
  },
  'an empty default': { text: main('a: {default: ""}', `${show} {a} x`) },
  'escaped braces': { text: main('', `"${show} {{x}} \${{HOME:+home}}"`) },
  'many lines': {
    text: main('a: {default: 1}', `|\n      ${show} \\\n        {a} \\\n        b\n`),
  },
  'a format': { text: main('a: {default: 12}', `"${show} x{a:>5}x {a!r}"`) },
  'another entry point': {
    text: 'entry_points:\n  other:\n    command: sh show.sh other\n',
    entryPoint: 'other',
  },
};

const refused: Readonly<Record<string, RealRun>> = {
  'a placeholder that is not declared': { text: main('a: {default: 1}', `${show} {b}`) },
  'a shell variable': { text: main('', `"${show} \${HOME}"`) },
  'a command that is a list': { text: main('', `[sh, show.sh]`) },
  'two environments': { text: `python_env: a\nconda_env: b\n${main('', show)}` },
  'a tab': { text: 'entry_points:\n\tmain: x\n' },
};

const isWindows = process.platform === 'win32';

describe('mlflow run', function () {
  this.timeout(300_000);
  let directory: string;
  let answers: readonly { readonly status: number; readonly seen: string | null }[];
  const runs = [...Object.values(sound), ...Object.values(refused)];

  before(async () => {
    directory = await realpath(await mkdtemp(path.join(tmpdir(), 'mlflow-run-')));
    const [asked, answered] = ['spec.json', 'answers.json'].map((name) =>
      path.join(directory, name),
    );
    assert.ok(asked !== undefined && answered !== undefined);
    const spec = runs.map(({ text, entryPoint = 'main', given = {} }) => ({
      files: { ...files, MLproject: text },
      arguments: [
        ...['-e', entryPoint],
        ...Object.entries(given).flatMap(([name, value]) => ['-P', `${name}=${value}`]),
      ],
    }));
    await writeFile(asked, JSON.stringify(spec));
    const python = await ensurePython('demo');
    await runCommand(python, [path.resolve('test/support/projectRuns.py'), asked, answered], {
      cwd: directory,
    });
    answers = JSON.parse(await readFile(answered, 'utf8')) as typeof answers;
  });

  after(() => rm(directory, { recursive: true, force: true }));

  const answerTo = (run: RealRun) => answers[runs.indexOf(run)];

  for (const [title, run] of Object.entries(sound)) {
    it(`runs what the server makes of ${title}`, async () => {
      assert.equal(answerTo(run)?.status, 0);
      assert.deepEqual(await errorsIn(run.text), []);
      if (!isWindows) assert.equal(answerTo(run)?.seen, await seenBy(directory, commandOf(run)));
    });
  }

  for (const [title, run] of Object.entries(refused)) {
    it(`refuses ${title}, as the server says`, async () => {
      assert.deepEqual(answerTo(run), { status: 1, seen: null });
      assert.equal((await errorsIn(run.text)).length > 0, true);
    });
  }
});

async function errorsIn(text: string): Promise<readonly string[]> {
  const all = await diagnoseProject(documentOf(text), serviceContext(files));
  const errors = all.filter(({ severity }) => severity === DiagnosticSeverity.Error);
  return errors.map(({ code }) => String(code));
}

function commandOf({ text, entryPoint = 'main', given = {} }: RealRun): string {
  const point = parseProject(text).project.entryPoints.find(({ name }) => name === entryPoint);
  assert.ok(point?.command !== undefined);
  const quoted = Object.entries(given).map(([name, value]) => [name, shellQuote(value)] as const);
  const values = new Map([...formatValues(point), ...quoted]);
  const made = evaluatePieces(point.command.text, point.command.pieces, values);
  assert.ok(typeof made === 'string');
  return made;
}

/** What the script leaves when a shell runs the command. */
async function seenBy(directory: string, command: string): Promise<string> {
  await writeFile(path.join(directory, 'show.sh'), files['show.sh']);
  await promisify(execFile)('bash', ['-c', command], { cwd: directory });
  return readFile(path.join(directory, 'seen.txt'), 'utf8');
}
