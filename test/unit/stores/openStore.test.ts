import assert from 'node:assert/strict';
import { MlflowError } from '../../../src/mlflow/errors';
import { openStore } from '../../../src/stores/openStore';

const quiet = (): void => undefined;

describe('openStore', () => {
  const opened = [
    'http://host:5000',
    ' HTTPS://host/mlflow/#/models ',
    'http://u:p@host',
    'sqlite:////data/mlflow.db',
    '/data/mlruns',
    'file:///data/my%20runs',
  ];
  for (const uri of opened) {
    it(`opens ${uri} without asking it anything`, () => {
      openStore({ uri }, quiet).dispose();
    });
  }

  const refused = {
    databricks: 'databricks',
    'databricks://profile': 'databricks',
    'postgresql+psycopg2://kim:s3cret@db/mlflow': 'postgresql+psycopg2',
    'sqlite:///mlflow.db': 'sqlite',
    './mlruns': 'file',
    'http://kim:s3cret@host:99999': 'http',
  };
  for (const [uri, scheme] of Object.entries(refused)) {
    it(`refuses ${uri} and names ${scheme} only`, () => {
      assert.throws(
        () => openStore({ uri }, quiet),
        (error) => {
          assert.ok(error instanceof MlflowError);
          assert.deepEqual([error.kind, error.reason], ['unsupported', 'scheme']);
          assert.deepEqual(error.detail, { serverMessage: scheme });
          return true;
        },
      );
    });
  }
});
