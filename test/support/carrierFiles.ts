import { htmlCarriers, reachingOut, svgCarriers, textCarriers } from './scriptCarriers';

/** A name of a file or folder that would run if a page took it for HTML. */
export const carrierName = `<img src=x onerror="console.log('EXECUTED')">`;

/** What every file of carriers shows beside them. */
export const harmless = 'read to the end';

const svgFile = (inner: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="40" height="40">${inner}</svg>`;

const lines = (text: string): readonly string[] => text.split(/(?<=\n)/);

/** Each carrier in an output of its own, and in all kinds of outputs. */
function notebook(evil: string): string {
  const html = htmlCarriers(evil);
  const script = `console.log('EXECUTED');globalThis.wasExecuted=1`;
  const shown = [
    ...[...html, ...textCarriers(evil)].map((text) => ({ 'text/html': lines(text) })),
    ...svgCarriers(evil).map((text) => ({ 'image/svg+xml': lines(text) })),
    { 'application/javascript': [script] },
    { 'text/markdown': [html.join('\n\n')] },
    { 'text/latex': [`$x$ ${html[7]}`] },
    { 'text/html': [`<table><tr><td>${harmless}</td></tr></table>`] },
  ].map((data) => ({ output_type: 'display_data', data, metadata: {} }));
  const said = [
    { output_type: 'stream', name: 'stdout', text: textCarriers(evil) },
    { output_type: 'error', ename: html[7], evalue: html[0], traceback: html },
  ];
  const markdown = [...html, ...textCarriers(evil), `# ${harmless}`].map((text) => [text]);
  return JSON.stringify({
    cells: [
      {
        ...{ cell_type: 'code', metadata: {}, execution_count: 1, source: ['display()'] },
        outputs: [...shown, ...said],
      },
      ...markdown.map((source) => ({ cell_type: 'markdown', metadata: {}, source })),
    ],
    metadata: { language_info: { name: 'python' } },
    ...{ nbformat: 4, nbformat_minor: 4 },
  });
}

/** The harmless text first, and again before what makes all after it a part of itself: nothing else may hide what follows. */
function markdown(carriers: readonly string[]): string {
  const hides = (text: string): boolean => /<(?:noscript|template|xmp|!)/.test(text);
  const open = carriers.filter((text) => !hides(text));
  return [`# ${harmless}`, ...open, `## ${harmless}`, ...carriers.filter(hides)].join('\n\n');
}

/** Has VS Code's preview of Markdown go to an address, which its frame refuses: it is empty then. */
function leaves(text: string, evil: string): boolean {
  return text.includes(`http-equiv="refresh" content="0;url=${evil}`);
}

/** A table, with the harmless text in its first cell. */
function csv(evil: string): string {
  const quoted = textCarriers(evil).map((text) => `"${text.replaceAll('"', '""')}"`);
  return [`"${carrierName.replaceAll('"', '""')}"`, harmless, ...quoted, ''].join('\n');
}

function geoJson(evil: string): string {
  const texts = textCarriers(evil);
  const properties = Object.fromEntries(texts.map((text) => [text, text]));
  return JSON.stringify({
    type: 'FeatureCollection',
    features: [harmless, ...texts].map((name, at) => ({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [at, at] },
      properties: { name, ...properties },
    })),
  });
}

function mlModel(evil: string): string {
  const [first = '', ...texts] = [harmless, ...textCarriers(evil)];
  const columns = texts.map((name) => ({ name, type: 'double', required: true }));
  const { stringify } = JSON;
  return [
    `artifact_path: ${stringify(first)}`,
    'flavors:',
    ...texts.map((text) => `  ${stringify(text)}:\n    ${stringify(text)}: ${stringify(text)}`),
    `  python_function:\n    loader_module: ${stringify(texts[0])}\n    python_version: ${stringify(texts[1])}`,
    `run_id: ${stringify(texts[2])}`,
    `model_uuid: ${stringify(texts[3])}`,
    `utc_time_created: ${stringify(texts[4])}`,
    `signature:\n  inputs: ${stringify(stringify(columns))}`,
    `saved_input_example_info:\n  artifact_path: ${stringify('javascript:x')}\n  type: ${stringify(texts[5])}`,
    '',
  ].join('\n');
}

/** Files full of scripts and addresses, by their paths; `evil` is a server that none of them may reach. */
export function carrierFiles(evil: string): ReadonlyMap<string, string> {
  const html = htmlCarriers(evil);
  const svgs = svgCarriers(evil);
  const nested = svgs.filter((text) => text.startsWith('<svg'));
  const [withSheet = '', withEntity = ''] = svgs.filter((text) => !text.startsWith('<svg'));
  const texts = textCarriers(evil);
  return new Map([
    ['all.svg', svgFile(nested.join(''))],
    ['sheet.svg', withSheet],
    ['entity.svg', withEntity],
    ['notes.md', markdown(html.filter((text) => !leaves(text, evil)).concat(texts))],
    ['leaving.md', markdown(html.filter((text) => leaves(text, evil)))],
    ['study.ipynb', notebook(evil)],
    [`${carrierName}.csv`, csv(evil)],
    ['places.geojson', geoJson(evil)],
    ['MLmodel', mlModel(evil)],
    // Apart from one another: one would become the shadow tree of what is round it.
    [
      'report.html',
      `<!doctype html><h1>${harmless}</h1>${[...html, ...texts].map((text) => `<div>${text}</div>`).join('\n')}`,
    ],
    ['reaching.html', reachingOut(evil)],
  ]);
}
