import assert from 'node:assert/strict';
import { MarkupContent } from 'vscode-languageserver';
import { modelService } from '../../../../../src/server/service/model/modelService';
import { atCursor } from '../../../../support/cursor';
import { documentOf, serviceContext } from '../../../../support/serviceContext';

const model = `run_id: fb8f5dace6c948a69a40fa9bd567b580
flavors:
  python_function:
    env:
      conda: conda.yaml
      virtualenv: python_env.yaml
    loader_module: mlflow.sklearn
    model_path: model.skops
  sklearn:
    code: null
    pickled_model: ../../etc/passwd
model_size_bytes: 10506
signature:
  inputs: '[{"name": "x", "type": "long", "required": false}, {"type": "tensor", "tensor-spec": {"dtype": "float64", "shape": [-1, 4]}}, {"name": "o", "type": "object", "properties": {"a": {"type": "array", "items": {"type": "string"}}}}]'
  outputs: '[{"type": "\`bad\`"}]'
  params: '[{"name": "n", "type": "long", "default": 3}]'
`;

async function hover(marked: string): Promise<string | undefined> {
  const { text, offset } = atCursor(marked);
  const document = documentOf(text, 'MLmodel');
  const found = await modelService.hover?.(document, document.positionAt(offset), serviceContext());
  return found && MarkupContent.is(found.contents) ? found.contents.value : undefined;
}

async function diagnose(text: string): Promise<unknown[]> {
  const found = await modelService.diagnose(documentOf(text, 'MLmodel'), serviceContext());
  return found.map(({ code, range }) => [code, range.start.line]);
}

describe('MLmodel', () => {
  it('says what a key means', async () => {
    assert.match((await hover(model.replace('run_id', 'run|_id'))) ?? '', /run that logged/);
    assert.match((await hover(model.replace('conda:', 'con|da:'))) ?? '', /environment for conda/);
    assert.match((await hover(model.replace('sklearn:\n', 'skl|earn:\n'))) ?? '', /own library/);
    assert.equal(await hover('nothing| known: 1\n'), undefined);
  });

  it('says how large a model is', async () => {
    assert.match((await hover(model.replace('10506', '10|506'))) ?? '', /10\.3 KB/);
  });

  it('explains a signature', async () => {
    const inputs = (await hover(model.replace('inputs', 'in|puts'))) ?? '';
    assert.match(inputs, /\*\*`x`\*\*: `long` \(optional\)/);
    assert.match(inputs, /`float64\[\? × 4\]`/);
    assert.match(inputs, /\*\*`o`\*\*: `\{ a: string\[\] \}`/);
    assert.match(
      (await hover(model.replace('params', 'par|ams'))) ?? '',
      /\*\*`n`\*\*: `long` = `3`/,
    );
    assert.match(
      (await hover(model.replace('signature', 'sig|nature'))) ?? '',
      /`outputs`\n- `` `bad` ``/,
    );
  });

  it('links to its run and to the files beside it, and to none elsewhere', async () => {
    const document = documentOf(model, 'MLmodel');
    const files = { 'conda.yaml': '', 'model.skops': '', '../../etc/passwd': '' };
    const runLinks = 'vscode://workbench/run/';
    const links = await modelService.links?.(document, serviceContext(files, { runLinks }));
    assert.deepEqual(
      links?.map(({ range, target }) => `${document.getText(range)} → ${target ?? ''}`),
      [
        `fb8f5dace6c948a69a40fa9bd567b580 → ${runLinks}fb8f5dace6c948a69a40fa9bd567b580`,
        'conda.yaml → file:///p/conda.yaml',
        'model.skops → file:///p/model.skops',
      ],
    );
  });

  it('links to no run whose id is none', async () => {
    const document = documentOf('run_id: ../../x?y\n', 'MLmodel');
    const runLinks = 'vscode://workbench/run/';
    assert.deepEqual(await modelService.links?.(document, serviceContext({}, { runLinks })), []);
  });

  it('is read without harm', async () => {
    assert.deepEqual(await diagnose(model), []);
    assert.deepEqual(await diagnose('a: !!python/object/apply:os.system [ls]\n'), [
      ['model-value', 0],
    ]);
    assert.deepEqual(await diagnose('a: !!js/function "x"\n'), [['model-value', 0]]);
    assert.deepEqual(await diagnose('a: "\n'), [['model-yaml', 0]]);
    assert.deepEqual(await diagnose("b: 1\nsignature:\n  inputs: '{'\n"), [['model-signature', 2]]);
    const bomb = Array.from({ length: 60 }, (_, level) =>
      level === 0 ? 'x0: &x0 [1]' : `x${level}: &x${level} [*x${level - 1}, *x${level - 1}]`,
    ).join('\n');
    assert.deepEqual(await diagnose(bomb), []);
  });
});
