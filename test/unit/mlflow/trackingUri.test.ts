import assert from 'node:assert/strict';
import { displayUri, parseTrackingUri, suggestedUri } from '../../../src/mlflow/trackingUri';

describe('parseTrackingUri', () => {
  const paths: Record<string, string> = {
    './mlruns': './mlruns',
    mlruns: 'mlruns',
    '/data/mlruns': '/data/mlruns',
    '/data/c#/a?b': '/data/c#/a?b',
    'C:\\data\\mlruns': 'C:\\data\\mlruns',
    'c:/data/mlruns': 'c:/data/mlruns',
    '\\\\server\\share': '\\\\server\\share',
    'file:///data/a%20b': '/data/a b',
    'file:///C:/data/mlruns': 'C:/data/mlruns',
    'file://localhost/data': '/data',
    'file:./mlruns': './mlruns',
    'file:mlruns': 'mlruns',
    'FILE:/data': '/data',
    'file:///data/100%': '/data/100%',
  };
  for (const [uri, path] of Object.entries(paths)) {
    it(`reads ${uri} as a folder`, () => {
      assert.deepEqual(parseTrackingUri(`  ${uri} `), { kind: 'files', uri, path });
    });
  }

  const databases: Record<string, string> = {
    'sqlite:///mlflow.db': 'mlflow.db',
    'sqlite:///sub/mlflow.db': 'sub/mlflow.db',
    'sqlite:////data/mlflow.db': '/data/mlflow.db',
    'sqlite:///C:/data/mlflow.db': 'C:/data/mlflow.db',
    'sqlite:///mlflow.db?mode=ro': 'mlflow.db',
    'sqlite+pysqlite:///mlflow.db': 'mlflow.db',
    'SQLite:///mlflow.db': 'mlflow.db',
  };
  for (const [uri, path] of Object.entries(databases)) {
    it(`reads ${uri} as a SQLite file`, () => {
      assert.deepEqual(parseTrackingUri(uri), { kind: 'sqlite', uri, path });
    });
  }

  const kinds: Record<string, string> = {
    'http://127.0.0.1:5000': 'http',
    'HTTPS://user:pw@host/mlflow/': 'http',
    'http://': 'unsupported',
    'http://host:99999': 'unsupported',
    'postgresql://u:p@host/db': 'database',
    'postgresql+psycopg2://u:p@host/db': 'database',
    'postgres://host/db': 'database',
    'mysql+pymysql://host/db': 'database',
    'mssql+pyodbc://host/db': 'database',
    databricks: 'unsupported',
    DataBricks: 'unsupported',
    'databricks://profile': 'unsupported',
    'databricks-uc': 'unsupported',
    'azureml://eastus.api.azureml.ms/mlflow/v1.0': 'unsupported',
    'arn:aws:sagemaker:eu-west-1:1:mlflow-tracking-server/x': 'unsupported',
    's3://bucket/path': 'unsupported',
    'localhost:5000': 'unsupported',
    '127.0.0.1:5000': 'unsupported',
    'mlflow.example.com:80/prefix': 'unsupported',
  };
  for (const [uri, kind] of Object.entries(kinds)) {
    it(`reads ${uri} as ${kind}`, () => {
      assert.equal(parseTrackingUri(uri).kind, kind);
    });
  }

  it('names the scheme that is not spoken', () => {
    const uri = parseTrackingUri('Databricks-UC://x');
    assert.equal(uri.kind === 'unsupported' && uri.scheme, 'databricks-uc');
  });
});

describe('displayUri', () => {
  const shown: Record<string, string> = {
    'http://host:5000': 'http://host:5000',
    'http://user:pa@ss:w@host:5000/p': 'http://host:5000/p',
    'http://user@host/p': 'http://host/p',
    'https://u:s3cret@host/p/?token=s3cret#/x': 'https://host/p/',
    'http:/u:s3cret@host': 'http:/host',
    'http:\\\\u:s3cret@host': 'http:\\\\host',
    'http:///u:s3cret@host': 'http:///host',
    'https://host/user/me@example.com/mlflow': 'https://host/user/me@example.com/mlflow',
    'http://u:s3/cret@host': 'http://…',
    'postgresql://u:p@ss:w@host/db?password=x': 'postgresql://host/db',
    'postgresql://u:s3/cret@host/db': 'postgresql://…',
    'postgresql://u:s3?cret@host/db': 'postgresql://…',
    'postgresql://u:s3#cret@host/db': 'postgresql://…',
    'mysql+pymysql://host/db?password=s3@cret': 'mysql+pymysql://…',
    'sqlite:////data/a@b/c#/mlflow.db?key=s3cret': 'sqlite:////data/a@b/c#/mlflow.db',
    '/home/me/c#/mlruns': '/home/me/c#/mlruns',
    'C:\\me@work\\mlruns': 'C:\\me@work\\mlruns',
    'file:///home/me/mlruns': 'file:///home/me/mlruns',
    'user:s3cret@host:5000': 'user:host:5000',
    databricks: 'databricks',
  };
  for (const [uri, expected] of Object.entries(shown)) {
    it(`shows ${uri} as ${expected}`, () => {
      assert.equal(displayUri(uri), expected);
    });
  }
});

describe('suggestedUri', () => {
  it('puts http before a host and port', () => {
    assert.equal(suggestedUri('localhost:5000'), 'http://localhost:5000');
    assert.equal(suggestedUri('10.0.0.7:80/prefix'), 'http://10.0.0.7:80/prefix');
  });

  it('suggests nothing for anything else', () => {
    for (const uri of ['http://host:5000', 'mlruns', 'C:\\x', 'databricks', 'sqlite:///a:1']) {
      assert.equal(suggestedUri(uri), undefined);
    }
  });
});
