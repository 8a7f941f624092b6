import type { BarSpec, LineSpec } from './chart';
import type { ChartPicture } from './chartPicture';
import { margin, titleHeight } from './chartPicture';
import { legendOf, legendSwatch } from './legend';
import type { DrawnLine } from './paintLines';
import { type Projections, projectionsOf, projector } from './projection';

/** The picture of a chart with title, axes and legend as an SVG file; names are escaped. */
export function chartSvg(picture: ChartPicture): string {
  const { title, width, height, ink, spec } = picture;
  // About as wide as letters are on average: an SVG is made without measuring.
  const legend = legendOf(spec, width, (text) => text.length * 7);
  const all = {
    width: width + 2 * margin,
    height: titleHeight + height + legend.height + 2 * margin,
  };
  const body = spec.kind === 'line' ? linesOf(spec, picture) : barsOf(spec, picture);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${all.width}" height="${all.height}" ` +
      `viewBox="0 0 ${all.width} ${all.height}" font-family="${escaped(ink.font)}" font-size="11">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="100%" height="100%" fill="${escaped(ink.background)}"/>`,
    text(margin, margin + 14, title, ink.text, 'font-size="13" font-weight="bold"'),
    `<g transform="translate(${margin} ${margin + titleHeight})">`,
    axesOf(picture),
    body,
    '</g>',
    `<g transform="translate(${margin} ${margin + titleHeight + height})">`,
    ...legend.entries.map(
      ({ name, color, dash, left, top }) =>
        `<path d="M${left} ${top + 9}h${legendSwatch}" ${strokeOf(color, 2, dash)}/>` +
        text(left + legendSwatch + 6, top + 13, name, ink.text),
    ),
    '</g>',
    '</svg>\n',
  ].join('\n');
}

function axesOf({ area, ticks, ink }: ChartPicture): string {
  const { left, right, top, bottom } = area;
  const parts = [
    `<path d="M${left} ${top}V${bottom}H${right}" fill="none" stroke="${escaped(ink.muted)}"/>`,
  ];
  for (const { label, pixel } of ticks.x) {
    const at = round(pixel);
    if (label === '') continue;
    parts.push(`<path d="M${at} ${bottom}v4" stroke="${escaped(ink.muted)}"/>`);
    parts.push(text(at, bottom + 16, label, ink.muted, 'text-anchor="middle"'));
  }
  for (const { label, pixel } of ticks.y) {
    const at = round(pixel);
    if (label === '') continue;
    parts.push(`<path d="M${left} ${at}H${right}" stroke="${escaped(ink.muted)}" opacity="0.15"/>`);
    parts.push(text(left - 6, at + 4, label, ink.muted, 'text-anchor="end"'));
  }
  return parts.join('\n');
}

function linesOf(spec: LineSpec, { area }: ChartPicture): string {
  const projections = projectionsOf(spec, area);
  const { left, top, right, bottom } = area;
  const clip = `<clipPath id="area"><rect x="${left}" y="${top}" width="${right - left}" height="${bottom - top}"/></clipPath>`;
  const lines = spec.lines.map((line) => lineOf(line, projections));
  return [clip, '<g clip-path="url(#area)">', ...lines, '</g>'].join('\n');
}

function lineOf(line: DrawnLine, projections: Projections): string {
  const { name, color, width, dash, opacity, band } = line;
  const toX = projector(projections.x);
  const toY = projector(projections.y);
  const point = (x: number, y: number): string => `${round(toX(x))} ${round(toY(y))}`;
  const parts: string[] = [];
  if (band !== undefined && band.x.length > 0) {
    const upper = Array.from(band.x, (x, at) => point(x, band.high[at]!));
    const lower = Array.from(band.x, (x, at) => point(x, band.low[at]!)).reverse();
    const path = `M${[...upper, ...lower].join('L')}Z`;
    parts.push(`<path d="${path}" fill="${escaped(color)}" opacity="${0.2 * opacity}"/>`);
  }
  const stroke = `${strokeOf(color, width, dash)} opacity="${opacity}"`;
  parts.push(
    `<path d="${pathOf(line.points, point)}" ${stroke}><title>${escaped(name)}</title></path>`,
  );
  parts.push(...line.odd.map(({ x, kind }) => markOf(round(toX(x)), kind, color, projections)));
  return parts.join('\n');
}

/** Begins anew after what is not finite. */
function pathOf({ x, y }: DrawnLine['points'], point: (x: number, y: number) => string): string {
  let path = '';
  let isDown = false;
  for (let at = 0; at < x.length; at++) {
    const isFinite = Number.isFinite(y[at]);
    if (isFinite) path += `${isDown ? 'L' : 'M'}${point(x[at]!, y[at]!)}${isDown ? '' : 'h0'}`;
    isDown = isFinite;
  }
  return path;
}

function markOf(left: number, kind: string, color: string, { y }: Projections): string {
  const paint = `stroke="${escaped(color)}" fill="${kind === 'nan' ? 'none' : escaped(color)}"`;
  if (kind === 'nan') return `<path d="M${left - 3} ${y.start - 8}l6 6m0-6l-6 6" ${paint}/>`;
  const [tip, base] = kind === 'high' ? [y.end + 1, 7] : [y.start - 1, -7];
  return `<path d="M${left} ${tip}l-4 ${base}h8z" ${paint}/>`;
}

function barsOf({ bars, y }: BarSpec, { area, ink }: ChartPicture): string {
  const toX = projector({ window: y.window, scale: y.scale, start: area.left, end: area.right });
  const base = y.scale === 'log' ? area.left : toX(Math.max(0, y.window.min));
  const room = (area.bottom - area.top) / Math.max(1, bars.length);
  return bars
    .map(({ name, value, color }, at) => {
      const top = round(area.top + (at + 0.1) * room);
      const end = Number.isFinite(value) ? toX(value) : base;
      const shape = `<rect x="${round(Math.min(base, end))}" y="${top}" width="${round(Math.abs(end - base))}" height="${round(room * 0.8)}" fill="${escaped(color)}"><title>${escaped(`${name}: ${value}`)}</title></rect>`;
      return bars.length > 40
        ? shape
        : shape + text(area.left + 4, top + room * 0.5 + 3, name, ink.text);
    })
    .join('\n');
}

function strokeOf(color: string, width: number, dash: readonly number[]): string {
  const dashes = dash.length === 0 ? '' : ` stroke-dasharray="${dash.join(' ')}"`;
  return `fill="none" stroke="${escaped(color)}" stroke-width="${width}" stroke-linejoin="round"${dashes}`;
}

function text(x: number, y: number, content: string, color: string, more = ''): string {
  return `<text x="${round(x)}" y="${round(y)}" fill="${escaped(color)}" ${more}>${escaped(content)}</text>`;
}

function round(pixel: number): number {
  return Math.round(Math.max(-1e5, Math.min(1e5, pixel)) * 100) / 100;
}

/** Text and values of attributes; characters that XML does not know at all go. */
function escaped(content: string): string {
  return content
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
