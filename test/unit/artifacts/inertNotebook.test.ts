import assert from 'node:assert/strict';
import { inertNotebook } from '../../../src/artifacts/inertNotebook';
import { isTameHtml, tameMarkdown, tameTraceback } from '../../../src/artifacts/tameMarkup';
import { htmlCarriers, svgCarriers } from '../../support/scriptCarriers';

const evil = 'http://evil.example';
const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const leftOut = 'Left out.';

/** As pandas writes it into a notebook. */
const table = `<div>
<style scoped>
    .dataframe tbody tr th:only-of-type { vertical-align: middle; }
    #T_1 td:nth-child(2) { color: rgb(1, 2, 3); }
</style>
<table border="1" class="dataframe">
  <thead><tr style="text-align: right;"><th></th><th>a &lt; b</th></tr></thead>
  <tbody><tr><th>0</th><td>1 < 2</td></tr></tbody>
</table><!-- end -->
</div>`;

const output = (data: object): object => ({ output_type: 'display_data', metadata: {}, data });
const notebook = (cells: readonly object[]): string =>
  JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 });
const code = (...outputs: readonly object[]): object => ({
  ...{ cell_type: 'code', metadata: {}, execution_count: 1, source: ['a<b\n', '<script>'] },
  outputs,
});

function inert(text: string): { cells: Record<string, unknown>[] } {
  const bytes = inertNotebook(encode(text), leftOut);
  return JSON.parse(new TextDecoder().decode(bytes)) as { cells: Record<string, unknown>[] };
}

function dataOf(data: object): unknown {
  const [cell] = inert(notebook([code(output(data))])).cells;
  return (cell?.['outputs'] as { data: unknown }[])[0]?.data;
}

describe('a notebook that runs nothing', () => {
  it('keeps its bytes where nothing in it would run', () => {
    const cells = [
      {
        ...{ cell_type: 'markdown', metadata: {} },
        source: [
          '# 1 < 2\n',
          '<a id="top"></a> <font color=red>x</font> $x<3$ ![plot](attachment:plot.png)\n',
          '<img src="data:image/png;base64,AAAA" width=40> <a href="https://a.example">a</a>',
        ],
      },
      code(
        output({ 'text/html': table.split(/(?<=\n)/), 'text/plain': ['a'] }),
        output({ 'image/png': 'AAAA', 'text/plain': '<Figure size 640x480>' }),
        { output_type: 'stream', name: 'stdout', text: ['<b>\n'] },
        {
          ...{ output_type: 'error', ename: 'ValueError', evalue: 'x' },
          traceback: ['\u001b[0;31mValueError\u001b[0m', 'File <string>, in <module>'],
        },
      ),
    ];
    const bytes = encode(notebook(cells));
    assert.equal(inertNotebook(bytes, leftOut), bytes);
  });

  it('keeps the bytes of what is no notebook', () => {
    for (const text of ['', '{', '[]', '{"cells":1}', 'null', '{"cells":[null,1,{"outputs":[2]}]}'])
      assert.equal(new TextDecoder().decode(inertNotebook(encode(text), leftOut)), text);
  });

  it('has no output of HTML that would run or ask for something', () => {
    const plain = dataOf({ 'text/html': table });
    assert.deepEqual(plain, { 'text/html': table });
    for (const carrier of htmlCarriers(evil)) {
      assert.equal(isTameHtml(carrier), false, carrier);
      assert.deepEqual(dataOf({ 'text/html': [carrier], 'text/plain': ['Figure()'] }), {
        'text/plain': `Figure()\n${leftOut}`,
      });
    }
  });

  it('has no styles or attributes that name an address', () => {
    for (const html of [
      '<style>a { background: url(x) }</style>',
      '<style>@import "x";</style>',
      '<style>a { b: \\75rl(x) }</style>',
      '<b style="background: url(x)">',
      '<b onclick="x">',
      '<b style="Position: fixed">',
      '<style>b { position: fixed }</style>',
      '<b class="a"onclick="x">',
      '<b/onclick="x">',
      `<b title='"' onclick='x'>`,
      '<img src="https://a.example/x.png">',
      '<a href="javascript:x">',
      '<a href=" javascript:x">',
      '<!--><img src=x onerror=x>-->',
      '<!-- --!><img src=x>-->',
      '<b title="',
      '<b><scr<b>ipt>',
    ])
      assert.equal(isTameHtml(html), false, html);
  });

  it('shows SVG as a picture, and leaves out what other extensions would render', () => {
    const [svg = ''] = svgCarriers(evil);
    const base64 = Buffer.from(svg).toString('base64');
    assert.deepEqual(dataOf({ 'image/svg+xml': [svg], 'text/plain': 'x' }), {
      'text/html': `<img alt="" src="data:image/svg+xml;base64,${base64}">`,
      'text/plain': 'x',
    });
    for (const type of ['application/javascript', 'application/vnd.x+json', 'text/x-python'])
      assert.deepEqual(dataOf({ [type]: 'x' }), { 'text/plain': leftOut });
  });

  it('shows tags of Markdown and tracebacks as text', () => {
    assert.equal(
      tameMarkdown('<b>a</b> <img src=x onerror="y"> ![a](https://a.example) ![b][c]'),
      '<b>a</b> < img src=x onerror="y"> ! [a](https://a.example) ! [b][c]',
    );
    assert.equal(tameTraceback('<module> <img src=x>'), '<module> < img src=x>');
    assert.equal(tameTraceback('<\u001b[0mimg>'), '< \u001b[0mimg>');
    const [text, error] = inert(
      notebook([
        { cell_type: 'markdown', source: ['<', 'script>x'] },
        code({ output_type: 'error', ename: '<img>', evalue: '<img>', traceback: ['<img>'] }),
      ]),
    ).cells;
    assert.equal(text?.['source'], '< script>x');
    assert.doesNotMatch(JSON.stringify(error?.['outputs']), /<img/);
    assert.deepEqual(error?.['source'], ['a<b\n', '<script>']);
  });

  it('takes no longer for tags that never end', () => {
    const started = performance.now();
    for (const text of [
      '<b ',
      '<b a ',
      '<!--',
      '<style>',
      '![',
      '<b class="',
      ' class',
      '<b class ',
    ])
      tameMarkdown(`<b${text.repeat(200_000)}`);
    assert.ok(performance.now() - started < 2000);
  });
});
