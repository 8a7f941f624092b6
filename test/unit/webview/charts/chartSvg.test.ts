import assert from 'node:assert/strict';
import { chartRun, modelOf, series } from './chartFixtures';
import { specOf } from '../../../../webview/charts/chartScene';
import { chartSvg } from '../../../../webview/charts/chartSvg';

const ink = {
  text: '#111',
  muted: '#222',
  faint: '#333',
  grid: '#444',
  background: '#fff',
  crosshair: '#000',
  font: '"Segoe UI", sans-serif',
};
const axes = { title: 'Step', unit: 'number', scaleX: 'linear', scaleY: 'linear' } as const;
const all = { window: undefined, height: undefined, columns: 100, highlighted: undefined };

const svgOf = (values: readonly number[], name: string): string =>
  chartSvg({
    title: '<loss> & "more"',
    spec: specOf(modelOf([chartRun(name, series(values))]), axes, all),
    area: { left: 50, top: 10, right: 350, bottom: 210, width: 300, height: 200 },
    ticks: { x: [{ label: '0', pixel: 50 }], y: [{ label: '<1>', pixel: 100 }] },
    width: 360,
    height: 240,
    ink,
  });

/** Fails where tags do not match or a bare mark is left: what a strict reader of XML would refuse. */
function assertWellFormed(xml: string): void {
  const open: string[] = [];
  for (const [, end, name, self] of xml.matchAll(
    /<(\/?)([a-zA-Z]+)(?:\s+[\w:-]+="[^"<]*")*\s*(\/?)>/g,
  )) {
    if (end) assert.equal(open.pop(), name);
    else if (!self) open.push(name!);
  }
  assert.deepEqual(open, []);
  const texts = xml.replaceAll(/<\/?[a-zA-Z]+(?:\s+[\w:-]+="[^"<]*")*\s*\/?>/g, '');
  assert.doesNotMatch(texts, /[<>]|&(?!(amp|lt|gt|quot);)/);
}

describe('chartSvg', () => {
  it('is well-formed whatever names hold, and shows them as they are', () => {
    const svg = svgOf([1, 2, 3], '</title><script>"x" & \u0000');
    assertWellFormed(svg);
    assert.ok(svg.includes('&lt;/title&gt;&lt;script&gt;&quot;x&quot; &amp; \ufffd'));
    assert.ok(svg.includes('&lt;loss&gt; &amp; &quot;more&quot;'));
  });

  it('draws a line from corner to corner, broken where a value is missing', () => {
    const svg = svgOf([0, 1, NaN, 1, 2], 'a');
    const path = /<path d="(M[^"]+)"[^>]*><title>a<\/title>/.exec(svg)?.[1];
    assert.equal(path?.match(/M/g)?.length, 2);
    assert.match(path, /^M50 200\.\d+h0L125 /);
    assert.match(path, /L350 1\d\.\d+$/);
  });

  it('draws bars of single points', () => {
    const svg = svgOf([4], 'only');
    assertWellFormed(svg);
    assert.match(svg, /<rect x="50" [^>]*><title>only: 4<\/title><\/rect>/);
  });
});
