import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyAsMarkdown, copyAsText } from '../../../../webview/runs/copy/copyTable';
import { orderOf, pandasSnippet } from '../../../../webview/runs/copy/pandasSnippet';
import type { SnippetInput } from '../../../../webview/runs/copy/pandasSnippet';
import { pythonList, pythonLiteral } from '../../../../webview/runs/copy/pythonLiteral';

const hostile = [
  'plain',
  'with "both" kinds of \'quotes\'',
  'back\\slash\\n and trailing \\',
  'line\nbreak\r\n\ttab\0nul',
  '정확도 → 🎉',
  '"""); import os; os.system("x") #',
  '{braces} %s %(x)s \\N{BULLET} \\x41 \\u0041',
  '\u202eturned\u2066 \u2028 \u2029 \u0085 \ufeff',
  '\ud800 half a pair \udc00',
  '',
];

const base: SnippetInput = {
  experimentNames: ['lab'],
  connection: 'http://127.0.0.1:5000',
  query: { filters: [], view: 'active' },
  sort: [],
};

/** Reads JSON from a program and gives back what Python makes of it. */
function python(program: string, input: string): unknown {
  const output = execFileSync('python3', ['-c', program], { input, encoding: 'utf8' });
  return JSON.parse(output);
}

describe('pythonLiteral', () => {
  it('is read by Python as the very text', () => {
    const program =
      'import ast, json, sys; print(json.dumps([ast.literal_eval(x) for x in json.load(sys.stdin)]))';
    const literals = hostile.map(pythonLiteral);
    assert.deepEqual(python(program, JSON.stringify(literals)), hostile);
    assert.ok(literals.every((literal) => !/[\n\r\u202e\u2028]/.test(literal)));
    assert.equal(pythonLiteral('정확도'), '"정확도"');
  });

  it('makes lists of many or long texts readable', () => {
    assert.equal(pythonList(['a', 'b']), '["a", "b"]');
    assert.match(pythonList(['a'.repeat(60), 'b'.repeat(60)]), /^\[\n {4}"a+",\n {4}"b+",\n\]$/);
  });
});

describe('pandasSnippet', () => {
  it('asks MLflow for what the table shows', () => {
    const snippet = pandasSnippet({
      ...base,
      query: { filters: ['metrics.`a b` < 1'], view: 'active', startedSince: 17 },
      sort: [
        { column: 'metric:a b', descending: true },
        { column: 'attribute:created', descending: false },
        { column: 'attribute:duration', descending: false },
        { column: 'min:loss', descending: false },
      ],
    });
    assert.equal(
      snippet,
      `import mlflow

# http://127.0.0.1:5000
df = mlflow.search_runs(
    experiment_names=["lab"],
    filter_string="metrics.\`a b\` < 1 AND attributes.start_time > 17",
    order_by=["metrics.\`a b\` DESC", "attributes.start_time ASC"],
)
`,
    );
  });

  it('writes a part of a name as the filter that it is', () => {
    const snippet = pandasSnippet({ ...base, query: { filters: ['bold cat'], view: 'active' } });
    assert.match(snippet, /filter_string="attributes.run_name ILIKE '%bold cat%'"/);
  });

  it('sorts by what MLflow has a way to name, in quotes only where it needs them', () => {
    const sort = [
      { column: 'metric:loss', descending: true },
      { column: 'param:with ` in it', descending: false },
      { column: 'tag:a-b', descending: false },
    ] as const;
    assert.deepEqual(orderOf(sort), ['metrics.loss DESC', 'tags.`a-b` ASC']);
  });

  it('merges the findings of several filters, each run once', () => {
    const query = { filters: ['metrics.a > 1', 'metrics.b > 2'], view: 'all' } as const;
    const snippet = pandasSnippet({ ...base, query });
    assert.match(snippet, /filters = \["metrics.a > 1", "metrics.b > 2"\]/);
    assert.match(snippet, /drop_duplicates\("run_id", ignore_index=True\)/);
    assert.match(snippet, /ViewType.ALL/);
  });

  it('names runs by their ids, deleted ones too', () => {
    const snippet = pandasSnippet({ ...base, runIds: ['0a', '1b'] });
    assert.match(snippet, /filter_string="attributes.run_id IN \('0a', '1b'\)"/);
    assert.match(snippet, /run_view_type=ViewType.ALL/);
  });

  it('is Python, whatever names and filters are', () => {
    const program =
      'import ast, json, sys\nfor x in json.load(sys.stdin): ast.parse(x)\nprint("true")';
    const snippets = hostile.flatMap((text) => [
      pandasSnippet({ ...base, experimentNames: hostile, connection: text }),
      pandasSnippet({ ...base, query: { filters: [`params.x = ${text}`], view: 'deleted' } }),
      pandasSnippet({ ...base, query: { filters: [text, 'metrics.a > 1'], view: 'active' } }),
      pandasSnippet({ ...base, sort: [{ column: `param:${text}`, descending: false }] }),
    ]);
    assert.equal(python(program, JSON.stringify(snippets)), true);
  });
});

describe('copying rows', () => {
  const table = {
    header: ['Run', 'a\tb'],
    rows: [
      ['x', '1'],
      ['say "hi"', 'two\nlines'],
    ],
  };

  it('as text is what spreadsheets take', () => {
    assert.equal(copyAsText(table), 'Run\t"a\tb"\nx\t1\n"say ""hi"""\t"two\nlines"');
    assert.equal(copyAsText({ header: [], rows: [['a\nb']] }), 'a\nb');
  });

  it('as Markdown keeps every cell in its column', () => {
    const markdown = copyAsMarkdown({ header: ['Run'], rows: [['a|b'], ['<img src=x>']] });
    assert.equal(markdown, '| Run |\n| --- |\n| a\\|b |\n| \\<img src=x\\> |\n');
  });
});
