/** What the page round an HTML report consists of. */
export interface ReportHtml {
  /** Known to nobody before. */
  readonly nonce: string;
  /** A BCP 47 tag. */
  readonly language: string;
  /** Of the file. */
  readonly title: string;
  /** Whether the report's scripts run. */
  readonly runsScripts: boolean;
  /** The page's own, which stand in it: no other address may be asked. */
  readonly script: string;
  readonly style: string;
  readonly texts: ReportTexts;
}

/** Texts in the language of the editor. */
export interface ReportTexts {
  /** What the bar says of scripts. */
  readonly says: string;
  /** On the button that lets scripts run, or stops them. */
  readonly toggle: string;
  /** On the button that lists the links; `{0}` is how many there are. */
  readonly links: string;
  readonly openText: string;
  readonly download: string;
}

/**
 * The page round a report. A frame made of text takes over the policy of the page that it is in. In a page whose policy has a nonce a
 * report's scripts never run; so that they can, the policy is another, and nothing of the page is worth reaching: the frame has an
 * origin of its own, and no address can be asked in either case.
 */
export function reportHtml(report: ReportHtml): string {
  const { nonce, language, title, runsScripts, script, style, texts } = report;
  return `<!doctype html>
<html lang="${escaped(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(reportPolicy(nonce, runsScripts))}">
<meta http-equiv="x-dns-prefetch-control" content="off">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body data-runs-scripts="${String(runsScripts)}" data-links="${escaped(texts.links)}">
<header class="bar">
<h1>${escaped(title)}</h1>
<p role="status">${escaped(texts.says)}</p>
<button type="button" id="toggle">${escaped(texts.toggle)}</button>
<button type="button" id="links" aria-expanded="false" aria-controls="link-list" hidden></button>
<button type="button" id="text">${escaped(texts.openText)}</button>
<button type="button" id="download">${escaped(texts.download)}</button>
</header>
<ul id="link-list" hidden></ul>
<main aria-label="${escaped(title)}"></main>
<script nonce="${escaped(nonce)}">${script.replaceAll('</script', '<\\/script')}</script>
</body>
</html>`;
}

/** The policy of the page, and of the report in it. */
export function reportPolicy(nonce: string, runsScripts: boolean): string {
  return [
    "default-src 'none'",
    runsScripts
      ? "script-src 'unsafe-inline' 'unsafe-eval' data: blob:"
      : `script-src 'nonce-${nonce}'`,
    "style-src 'unsafe-inline'",
    'img-src data: blob:',
    'font-src data:',
    'media-src data: blob:',
    ...(runsScripts ? ['worker-src blob:', 'connect-src data: blob:', "webrtc 'block'"] : []),
    "form-action 'none'",
    "base-uri 'none'",
  ].join('; ');
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
