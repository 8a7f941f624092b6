import assert from 'node:assert/strict';
import { parsePage, parseRunReference } from '../../../src/mlflow/runReference';

const id = '0123456789abcdef0123456789abcdef';

describe('parseRunReference', () => {
  it('reads a bare id in any case, with blanks round it', () => {
    const expected = { kind: 'run', runId: id, serverUrl: undefined };
    assert.deepEqual(parseRunReference(id), expected);
    assert.deepEqual(parseRunReference(`\t ${id.toUpperCase()} \n`), expected);
  });

  it('reads runs:/ addresses of models and artifacts', () => {
    const expected = { kind: 'run', runId: id, serverUrl: undefined };
    assert.deepEqual(parseRunReference(`runs:/${id}`), expected);
    assert.deepEqual(parseRunReference(`runs:/${id}/model`), expected);
    assert.deepEqual(parseRunReference(`runs://${id}/model`), expected);
  });

  const addresses = {
    [`http://host:5000/#/experiments/1/runs/${id}`]: 'http://host:5000',
    [`http://host:5000/#/experiments/1/runs/${id}/`]: 'http://host:5000',
    [`http://host:5000/#/experiments/1/runs/${id}/model-metrics`]: 'http://host:5000',
    [`http://host:5000/#/experiments/1/runs/${id}/artifacts/plots/a.png`]: 'http://host:5000',
    [`http://host:5000/#/experiments/1/runs/${id}?tab=x`]: 'http://host:5000',
    [`http://host:5000/?workspace=team#/experiments/1/runs/${id}`]: 'http://host:5000',
    [`https://host/mlflow/#/experiments/1/runs/${id}`]: 'https://host/mlflow',
    [`https://host/a/b/?x=1&y=2#/experiments/123456789012345678/runs/${id}`]: 'https://host/a/b',
    [`HTTP://[::1]:5000/#/experiments/1/runs/${id}`]: 'HTTP://[::1]:5000',
    [`https://adb.example.com/ml/experiments/1/runs/${id}/artifacts`]: 'https://adb.example.com',
    [`https://host/prefix/experiments/1/runs/${id}`]: 'https://host/prefix',
  };
  for (const [address, serverUrl] of Object.entries(addresses)) {
    it(`reads ${address}`, () => {
      const expected = { kind: 'run', runId: id, serverUrl, page: address };
      assert.deepEqual(parseRunReference(address), expected);
    });
  }

  it('leaves user and password out of the server', () => {
    const reference = parseRunReference(`http://me:pa%40ss@host:5000/#/experiments/1/runs/${id}`);
    assert.deepEqual(reference, {
      kind: 'run',
      runId: id,
      serverUrl: 'http://host:5000',
      page: `http://host:5000/#/experiments/1/runs/${id}`,
    });
  });

  const junk = [
    '',
    '   ',
    'bold-cat-12',
    id.slice(1),
    `${id}0`,
    `${id} ${id}`,
    id.replace('0', 'g'),
    'http://host:5000',
    'http://host:5000/#/experiments/1',
    `http://host:5000/#/experiments/1/runs/${id}0`,
    `http://host:5000/#/experiments/1/runs/${id.slice(1)}`,
    `ftp://host/#/experiments/1/runs/${id}`,
    `javascript:alert(1)//runs/${id}`,
    `/runs/${id}`,
    `runs:/${id}0/model`,
    'runs:/',
  ];
  for (const text of junk) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      assert.equal(parseRunReference(text), undefined);
    });
  }
});

describe('parsePage', () => {
  const pages = {
    'http://host:5000/#/experiments/0': 'http://host:5000',
    'http://host:5000/#/experiments/0/models?x=1': 'http://host:5000',
    'https://host/pre/#/experiments/0/runs': 'https://host/pre',
    'https://adb.example.com/ml/experiments/0': 'https://adb.example.com',
  };
  for (const [page, serverUrl] of Object.entries(pages)) {
    it(`reads the experiment of ${page}`, () => {
      assert.deepEqual(parsePage(page), { kind: 'experiment', experimentId: '0', serverUrl, page });
    });
  }

  it('takes a run for a run', () => {
    assert.equal(parsePage(`http://host/#/experiments/1/runs/${id}`)?.kind, 'run');
  });

  const junk = [
    'http://host:5000/',
    'http://host/#/experiments/abc',
    `http://host/#/experiments/${'1'.repeat(33)}`,
    'ftp://host/#/experiments/1',
    'http://[/#/experiments/1',
    id,
  ];
  for (const text of junk) {
    it(`refuses ${text}`, () => {
      assert.equal(parsePage(text), undefined);
    });
  }
});
