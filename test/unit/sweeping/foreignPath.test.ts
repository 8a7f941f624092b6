import assert from 'node:assert/strict';
import { isPlainScript, mayBeOpened } from '../../../src/sweeping/foreignPath';

describe('paths that a server names', () => {
  it('are opened where they are of this machine', () => {
    assert.ok(mayBeOpened('/home/ada/iris'));
    for (const path of ['\\\\host\\share', '//host/share', '\\/host/share', 'iris', '']) {
      assert.equal(mayBeOpened(path), false, path);
    }
  });

  it('are plain scripts', () => {
    for (const file of ['train.py', 'src/train.py', 'environment/train.py', '../train.py']) {
      assert.ok(isPlainScript(file), file);
    }
  });

  it('are no options of Python, no detours, and no scripts of environments', () => {
    const files = [
      ...[
        '-cimport os;os.system("id")#/../src/train.py',
        '-c#.py',
        'src/../train.py',
        './train.py',
      ],
      ...['.venv/lib/python3.12/site-packages/pip/__main__.py', 'env/bin/pip.py', 'a/venv/x.py'],
    ];
    for (const file of files) assert.equal(isPlainScript(file), false, file);
  });
});
