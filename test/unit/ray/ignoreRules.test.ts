import assert from 'node:assert/strict';
import { IgnoreRules } from '../../../src/ray/jobs/ignoreRules';

describe('ignore rules', () => {
  const cases: readonly (readonly [
    line: string,
    ignored: readonly string[],
    kept: readonly string[],
  ])[] = [
    ['*.ckpt', ['a.ckpt', 'deep/er/b.ckpt'], ['a.ckpt2', 'ckpt']],
    ['/data', ['data'], ['x/data']],
    ['a/b', ['a/b'], ['x/a/b', 'a/bc']],
    ['logs/', ['logs/', 'x/logs/'], ['logs']],
    ['**/tmp', ['tmp', 'a/tmp', 'a/b/tmp'], ['tmpx']],
    ['a/**/z', ['a/z', 'a/b/z', 'a/b/c/z'], ['az', 'b/a/z']],
    ['a/**', ['a/b', 'a/b/c'], ['a']],
    ['file?.txt', ['file1.txt'], ['file.txt', 'file/.txt', 'file12.txt']],
    ['[ab].py', ['a.py', 'x/b.py'], ['c.py', 'ab.py']],
    ['[!a].py', ['b.py'], ['a.py', '/.py']],
    ['\\#x', ['#x'], ['x']],
    ['with blank\\ ', ['with blank '], ['with blank']],
    ['trailing  ', ['trailing'], ['trailing  ']],
    ['a+b(c).txt', ['a+b(c).txt'], ['aab(c).txt', 'a+bc.txt']],
    ['🙂*', ['🙂.png'], ['x🙂']],
    ['# a comment', [], ['# a comment', ' a comment']],
  ];
  for (const [line, ignored, kept] of cases) {
    it(`mean by ${JSON.stringify(line)} what git means`, () => {
      const rules = new IgnoreRules([line]);
      const ignores = (path: string): boolean =>
        rules.ignores(path.replace(/\/$/, ''), path.endsWith('/'));
      assert.deepEqual(
        ignored.filter((path) => !ignores(path)),
        [],
      );
      assert.deepEqual(kept.filter(ignores), []);
    });
  }

  it('take the last rule that fits', () => {
    const rules = new IgnoreRules(['*.bin', '!keep.bin']);
    assert.equal(rules.ignores('a.bin', false), true);
    assert.equal(rules.ignores('keep.bin', false), false);
  });

  it('bear patterns that make no sense', () => {
    assert.equal(new IgnoreRules(['[', '[]', '[z-a]', '/', '!']).ignores('x/y', false), false);
  });
});
