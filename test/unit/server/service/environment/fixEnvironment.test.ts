import assert from 'node:assert/strict';
import type { CodeAction } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { pythonEnvService } from '../../../../../src/server/service/environment/environmentService';
import { documentOf, serviceContext } from '../../../../support/serviceContext';

const files = { 'a.txt': '-r gone.txt\n', 'folder/x': '' };

async function fixesIn(text: string): Promise<readonly CodeAction[]> {
  const document = documentOf(text, 'python_env.yaml');
  const range = { start: document.positionAt(0), end: document.positionAt(text.length) };
  const context = serviceContext(files);
  return (await pythonEnvService.fix?.(document, { range, diagnostics: [] }, context)) ?? [];
}

describe('fixes in environment files', () => {
  const cases: [text: string, title: string, fixed: string][] = [
    ['python: 3.10\n', 'Put 3.10 in quotes', 'python: "3.10"\n'],
    ['pyhton: "3.11.9"\n', 'Change to python', 'python: "3.11.9"\n'],
  ];
  for (const [text, title, fixed] of cases) {
    it(`make ${JSON.stringify(fixed)} of ${JSON.stringify(text)}`, async () => {
      const fix = (await fixesIn(text)).find((one) => one.title === title);
      const document = documentOf(text, 'python_env.yaml');
      const edits = fix?.edit?.changes?.[document.uri] ?? [];
      assert.equal(TextDocument.applyEdits(document, edits), fixed);
    });
  }

  it('create a file of requirements that is missing, also one that another names', async () => {
    for (const [named, missing] of [
      ['more.txt', 'more.txt'],
      ['a.txt', 'gone.txt'],
    ]) {
      const text = `python: "3.11.9"\ndependencies: [-r ${named}]\n`;
      const [fix] = await fixesIn(text);
      assert.equal(fix?.title, `Create \`${missing}\``);
      assert.deepEqual(fix.edit?.documentChanges?.[0], {
        kind: 'create',
        uri: `file:///p/${missing}`,
        options: { ignoreIfExists: true },
      });
    }
  });

  it('do not create a file where a folder is', async () => {
    assert.deepEqual(await fixesIn('python: "3.11.9"\ndependencies: [-r folder]\n'), []);
  });
});
