import assert from 'node:assert/strict';
import { escapeMarkdown, markdownTable } from '../../../src/mlflow/markdown';

/** What a CommonMark renderer shows for text in which every mark is escaped. */
function rendered(markdown: string): string {
  return markdown.replace(/\\([!-/:-@[-`{-~])/g, '$1');
}

/** Marks that are not escaped, and so would mean something. */
function activeMarks(markdown: string): string {
  return markdown.replace(/\\[!-/:-@[-`{-~]/g, '').replace(/[^!-/:-@[-`{-~]/g, '');
}

const hostile = [
  '[click](command:workbench.action.quit)',
  '![x](https://evil.example/pixel.png)',
  '<img src=x onerror=alert(1)>',
  '</script><script>alert(1)</script>',
  '<https://evil.example>',
  'https://evil.example',
  'www.evil.example',
  'me@evil.example',
  '| a | b |',
  'a \\| b',
  '\\',
  '\\\\[x](y)',
  '`code` ``` ~~~',
  '**bold** __bold__ ~~gone~~',
  '# heading',
  '> quote',
  '- item',
  '1. item',
  '1) item',
  '---',
  '===',
  '&lt;b&gt; &#60;',
  '$(alert) $(sync~spin)',
  '[x]: https://evil.example',
];

describe('escapeMarkdown', () => {
  for (const text of hostile) {
    it(`says just ${text}`, () => {
      const escaped = escapeMarkdown(text);
      assert.equal(activeMarks(escaped), '');
      assert.equal(rendered(escaped), text);
    });
  }

  it('makes no new line or block out of line breaks', () => {
    assert.equal(escapeMarkdown('a\n\n# b\r\n    code'), 'a \\# b     code');
    assert.equal(escapeMarkdown('    code'), 'code');
  });

  it('cuts long text before it escapes it, so that no escape is halved', () => {
    const escaped = escapeMarkdown('|'.repeat(500), 10);
    assert.equal(rendered(escaped), `${'|'.repeat(9)}…`);
    assert.equal(activeMarks(escaped), '');
  });

  it('leaves letters and digits of any script alone', () => {
    assert.equal(escapeMarkdown('실험 12 été 🚀'), '실험 12 été 🚀');
  });
});

describe('markdownTable', () => {
  it('has two cells in every row, whatever is in them', () => {
    const rows = hostile.map((text) => [text, text] as const);
    const [title, , ...table] = markdownTable('a|b', rows).split('\n');
    assert.equal(title, '**a\\|b**');
    assert.equal(table.length, hostile.length + 2);
    for (const line of table.slice(2)) {
      assert.equal(activeMarks(line), '|||');
    }
  });

  it('leaves out rows without a value', () => {
    const table = markdownTable('t', [
      ['a', undefined],
      ['b', ''],
      ['c', '0'],
    ]);
    assert.deepEqual(table.split('\n').slice(4), ['| c | 0 |']);
  });
});
