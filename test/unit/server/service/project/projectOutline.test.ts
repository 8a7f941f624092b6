import assert from 'node:assert/strict';
import type { DocumentSymbol, SelectionRange } from 'vscode-languageserver';
import { projectService } from '../../../../../src/server/service/project/projectService';
import { documentOf, serviceContext } from '../../../../support/serviceContext';

const text = `# one
# two
name: demo
python_env: env.yaml
entry_points:
  main:
    parameters:
      alpha: float
    command: "python train.py {alpha}"
  other:
    parameters: {b: {type: path, default: missing.csv}}
    command: |
      bash run.sh {b}
`;
const document = documentOf(text);
const context = serviceContext({ 'env.yaml': '', 'run.sh': '', 'train.py': '' });

function outline(symbols: readonly DocumentSymbol[]): unknown[] {
  return symbols.map(({ name, detail = '', children }) =>
    children ? [name, detail, outline(children)] : [name, detail],
  );
}

describe('An MLproject', () => {
  it('has name, environment, entry points and parameters as symbols', async () => {
    assert.deepEqual(outline((await projectService.symbols?.(document, context)) ?? []), [
      ['name', 'demo'],
      ['python_env', 'env.yaml'],
      ['main', '', [['alpha', 'float']]],
      ['other', '', [['b', 'path']]],
    ]);
  });

  it('folds what is indented, and comments', async () => {
    const folds = (await projectService.folding?.(document, context)) ?? [];
    assert.deepEqual(folds.map(({ startLine, endLine }) => `${startLine}-${endLine}`).sort(), [
      '0-1',
      '11-12',
      '4-12',
      '5-8',
      '6-7',
      '9-12',
    ]);
  });

  it('links to the files that exist', async () => {
    const links = (await projectService.links?.(document, context)) ?? [];
    assert.deepEqual(
      links.map(({ range, target }) => [document.getText(range), target]),
      [
        ['env.yaml', 'file:///p/env.yaml'],
        ['train.py', 'file:///p/train.py'],
        ['run.sh', 'file:///p/run.sh'],
      ],
    );
  });

  it('offers to run entry points only where the client can', async () => {
    const lenses = await projectService.lenses?.(document, context);
    assert.deepEqual(lenses, []);
    const able = serviceContext({}, { lensCommands: ['mlflow.runEntryPoint'] });
    const shown = (await projectService.lenses?.(document, able)) ?? [];
    assert.deepEqual(
      shown.map(({ range, command }) => [range.start.line, command?.arguments]),
      [
        [5, [document.uri, 'main']],
        [9, [document.uri, 'other']],
      ],
    );
  });

  it('selects more and more', async () => {
    const position = document.positionAt(text.indexOf('float') + 1);
    const [selection] = (await projectService.select?.(document, [position], context)) ?? [];
    const selected: string[] = [];
    for (let at: SelectionRange | undefined = selection; at; at = at.parent) {
      selected.push(document.getText(at.range).slice(0, 12).trim());
    }
    assert.deepEqual(selected, [
      'float',
      'alpha: float',
      'parameters:',
      'parameters:',
      'main:\n    pa',
      'main:\n    pa',
      'entry_points',
      'name: demo\np',
      '# one\n# two',
    ]);
  });
});
