import assert from 'node:assert/strict';
import type { CodeAction, Diagnostic } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { diagnoseProject } from '../../../../src/server/service/project/diagnoseProject';
import { fixProject } from '../../../../src/server/service/project/fixProject';
import { projectFiles } from '../../../support/projectCorpus';
import { corpus } from '../../../support/recordedProjects';
import { documentOf, serviceContext } from '../../../support/serviceContext';

const context = serviceContext(projectFiles);

async function fixesIn(text: string): Promise<readonly CodeAction[]> {
  const document = documentOf(text);
  const start = { line: 0, character: 0 };
  const range = { start, end: document.positionAt(text.length) };
  return fixProject(document, { range, diagnostics: [] }, context);
}

function applied(text: string, { edit }: CodeAction): string {
  const document = documentOf(text);
  const edits = edit?.changes?.[document.uri] ?? [];
  return TextDocument.applyEdits(document, edits);
}

const problemsIn = (text: string): Promise<readonly Diagnostic[]> =>
  diagnoseProject(documentOf(text), context);

function countOf(problems: readonly Diagnostic[], code: unknown): number {
  return problems.filter((one) => one.code === code).length;
}

/** The text after the fix whose title is given. */
async function fixed(text: string, title: string): Promise<string> {
  const fixes = await fixesIn(text);
  const fix = fixes.find((one) => one.title === title);
  assert.ok(fix, `only ${fixes.map((one) => one.title).join(', ')}`);
  return applied(text, fix);
}

describe('fixes in MLproject files', () => {
  it('remove what they are for, and bring no errors', async () => {
    let tried = 0;
    for (const { title, text } of corpus) {
      const before = await problemsIn(text);
      const errors = before.filter(({ severity }) => severity === 1).length;
      for (const fix of await fixesIn(text)) {
        if (fix.edit?.changes === undefined) continue;
        const after = await problemsIn(applied(text, fix));
        const code = fix.diagnostics?.[0]?.code;
        const shown = `${fix.title} in ${title}:\n${applied(text, fix)}`;
        assert.ok(countOf(after, code) < countOf(before, code), shown);
        // A text that can be read shows what else is wrong.
        if (code !== 'yaml-syntax') {
          assert.ok(after.filter(({ severity }) => severity === 1).length <= errors, shown);
        }
        tried += 1;
      }
    }
    assert.ok(tried > 100, `only ${tried} fixes`);
  });

  it('change a misspelt placeholder to the nearest parameter', async () => {
    const text =
      'entry_points:\n  main:\n    parameters: {alpha: float}\n    command: x {alhpa:>5}\n';
    assert.equal(await fixed(text, 'Change to `{alpha}`'), text.replace('alhpa', 'alpha'));
  });

  it('add a parameter below the others', async () => {
    const text =
      'entry_points:\n  main:\n    parameters:\n      a: float\n    command: x {a} {b}\n';
    const expected = text.replace('a: float\n', 'a: float\n      b: string\n');
    assert.equal(await fixed(text, 'Add the parameter `b`'), expected);
  });

  it('add a parameter where there are none', async () => {
    const text = 'entry_points:\n  main:\n    command: x {b}\n';
    const expected =
      'entry_points:\n  main:\n    parameters:\n      b: string\n    command: x {b}\n';
    assert.equal(await fixed(text, 'Add the parameter `b`'), expected);
  });

  it('escape both braces of a shell variable first', async () => {
    const text = 'entry_points:\n  main:\n    command: echo ${HOME}\n';
    const [first] = await fixesIn(text);
    assert.ok(first);
    assert.equal(applied(text, first), text.replace('{HOME}', '{{HOME}}'));
  });

  it('create the environment file that is missing', async () => {
    const [first] = await fixesIn('python_env: envs/new.yaml\n');
    const [created] = first?.edit?.documentChanges ?? [];
    assert.ok(created !== undefined && 'kind' in created && created.kind === 'create');
    assert.equal(created.uri, 'file:///p/envs/new.yaml');
  });

  it('rename a file that MLflow never reads', async () => {
    const document = documentOf('name: demo\n', 'MLproject.yaml');
    const start = { line: 0, character: 0 };
    const [fix] = await fixProject(
      document,
      { range: { start, end: start }, diagnostics: [] },
      context,
    );
    const [renamed] = fix?.edit?.documentChanges ?? [];
    assert.deepEqual(renamed, {
      kind: 'rename',
      oldUri: 'file:///p/MLproject.yaml',
      newUri: 'file:///p/MLproject',
    });
  });

  it('put in quotes what YAML reads otherwise than it looks', async () => {
    const text =
      'entry_points:\n  main:\n    parameters: {a: {default: 010}}\n    command: x {a}\n';
    assert.equal(await fixed(text, 'Put it in quotes'), text.replace('010', '"010"'));
  });

  it('remove the earlier one of two equal keys', async () => {
    const text = 'name: one # the first\nname: two\n';
    assert.equal(await fixed(text, 'Remove this entry'), 'name: two\n');
  });
});
