import assert from 'node:assert/strict';
import { globPattern } from '../../../../src/server/service/globPattern';
import { fileNameOf, folderOf, resolveUri } from '../../../../src/server/service/resolveUri';

describe('addresses of files', () => {
  const cases: readonly (readonly [
    document: string,
    path: string,
    expected: string | undefined,
  ])[] = [
    ['file:///p/MLproject', 'a.py', 'file:///p/a.py'],
    ['file:///p/MLproject', './x//a.py', 'file:///p/x/a.py'],
    ['file:///p/q/MLproject', '../a.py', 'file:///p/a.py'],
    ['file:///p/MLproject', '../../../a.py', 'file:///a.py'],
    ['file:///p/MLproject', '/etc/a', 'file:///etc/a'],
    ['file:///p/MLproject', '.', 'file:///p'],
    ['file:///p/MLproject', 'a b#c?d%e', 'file:///p/a%20b%23c%3Fd%25e'],
    ['file:///p/MLproject', "it's(1)!*", 'file:///p/it%27s%281%29%21%2A'],
    ['file:///p/MLproject', '데이터.csv', 'file:///p/%EB%8D%B0%EC%9D%B4%ED%84%B0.csv'],
    ['file:///p/MLproject', 'a\uD800b', 'file:///p/a%EF%BF%BDb'],
    ['file:///p/MLproject', 'a\\b', 'file:///p/a%5Cb'],
    ['file:///c%3A/p/MLproject', 'a\\b', 'file:///c%3A/p/a/b'],
    ['file:///c%3A/p/MLproject', 'D:\\x\\y', 'file:///D%3A/x/y'],
    ['vscode-vfs://github/o/r/MLproject', 'a.py', 'vscode-vfs://github/o/r/a.py'],
    ['file:///a%20b/MLproject', 'c', 'file:///a%20b/c'],
    ['memory:/MLproject', 'a.py', 'memory:/a.py'],
    ['memory:/p/MLproject', '../a.py', 'memory:/a.py'],
    ['untitled:MLproject', 'a.py', undefined],
  ];
  for (const [document, path, expected] of cases) {
    it(`of ${JSON.stringify(path)} seen from ${document} is ${expected ?? 'none'}`, () => {
      assert.equal(resolveUri(document, path), expected);
    });
  }

  it('have a folder and a name', () => {
    assert.equal(folderOf('file:///p/q/MLproject'), 'file:///p/q');
    assert.equal(fileNameOf('file:///p/a%20b'), 'a b');
    assert.equal(fileNameOf('file:///p/%'), '%');
    assert.equal(fileNameOf('untitled:MLproject'), 'MLproject');
  });
});

describe('globs', () => {
  const cases: readonly (readonly [glob: string, path: string, matches: boolean])[] = [
    ['*.yaml', '/p/q/a.yaml', true],
    ['*.yaml', '/p/q/a.yml', false],
    ['sweeps/*.yaml', '/p/sweeps/a.yaml', true],
    ['sweeps/*.yaml', '/p/sweeps/q/a.yaml', false],
    ['sweeps/**/*.yaml', '/p/sweeps/q/r/a.yaml', true],
    ['**/grid.{yaml,yml}', '/grid.yml', true],
    ['grid-?.yaml', '/p/grid-1.yaml', true],
    ['grid-?.yaml', '/p/grid-12.yaml', false],
    ['grid-[0-9].yaml', '/p/grid-7.yaml', true],
    ['grid-[!0-9].yaml', '/p/grid-7.yaml', false],
    ['a.yaml', '/p/axyaml', false],
    ['a,b.yaml', '/p/a,b.yaml', true],
    ['', '/p/a.yaml', false],
    ['{a', '/p/a', false],
    ['(', '/p/(', true],
  ];
  for (const [glob, path, matches] of cases) {
    it(`of ${JSON.stringify(glob)} ${matches ? 'match' : 'do not match'} ${path}`, () => {
      assert.equal(globPattern(glob)(path), matches);
    });
  }
});
