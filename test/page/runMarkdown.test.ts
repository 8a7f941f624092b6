import assert from 'node:assert/strict';
import { RunPageUnderTest, wholeRun } from './runPage';
import { sharedBrowser } from './sharedBrowser';

/** Ways in which texts have made pages run scripts or load things; each calls `pwned` or loads `beacon`. */
const carriers = [
  '<script>pwned()</script>',
  '<img src=x onerror=pwned()>',
  '<svg onload=pwned()>',
  '<svg><script>pwned()</script></svg>',
  '<iframe src="javascript:pwned()"></iframe>',
  '<iframe srcdoc="<script>parent.pwned()</script>"></iframe>',
  '<body onload=pwned()>',
  '<a href="javascript:pwned()">x</a>',
  '<details open ontoggle=pwned()>x</details>',
  '<input autofocus onfocus=pwned()>',
  '<video><source onerror=pwned()></video>',
  '<math><mtext></form><form><mglyph><style></math><img src onerror=pwned()>',
  '<style>@import "https://beacon.example/x.css";</style>',
  '<link rel=stylesheet href=https://beacon.example/x.css>',
  '<meta http-equiv=refresh content="0;url=https://beacon.example/">',
  '<object data="javascript:pwned()"></object>',
  '<embed src="javascript:pwned()">',
  '<form action="javascript:pwned()"><button>x</button></form>',
  '[x](javascript:pwned())',
  '[x](JaVaScRiPt:pwned())',
  '[x](<javascript:pwned()>)',
  '[x](data:text/html,<script>pwned()</script>)',
  '[x](vbscript:pwned())',
  '[x](command:workbench.action.quit)',
  '![x](https://beacon.example/x.png)',
  '![x" onerror="pwned()](x)',
  '![x](x"onerror="pwned())',
  '[x](https://a.example/"onmouseover="pwned())',
  '<https://a.example/"onmouseover="pwned()>',
  '`<img src=x onerror=pwned()>`',
  '```html\n<script>pwned()</script>\n```',
  '```"><img src=x onerror=pwned()>\nx\n```',
  '| <img src=x onerror=pwned()> | b |\n| - | - |\n| <script>pwned()</script> | x |',
  '# <img src=x onerror=pwned()>',
  '- <script>pwned()</script>',
  '> <img src=x onerror=pwned()>',
  '&lt;script&gt;pwned()&lt;/script&gt;',
  '${pwned()} {{pwned()}} <%= pwned() %>',
  '<!--><script>pwned()</script>-->',
  '<x-element is="script">pwned()</x-element>',
  '\u0000<script>pwned()</script>',
];

describe('the description on the page of a run', () => {
  let opened: RunPageUnderTest;

  const show = async (note: string): Promise<void> => {
    opened = await RunPageUnderTest.open(await sharedBrowser(), { init: wholeRun({}, { note }) });
    await opened.page.locator('.md').waitFor();
  };

  afterEach(() => opened.close());

  it('runs nothing and loads nothing, whatever it holds', async () => {
    const browser = await sharedBrowser();
    const asked: string[] = [];
    opened = await RunPageUnderTest.open(browser, {
      init: wholeRun({}, { note: carriers.join('\n\n') }),
    });
    const { page } = opened;
    page.on('request', (request) => asked.push(request.url()));
    await page.exposeFunction('pwned', () => asked.push('pwned'));
    const described = page.locator('.md');
    await described.waitFor();
    for (const link of await described.getByRole('link').all()) await link.click();
    assert.deepEqual(asked, []);
    const elements = await described.evaluate((md) =>
      [...new Set([...md.querySelectorAll('*')].map(({ localName }) => localName))].sort(),
    );
    const expected = ['blockquote', 'button', 'code', 'h3', 'li', 'p', 'pre', 'table'];
    assert.deepEqual(elements, [...expected, 'tbody', 'td', 'th', 'thead', 'tr', 'ul'].sort());
    const attributes = await described.evaluate((md) =>
      [...md.querySelectorAll('*')].flatMap((element) => element.getAttributeNames()),
    );
    assert.deepEqual(
      attributes.filter((name) => name.startsWith('on') || name === 'style' || name === 'src'),
      [],
    );
    for (const address of opened.saidOf('openAddress'))
      assert.match(String(address), /^https:\/\/(?:a|beacon)\.example\//);
  });

  it('is rendered as its Markdown means it', async () => {
    await show(
      'Some *slanted*, __strong__ and ~~old~~ `code *x*`, snake_case_name.\n\n' +
        '1. first\n2. second\n   - nested\n\n> quoted\n> twice\n\n---\n\n| a | b |\n| - | - |\n| 1 \\| 2 | **x** |\n\n' +
        'See https://docs.example/a_b_c. And [it](https://docs.example/x "title").',
    );
    const md = opened.page.locator('.md');
    const inner = (selector: string): Promise<string[]> => md.locator(selector).allTextContents();
    assert.deepEqual(await inner('em'), ['slanted']);
    assert.deepEqual(await inner('strong'), ['strong', 'x']);
    assert.deepEqual(await inner('code'), ['code *x*']);
    assert.deepEqual(await inner('ol > li > ul > li'), ['nested']);
    assert.deepEqual(await inner('td'), ['1 | 2', 'x']);
    assert.equal(await md.locator('hr').count(), 1);
    await md.getByRole('link', { name: 'it' }).click();
    await md.getByRole('link', { name: 'https://docs.example/a_b_c', exact: true }).click();
    assert.deepEqual(opened.saidOf('openAddress'), [
      'https://docs.example/x',
      'https://docs.example/a_b_c',
    ]);
  });

  it('is rendered in little time where lines end in blanks and tables are wide', async () => {
    const blanks = `a${' '.repeat(60_000)}b`;
    const table = `${'|a'.repeat(5000)}|\n|-|\n${'|b|\n'.repeat(5000)}`;
    const begun = Date.now();
    await show(`${blanks}\n\n${table}`);
    assert.ok(Date.now() - begun < 5000, `${Date.now() - begun} ms`);
    assert.equal(await opened.page.locator('.md td').count(), 0);
  });

  it('is rendered in little time, however it is made up', async () => {
    const hostile = ['*', '_', '[', '![', '`', '> ', '- ', '|', '<', '~~', '(', '\\', 'https://'];
    const note = hostile.map((mark) => mark.repeat(Math.floor(4000 / mark.length))).join('\n\n');
    const begun = Date.now();
    await show(note);
    assert.ok(Date.now() - begun < 5000, `${Date.now() - begun} ms`);
  });
});
