import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { parse } from 'yaml';
import { formatYaml } from '../../../../src/server/service/formatYaml';
import { randomMapping } from '../../../support/randomMapping';
import { SeededRandom } from '../../../support/seededRandom';

function formatted(text: string): string {
  const document = TextDocument.create('file:///p/MLproject', 'mlproject', 1, text);
  return TextDocument.applyEdits(document, formatYaml(document));
}

describe('Formatting', () => {
  const cases: [what: string, before: string, after: string][] = [
    ['indents by two', 'a:\n    b:\n        c: 1\n    d: 2\n', 'a:\n  b:\n    c: 1\n  d: 2\n'],
    [
      'indents lists',
      'a:\n- x\n-   y\nb:\n     - k:  1\n       l: 2\n',
      'a:\n  - x\n  - y\nb:\n  - k: 1\n    l: 2\n',
    ],
    ['puts one space behind a colon', 'a:   1\nb :  2\n"c : d":   3\n', 'a: 1\nb: 2\n"c : d": 3\n'],
    [
      'spaces flow collections',
      'a: { b: 1,c:  [ 1 ,2,"x,  y" ] }  # z\n',
      'a: {b: 1, c: [1, 2, "x,  y"]}  # z\n',
    ],
    [
      'moves comments along',
      '# top\na:\n    # about b\n    b: 1 # b\n\n    # about c\n    c: 2\n# end\n',
      '# top\na:\n  # about b\n  b: 1 # b\n\n  # about c\n  c: 2\n# end\n',
    ],
    ['leaves at most one empty line', '\n\na: 1\n\n\n\nb: 2\n\n\n', 'a: 1\n\nb: 2\n'],
    ['ends with a line break', 'a: 1', 'a: 1\n'],
    ['drops white space at line ends', 'a: 1  \nb:  \n  c: "x"  \n', 'a: 1\nb:\n  c: "x"\n'],
    [
      'moves block texts along',
      'a:\n     b: |\n          x\n            y\n\n          z\n     c: 1\n',
      'a:\n  b: |\n    x\n      y\n\n    z\n  c: 1\n',
    ],
    [
      'keeps explicit indents',
      'a:\n    b: |2\n        x\n      y\n',
      'a:\n  b: |2\n      x\n    y\n',
    ],
    ['keeps what block texts keep', 'a: |+\n  x  \n\n\n', 'a: |+\n  x  \n\n\n'],
    [
      'moves quoted texts along',
      'a:\n    b: "x\n      y"\n    c: 1\n',
      'a:\n  b: "x\n    y"\n  c: 1\n',
    ],
    [
      'moves plain texts along',
      'a:\n    b: x\n          y\n    c: 1\n',
      'a:\n  b: x\n    y\n  c: 1\n',
    ],
    ['keeps line breaks of Windows', 'a:\r\n    b: 1\r\n', 'a:\r\n  b: 1\r\n'],
    ['keeps a byte order mark', '\uFEFFa:   1\n', '\uFEFFa: 1\n'],
    [
      'keeps anchors, aliases and tags',
      'a: &x   {b: 1}\nc:   *x\nd: !!str   1\n',
      'a: &x   {b: 1}\nc: *x\nd: !!str   1\n',
    ],
    ['keeps flow over lines', 'a: {\n      b: 1,\n  c: 2\n}\n', 'a: {\n      b: 1,\n  c: 2\n }\n'],
    ['leaves what is no YAML', 'a: {\n  b:   1\n', 'a: {\n  b:   1\n'],
    ['leaves empty text', '\n\n', '\n\n'],
  ];
  for (const [what, before, after] of cases) {
    it(what, () => {
      assert.equal(formatted(before), after);
      assert.equal(formatted(after), after);
    });
  }

  it('keeps the meaning and the comments of 200 random texts, and changes none twice', () => {
    const random = new SeededRandom(10);
    for (let round = 0; round < 200; round += 1) {
      const text = randomMapping(random);
      const after = formatted(text);
      assert.deepEqual(parse(after), parse(text), text);
      assert.deepEqual(commentsOf(after), commentsOf(text), text);
      assert.equal(formatted(after), after, text);
      assert.equal(/^( {2})* [^ ]/m.test(outsideOfTexts(after)), false, `${text}\n---\n${after}`);
    }
  });
});

function commentsOf(text: string): string[] {
  return text.match(/# [cd]\d*/g) ?? [];
}

/** Without texts of several lines, whose insides may be indented in any way. */
function outsideOfTexts(text: string): string {
  return text
    .split('\n')
    .filter((line) => /^\s*["']?[\w.-]+( k)?\d["']?:/.test(line))
    .join('\n');
}
