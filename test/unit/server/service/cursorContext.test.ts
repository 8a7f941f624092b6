import assert from 'node:assert/strict';
import { cursorContext } from '../../../../src/server/service/cursorContext';
import { atCursor } from '../../../support/cursor';

/** `place path [word]`, the path with slashes. */
function shown(marked: string): string {
  const { text, offset } = atCursor(marked);
  const { place, path, from, to } = cursorContext(text, offset);
  return `${place} /${path.join('/')} [${text.slice(from, to)}]`;
}

describe('The place of a cursor in YAML', () => {
  const cases: [marked: string, expected: string][] = [
    ['|', 'key / []'],
    ['na|', 'key / [na]'],
    ['na|me: x', 'key / [name]'],
    ['name: |', 'value /name []'],
    ['name: a b|', 'value /name [a b]'],
    ['name:|', 'value /name []'],
    ['a:\n  |', 'key /a []'],
    ['a:\n  b:\n    c|', 'key /a/b [c]'],
    ['a:\n  b:\n    c: 1\n  d|', 'key /a [d]'],
    ['a:\n  b:\n    c: 1\n|', 'key / []'],
    ['a:\n  b:\n\n  |\n  c: 1', 'key /a []'],
    ['a:\r\n  b: |\r\n', 'value /a/b []'],
    ['a: {b: 1, c|}', 'key /a [c]'],
    ['a: {b: |}', 'value /a/b []'],
    ['a: {b: {type: fl|, x: 1}}', 'value /a/b/type [fl]'],
    ['a: {b: "x, y", |', 'key /a []'],
    ['a: {\n  b: 1,\n  "c d": z|\n}', 'value /a/c d [z]'],
    ['a: [1, x|]', 'value /a/- [x]'],
    ['a: [1,\n  {k|', 'key /a/- [k]'],
    ['a: {b: 1}\nc|', 'key / [c]'],
    ['a:\n  - x\n  - |', 'key /a/- []'],
    ['a:\n- x\n- k: |', 'value /a/-/k []'],
    ['a:\n- x\nb|', 'key / [b]'],
    ['a: "x # {|', 'value /a ["x # {]'],
    ['a: "x\n  y: {|', 'value /a [y: {]'],
    ["a: 'it''s: |", "value /a ['it''s: ]"],
    ['a: "x"\nb|', 'key / [b]'],
    ['a: # note |', 'comment / []'],
    ['# note |', 'comment / []'],
    ['a: x#y|', 'value /a [x#y]'],
    ['a: |-\n  python {'.replace('|', '>') + '|', 'value /a []'],
    ['a: >\n  x: y\n\n  z|\nb: 1', 'value /a [z]'],
    ['a: >\n  x: y\nb|', 'key / [b]'],
    ['a: python\n  --x|', 'value /a [--x]'],
    ['"a b":\n  |', 'key /a b []'],
    ['a: &x\n  |', 'key /a []'],
    ['a: &x {b|', 'key /a [b]'],
    ['a: http://x|', 'value /a [http://x]'],
    ['a:\n\tb|', 'key /a [b]'],
    ['}]: {{|', 'key /}] []'],
  ];
  for (const [marked, expected] of cases) {
    it(`is ${expected} in ${JSON.stringify(marked)}`, () => {
      assert.equal(shown(marked), expected);
    });
  }

  it('is found within a second in a line of a megabyte', () => {
    for (const piece of ['a: ', '{a: [', '"\\', '- ', '# ', ' ']) {
      const text = piece.repeat(1_000_000 / piece.length);
      const began = performance.now();
      cursorContext(text, text.length);
      assert.ok(performance.now() - began < 1000, piece);
    }
  });
});
