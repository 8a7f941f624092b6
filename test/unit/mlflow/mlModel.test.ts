import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../../scripts/paths.mts';
import { loaderOf, readMlModel } from '../../../src/mlflow/mlModel';
import type { MlModel } from '../../../src/mlflow/mlModel';
import { paramTypeText, readSignature, typeText } from '../../../src/mlflow/signature';
import type { SchemaField } from '../../../src/mlflow/signature';
import { readYaml } from '../../../src/panels/readYaml';

function model(version: string, name: string): MlModel {
  const file = path.join(root, 'test', 'fixtures', 'mlmodel', version, `${name}.yaml`);
  const read = readMlModel(readYaml(readFileSync(file, 'utf8')));
  assert.ok(read);
  return read;
}

function say(fields: readonly SchemaField[] | undefined): readonly string[] | undefined {
  return fields?.map(
    ({ name = '-', type, isRequired }) => `${name}${isRequired ? '' : '?'}: ${typeText(type)}`,
  );
}

for (const version of ['2', '3'])
  describe(`an MLmodel file of MLflow ${version}`, () => {
    it('has columns of every plain type', () => {
      const { signature } = model(version, 'columns');
      assert.deepEqual(say(signature?.inputs), [
        'age: long',
        'weight: double',
        'smokes: boolean',
        'note?: string',
        'seen: datetime',
        'picture: binary',
        'count: integer',
        'ratio: float',
      ]);
      assert.deepEqual(say(signature?.outputs), ['-: double']);
      assert.equal(signature?.params, undefined);
    });

    it('has lists, objects, maps and values of any type, and params with their defaults', () => {
      const { signature } = model(version, 'nested');
      assert.deepEqual(say(signature?.inputs), [
        'words: array<string>',
        'matrix: array<array<double>>',
        'message: {parts: array<{text?: string}>, role: string}',
        'counts: map<string, long>',
        'extra?: any',
      ]);
      assert.deepEqual(
        signature?.params?.map(
          (param) => `${param.name}: ${paramTypeText(param)} = ${param.defaultValue}`,
        ),
        [
          'temperature: double = 0.5',
          'stop: array<string> = ["a","b"]',
          'since: datetime = "2024-05-17T10:00:00"',
          'top: integer = 3',
          'none: string = null',
          'options: {deep: boolean} = {"deep":true}',
        ],
      );
    });

    it('has tensors with their shapes', () => {
      const { signature } = model(version, 'tensors');
      assert.deepEqual(say(signature?.inputs), [
        'image: float32 (-1, 28, 28, 1)',
        'box: int64 (-1, 2)',
      ]);
      assert.deepEqual(say(signature?.outputs), ['-: float32 (-1, 10)']);
    });

    it('says what else is known of a logged model', () => {
      const read = model(version, 'sklearn');
      assert.deepEqual(
        read.flavors.map(({ name }) => name),
        ['python_function', 'sklearn'],
      );
      assert.equal(loaderOf(read), 'pyfunc');
      assert.deepEqual(read.environment, {
        python: 'python_env.yaml',
        conda: 'conda.yaml',
        pythonVersion: read.environment.pythonVersion,
      });
      assert.deepEqual(read.example, {
        path: 'input_example.json',
        type: 'dataframe',
        servingPath: 'serving_input_example.json',
      });
      assert.match(read.mlflowVersion ?? '', version === '2' ? /^2\.22/ : /^3\./);
      assert.match(read.runId ?? '', /^[0-9a-f]{32}$/);
      assert.equal(read.modelId?.startsWith('m-'), version === '3' ? true : undefined);
      assert.ok((read.size ?? 0) > 0);
    });

    it('may have no signature, and metadata of anybody', () => {
      assert.equal(model(version, 'bare').signature, undefined);
      assert.deepEqual(JSON.parse(model(version, 'metadata').metadata ?? ''), {
        team: 'vision',
        nested: { a: [1, 2] },
      });
    });
  });

describe('an MLmodel file of anybody', () => {
  it('is read as MLflow 1 wrote it', () => {
    const read = readMlModel(
      readYaml(
        [
          'artifact_path: model',
          'flavors:',
          '  python_function:',
          '    env: conda.yaml',
          '  keras: {data: data}',
          'signature:',
          `  inputs: '[{"name": "a", "type": "double", "optional": true}, {"type": "sparkml_vector"}]'`,
          'run_id: 0123456789abcdef0123456789abcdef',
          'utc_time_created: 2020-05-01 10:00:00',
        ].join('\n'),
      ),
    );
    assert.equal(read?.environment.conda, 'conda.yaml');
    assert.deepEqual(say(read?.signature?.inputs), ['a?: double', '-: sparkml_vector']);
    assert.equal(read?.signature?.outputs, undefined);
  });

  it('is none where its YAML is broken, has aliases, or is deeper than anybody writes', () => {
    const bomb = ['a: &a [x, x]', 'b: &b [*a, *a]', 'flavors: *b'].join('\n');
    const deep = `flavors: ${'['.repeat(5000)}`;
    const long = `flavors:\n${'- a\n'.repeat(200_000)}`;
    for (const text of ['flavors: [', bomb, deep, long, 'just text', '- 1', ''])
      assert.equal(readMlModel(readYaml(text)), undefined, text.slice(0, 30));
  });

  it('reads no text of more pieces than are parsed in a moment, and a model with much metadata', () => {
    const lines = (count: number): string =>
      Array.from({ length: count }, (_, at) => `  k${at}: v`).join('\n');
    const most = readYaml(`flavors: {sklearn: {}}\nmetadata:\n${lines(500)}`);
    assert.equal(readMlModel(most)?.flavors.length, 1);
    for (const text of [lines(2000), `a:\n${'- \n'.repeat(3000)}`, `a: [${'[],'.repeat(4000)}]`])
      assert.equal(readYaml(`flavors:\n${text}`), undefined, text.slice(0, 20));
  });

  it('makes nothing but data of tags and keys that mean something to JavaScript', () => {
    const hostile = [
      'flavors:',
      '  __proto__: {polluted: yes}',
      '  constructor: !!js/function "function () { throw 1 }"',
      '  sklearn: !!python/object/apply:os.system ["true"]',
    ].join('\n');
    const read = readMlModel(readYaml(hostile));
    assert.equal(({} as { polluted?: unknown }).polluted, undefined);
    assert.ok((read?.flavors.length ?? 0) >= 2);
  });

  it('says which part of a signature cannot be read, and keeps the rest of the model', () => {
    for (const inputs of ['"[{"', '\'{"a": 1}\'', '\'[{"type": "array"}]\'', "'[1]'"]) {
      const read = readMlModel(
        readYaml(`flavors: {sklearn: {}}\nsignature:\n  inputs: ${inputs}\n`),
      );
      assert.deepEqual([read?.brokenSignature, read?.flavors.length], ['inputs', 1], inputs);
    }
  });

  it('takes types that MLflow may have some day by their names', () => {
    const signature = readSignature({ inputs: '[{"name": "x", "type": "uuid"}]' });
    assert.deepEqual(say(signature?.inputs), ['x: uuid']);
  });

  it('is read within a moment with thousands of columns', () => {
    const column = (at: number): string =>
      `{"type": "double", "name": "column ${at}", "required": true}`;
    const inputs = Array.from({ length: 12_000 }, (_, at) => column(at)).join(', ');
    const begun = performance.now();
    const read = readMlModel(
      readYaml(`flavors: {sklearn: {}}\nsignature:\n  inputs: '[${inputs}]'\n`),
    );
    assert.equal(read?.signature?.inputs?.length, 12_000);
    assert.ok(performance.now() - begun < 2000);
  });
});
