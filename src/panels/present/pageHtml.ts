export interface PageHtml {
  /** What the editor's own resources come from, as a CSP names it. */
  readonly cspSource: string;
  /** Known to nobody before. */
  readonly nonce: string;
  /** A BCP 47 tag. */
  readonly language: string;
  readonly title: string;
  readonly script: string;
  readonly styles: readonly string[];
  /** Whether it shows pictures, whose bytes reach it as data. */
  readonly showsPictures?: boolean | undefined;
}

/**
 * The document that a page starts with. Nothing but the page's own files and what carries the nonce runs or styles,
 * and no address can be asked.
 */
export function pageHtml(page: PageHtml): string {
  const { cspSource, nonce, language, title, script, styles } = page;
  const policy = [
    "default-src 'none'",
    `script-src ${cspSource} 'nonce-${nonce}'`,
    `style-src ${cspSource} 'nonce-${nonce}'`,
    `font-src ${cspSource}`,
    ...(page.showsPictures === true ? ['img-src blob:'] : []),
    "connect-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="${escaped(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
<meta property="csp-nonce" content="${escaped(nonce)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
${styles.map((href) => `<link rel="stylesheet" href="${escaped(href)}">`).join('\n')}
<script type="module" nonce="${escaped(nonce)}" src="${escaped(script)}"></script>
</head>
<body></body>
</html>`;
}

/** A document that only says something, without scripts. */
export function messageHtml(language: string, title: string, sentence: string): string {
  return `<!doctype html>
<html lang="${escaped(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<title>${escaped(title)}</title>
</head>
<body><main><p role="alert">${escaped(sentence)}</p></main></body>
</html>`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
