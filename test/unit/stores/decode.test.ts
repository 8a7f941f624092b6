import assert from 'node:assert/strict';
import { MlflowError } from '../../../src/mlflow/errors';
import { decodeArtifactListing } from '../../../src/stores/rest/decodeArtifacts';
import { decodeExperiment, decodeExperimentPage } from '../../../src/stores/rest/decodeExperiments';
import { decodeLoggedModel } from '../../../src/stores/rest/decodeLoggedModels';
import {
  decodeModelVersion,
  decodeRegisteredModel,
  decodeRegisteredModelPage,
} from '../../../src/stores/rest/decodeRegistry';
import { decodeRun, decodeRunPage } from '../../../src/stores/rest/decodeRuns';
import { parseJson } from '../../../src/stores/rest/json';

const html = '<img src=x onerror=alert(1)>';

/** A run as it comes over the wire, with `data` in place of the usual lists. */
function wireRun(data: object, info: object = {}): unknown {
  return { run: { info: { run_id: 'abc', experiment_id: '1', run_name: 'n', ...info }, data } };
}

function metricValue(wire: unknown): number | undefined {
  const metrics = [{ key: 'm', value: wire, timestamp: 1, step: 0 }];
  return decodeRun(wireRun({ metrics })).metrics[0]?.value;
}

function shapeError(path: string): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof MlflowError);
    assert.deepEqual([error.kind, error.reason, error.detail.path], ['malformed', 'shape', path]);
    return true;
  };
}

describe('decoding a run', () => {
  it('fills in everything that MLflow leaves out', () => {
    assert.deepEqual(decodeRun({ run: { info: { run_id: 'abc', experiment_id: '1' } } }), {
      id: 'abc',
      experimentId: '1',
      name: 'abc',
      userId: '',
      status: 'RUNNING',
      startTime: undefined,
      endTime: undefined,
      artifactUri: '',
      lifecycleStage: 'active',
      params: [],
      metrics: [],
      tags: [],
      datasets: [],
      modelOutputs: [],
    });
  });

  it('takes the name from run_name, else from the tag, else the id', () => {
    const tags = [{ key: 'mlflow.runName', value: 'from tag' }];
    assert.equal(decodeRun(wireRun({ tags }, { run_name: 'own' })).name, 'own');
    assert.equal(decodeRun(wireRun({ tags }, { run_name: '' })).name, 'from tag');
    assert.equal(decodeRun(wireRun({}, { run_name: null })).name, 'abc');
  });

  it('takes the id from run_uuid where an old server has no run_id', () => {
    assert.equal(decodeRun(wireRun({}, { run_id: undefined, run_uuid: 'old' })).id, 'old');
  });

  it('keeps names and values with markup exactly', () => {
    const params = [{ key: 'p', value: '</script><script>alert(1)</script>' }];
    const run = decodeRun(wireRun({ params }, { run_name: html }));
    assert.equal(run.name, html);
    assert.deepEqual(run.params, params);
  });

  it('keeps keys called __proto__ and constructor as keys', () => {
    const text =
      '{"params": [{"key": "__proto__", "value": "a"}, {"key": "constructor", "value": "b"}]}';
    const { params } = decodeRun(wireRun(parseJson(text) as object));
    assert.deepEqual(
      params.map(({ key, value }) => [key, value]),
      [
        ['__proto__', 'a'],
        ['constructor', 'b'],
      ],
    );
  });

  it('keeps a value of 6,000 characters and one that was left out', () => {
    const long = 'x'.repeat(6000);
    const params = [{ key: 'long', value: long }, { key: 'none' }];
    assert.deepEqual(decodeRun(wireRun({ params })).params[0]?.value.length, 6000);
    assert.equal(decodeRun(wireRun({ params })).params[1]?.value, '');
  });

  const values: [unknown, number][] = [
    ['NaN', NaN],
    ['Infinity', Infinity],
    ['-Infinity', -Infinity],
    [1.7976931348623157e308, Infinity],
    [-1.7976931348623157e308, -Infinity],
    [1.7976931348623155e308, 1.7976931348623155e308],
    [5e-324, 5e-324],
    [-0, -0],
    ['0.5', 0.5],
    [10n ** 17n, 1e17],
  ];
  for (const [wire, value] of values) {
    it(`reads the metric value ${typeof wire} ${String(wire)} as ${value}`, () => {
      assert.ok(Object.is(metricValue(wire), value));
    });
  }

  it('keeps steps exact, negative and beyond 2^53', () => {
    const text =
      '[{"key":"a","value":1,"timestamp":1,"step":-5},{"key":"b","value":1,"timestamp":1,"step":9007199254740993},' +
      '{"key":"c","value":1,"timestamp":1,"step":"9007199254740993"},{"key":"d","value":1}]';
    const run = decodeRun(wireRun({ metrics: parseJson(text) }));
    const steps = run.metrics.map(({ step }) => step);
    assert.deepEqual(steps, [-5, 9007199254740993n, 9007199254740993n, 0]);
  });

  it('reads a time that is no finite number as none', () => {
    const times = parseJson('{"start_time": 1e999, "end_time": -1e999}') as object;
    const { startTime, endTime } = decodeRun(wireRun({}, times));
    assert.deepEqual([startTime, endTime], [undefined, undefined]);
  });

  it('keeps a status it knows and judges an unknown one by the end time', () => {
    const status = (info: object): string => decodeRun(wireRun({}, info)).status;
    assert.equal(status({ status: 'KILLED' }), 'KILLED');
    assert.equal(status({ status: 'PAUSED' }), 'RUNNING');
    assert.equal(status({ status: 'DONE', end_time: 5 }), 'FINISHED');
  });

  it('reads datasets and model outputs', () => {
    const run = decodeRun({
      run: {
        info: { run_id: 'abc', experiment_id: '1' },
        inputs: { dataset_inputs: [{ dataset: { name: 'wine', digest: 'd', source: '{}' } }] },
        outputs: { model_outputs: [{ model_id: 'm-1', step: 7 }, { model_id: 'm-2' }] },
      },
    });
    assert.deepEqual(run.datasets[0], {
      name: 'wine',
      digest: 'd',
      sourceType: '',
      source: '{}',
      schema: undefined,
      profile: undefined,
      tags: [],
    });
    assert.deepEqual(run.modelOutputs, [
      { modelId: 'm-1', step: 7 },
      { modelId: 'm-2', step: 0 },
    ]);
  });

  it('reads a page without runs as an empty last page', () => {
    assert.deepEqual(decodeRunPage({}), { items: [], nextPageToken: undefined });
    assert.deepEqual(decodeRunPage({ next_page_token: '' }).nextPageToken, undefined);
  });

  it('reads a thousand runs of 19 entries in less than 60 ms', () => {
    const list = (count: number, value: unknown): object[] =>
      Array.from({ length: count }, (_, i) => ({ key: `k${i}`, value, timestamp: i, step: i }));
    const run = { params: list(6, 'v'), metrics: list(8, 0.5), tags: list(5, 't') };
    const info = { run_id: 'abc', experiment_id: '1', status: 'FINISHED', start_time: 1 };
    const reply = { runs: Array.from({ length: 1000 }, () => ({ info, data: run })) };
    // The best of a few: a busy machine must not look like slow code.
    const times = Array.from({ length: 6 }, () => {
      const started = performance.now();
      decodeRunPage(reply);
      return performance.now() - started;
    });
    assert.ok(Math.min(...times) < 60, `${times.join()} ms`);
  });
});

describe('decoding a wrong shape', () => {
  const data = {
    metrics: [
      { key: 'a', value: 1 },
      { key: 'b', value: {} },
    ],
  };
  const cases: [string, () => unknown, string][] = [
    ['a text', () => decodeRunPage('hello'), ''],
    ['a list', () => decodeRunPage([]), ''],
    ['null', () => decodeExperimentPage(null), ''],
    ['runs as an object', () => decodeRunPage({ runs: {} }), 'runs'],
    ['a run without info', () => decodeRunPage({ runs: [{}] }), 'runs[0].info'],
    [
      'a run without an id',
      () => decodeRunPage({ runs: [{ info: { experiment_id: '1' } }] }),
      'runs[0].info.run_id',
    ],
    ['a metric without a number', () => decodeRun(wireRun(data)), 'run.data.metrics[1].value'],
    [
      'a metric value in words',
      () => decodeRun(wireRun({ metrics: [{ key: 'a', value: 'x' }] })),
      'run.data.metrics[0].value',
    ],
    ['a param without a key', () => decodeRun(wireRun({ params: [{}] })), 'run.data.params[0].key'],
    ['an experiment that is not there', () => decodeExperiment({}), 'experiment'],
    [
      'a version as a number',
      () => decodeModelVersion({ model_version: { name: 'm', version: 1 } }),
      'model_version.version',
    ],
    ['a file without a path', () => decodeArtifactListing({ files: [{}] }), 'files[0].path'],
  ];
  for (const [what, decodeIt, path] of cases) {
    it(`says where ${what} stands`, () => {
      assert.throws(decodeIt, shapeError(path));
    });
  }
});

describe('decoding experiments', () => {
  it('keeps ids of 18 digits as text, and fills in what is left out', () => {
    const wire = { experiments: [{ experiment_id: '123456789012345678', name: html }] };
    assert.deepEqual(decodeExperimentPage(wire).items, [
      {
        id: '123456789012345678',
        name: html,
        artifactLocation: '',
        lifecycleStage: 'active',
        creationTime: undefined,
        lastUpdateTime: undefined,
        tags: [],
      },
    ]);
  });
});

describe('decoding the registry', () => {
  it('leaves prompts out of registered models', () => {
    const prompt = { name: 'p', tags: [{ key: 'mlflow.prompt.is_prompt', value: 'true' }] };
    const not = { name: 'm', tags: [{ key: 'mlflow.prompt.is_prompt', value: 'false' }] };
    const page = decodeRegisteredModelPage({
      registered_models: [prompt, not],
      next_page_token: 't',
    });
    assert.deepEqual(
      page.items.map(({ name }) => name),
      ['m'],
    );
    assert.equal(page.nextPageToken, 't');
  });

  it('reads aliases of a model and of a version', () => {
    const aliases = [{ alias: 'champion', version: '3' }];
    assert.deepEqual(
      decodeRegisteredModel({ registered_model: { name: 'm', aliases } }).aliases,
      aliases,
    );
    const version = { name: 'm', version: '3', aliases: ['champion'] };
    assert.deepEqual(decodeModelVersion({ model_version: version }).aliases, ['champion']);
  });

  it('reads empty ids as none and an unknown status as ready', () => {
    const wire = { name: 'm', version: '1', run_id: '', status: 'NEW' };
    const version = decodeModelVersion({ model_version: wire });
    assert.deepEqual([version.runId, version.modelId, version.stage], [undefined, undefined, '']);
    assert.equal(version.status, 'READY');
    const failed = { ...wire, status: 'FAILED_REGISTRATION' };
    assert.equal(decodeModelVersion({ model_version: failed }).status, 'FAILED_REGISTRATION');
  });
});

describe('decoding artifacts and logged models', () => {
  it('reads a folder, a file and an empty listing', () => {
    const files = [
      { path: 'a/b', is_dir: true },
      { path: 'c', is_dir: false, file_size: 0 },
    ];
    assert.deepEqual(decodeArtifactListing({ root_uri: 'r', files }), {
      rootUri: 'r',
      files: [
        { path: 'a/b', isDirectory: true, size: undefined },
        { path: 'c', isDirectory: false, size: 0 },
      ],
    });
    assert.deepEqual(decodeArtifactListing({ root_uri: 'r' }).files, []);
  });

  it('says the status of a logged model as MLflow does', () => {
    const status = (wire: string): string =>
      decodeLoggedModel({ model: { info: { model_id: 'm', experiment_id: '1', status: wire } } })
        .status;
    assert.equal(status('LOGGED_MODEL_READY'), 'READY');
    assert.equal(status('LOGGED_MODEL_UPLOAD_FAILED'), 'FAILED');
  });

  it('names a logged model without a name by its id', () => {
    const model = decodeLoggedModel({ model: { info: { model_id: 'm-1', experiment_id: '1' } } });
    assert.equal(model.name, 'm-1');
    assert.equal(model.sourceRunId, undefined);
  });
});
