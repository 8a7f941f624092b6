import assert from 'node:assert/strict';
import { messageHtml, pageHtml } from '../../../../src/panels/present/pageHtml';

const page = {
  cspSource: "'self' https://files.example",
  nonce: 'abc+/9',
  language: 'en',
  title: 'Compare: 3 runs',
  script: 'https://files.example/compare.js',
  styles: ['https://files.example/kit.css', 'https://files.example/compare.css'],
};

const policyOf = (html: string): string =>
  /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';

describe('the document of a page', () => {
  it('lets nothing in but its own files and what carries the nonce', () => {
    assert.deepEqual(policyOf(pageHtml(page)).split('; '), [
      "default-src 'none'",
      "script-src 'self' https://files.example 'nonce-abc+/9'",
      "style-src 'self' https://files.example 'nonce-abc+/9'",
      "font-src 'self' https://files.example",
      "connect-src 'none'",
      "form-action 'none'",
      "base-uri 'none'",
    ]);
  });

  it('tells the nonce to the widgets, and gives it to its one script', () => {
    const html = pageHtml(page);
    assert.ok(html.includes('<meta property="csp-nonce" content="abc+/9">'));
    assert.deepEqual(html.match(/<script[^>]*>/g), [
      '<script type="module" nonce="abc+/9" src="https://files.example/compare.js">',
    ]);
    assert.doesNotMatch(html, / (style|on\w+)=/);
  });

  it('takes no title and no language for HTML', () => {
    const html = pageHtml({ ...page, title: '</title><script>', language: '"><script>' });
    assert.equal(html.match(/<script/g)?.length, 1);
  });

  it('says a sentence without any script', () => {
    const html = messageHtml('ko', 'a & b', '<img src=x onerror=alert(1)>');
    assert.equal(policyOf(html), "default-src 'none'");
    assert.ok(html.includes('<p role="alert">&lt;img src=x onerror=alert(1)&gt;</p>'));
    assert.ok(html.includes('<html lang="ko">') && html.includes('<title>a &amp; b</title>'));
  });
});
