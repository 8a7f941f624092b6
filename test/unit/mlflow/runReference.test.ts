import assert from 'node:assert/strict';
import { parseRunReference } from '../../../src/mlflow/runReference';

const id = '0123456789abcdef0123456789abcdef';

describe('parseRunReference', () => {
  it('reads a bare id in any case, with blanks round it', () => {
    const expected = { runId: id, serverUrl: undefined };
    assert.deepEqual(parseRunReference(id), expected);
    assert.deepEqual(parseRunReference(`\t ${id.toUpperCase()} \n`), expected);
  });

  it('reads runs:/ addresses of models and artifacts', () => {
    const expected = { runId: id, serverUrl: undefined };
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
      assert.deepEqual(parseRunReference(address), { runId: id, serverUrl });
    });
  }

  it('leaves user and password out of the server', () => {
    const reference = parseRunReference(`http://me:pa%40ss@host:5000/#/experiments/1/runs/${id}`);
    assert.deepEqual(reference, { runId: id, serverUrl: 'http://host:5000' });
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
