import assert from 'node:assert/strict';
import { sameServer } from '../../../src/mlflow/sameServer';

describe('sameServer', () => {
  const same: [string, string][] = [
    ['http://host:5000', 'http://host:5000/'],
    ['http://HOST:5000', 'http://host:5000'],
    ['http://localhost:5000', 'http://127.0.0.1:5000'],
    ['http://host', 'http://host:80/'],
    ['https://host:443/pre/', 'https://host/pre'],
    ['http://me:secret@host:5000', 'http://host:5000'],
    ['http://host:5000/#/experiments/1', 'http://host:5000'],
    ['sqlite:///a.db', 'sqlite:///a.db'],
    ['/data/mlruns', '/data/mlruns/'],
  ];
  for (const [one, other] of same) {
    it(`takes ${one} and ${other} for one`, () => {
      assert.equal(sameServer(one, other), true);
      assert.equal(sameServer(other, one), true);
    });
  }

  const different: [string, string][] = [
    ['http://host:5000', 'https://host:5000'],
    ['http://host:5000', 'http://host:5001'],
    ['http://host:5000', 'http://host.evil.example:5000'],
    ['http://host:5000', 'http://host:5000@evil.example'],
    ['http://host/a', 'http://host/b'],
    ['http://host/A', 'http://host/a'],
    ['http://[::1]:5000', 'http://127.0.0.1:5000'],
    ['sqlite:///a.db', 'sqlite:///b.db'],
  ];
  for (const [one, other] of different) {
    it(`tells ${one} from ${other}`, () => {
      assert.equal(sameServer(one, other), false);
      assert.equal(sameServer(other, one), false);
    });
  }
});
