import assert from 'node:assert/strict';
import { fileNameOf } from '../../../src/mlflow/fileName';

describe('fileNameOf', () => {
  const names: readonly (readonly [suggested: string, name: string])[] = [
    ['loss.png', 'loss.png'],
    ['train/loss.svg', 'train-loss.svg'],
    ['../../etc/passwd.csv', 'etc-passwd.csv'],
    ['C:\\Users\\x.png', 'C-Users-x.png'],
    ['a\u0000b\u202egnp.csv', 'a-b-gnp.csv'],
    ['정확도.csv', '정확도.csv'],
    ['<img src=x onerror=alert(1)>.svg', 'img src=x onerror=alert(1).svg'],
    ['...', 'mlflow'],
    ['.png', 'mlflow.png'],
    ['con.png', '_con.png'],
    ['name without extension', 'name without extension'],
    ['v1.2 of loss', 'v1.2 of loss'],
    ['', 'mlflow'],
  ];
  for (const [suggested, name] of names) {
    it(`makes ${JSON.stringify(name)} of ${JSON.stringify(suggested)}`, () => {
      assert.equal(fileNameOf(suggested), name);
    });
  }

  it('keeps the extension of a long name, and no half of a character', () => {
    assert.equal(fileNameOf(`${'a'.repeat(300)}.csv`), `${'a'.repeat(100)}.csv`);
    assert.equal(fileNameOf(`${'😀'.repeat(300)}.csv`), `${'😀'.repeat(50)}.csv`);
  });
});
