import { canvasPng } from '../kit/canvasPng';
import { paperColor } from './svgFile';

const margin = 12;
const titleHeight = 24;

/**
 * A drawing of the page as a PNG file, painted shape by shape: the page's CSP takes no images, so that the browser cannot
 * be asked to draw the file that `svgFile` makes.
 */
export async function svgPng(drawing: SVGSVGElement, title: string): Promise<Uint8Array> {
  const { width, height } = drawing.viewBox.baseVal;
  const ratio = Math.max(2, devicePixelRatio);
  const canvas = document.createElement('canvas');
  canvas.width = Math.round((width + 2 * margin) * ratio);
  canvas.height = Math.round((height + titleHeight + 2 * margin) * ratio);
  const pen = canvas.getContext('2d');
  if (pen === null) throw new Error('There is no canvas to draw on.');
  pen.scale(ratio, ratio);
  pen.fillStyle = paperColor();
  pen.fillRect(0, 0, canvas.width, canvas.height);
  const { color, fontFamily } = getComputedStyle(drawing);
  pen.fillStyle = color;
  pen.font = `bold 13px ${fontFamily}`;
  pen.fillText(title, margin, margin + 12, width);
  pen.translate(margin, margin + titleHeight);
  for (const child of drawing.children) paint(pen, child, 1);
  return canvasPng(canvas);
}

function paint(pen: CanvasRenderingContext2D, element: Element, opacity: number): void {
  if (!(element instanceof SVGGraphicsElement) || element.matches('.relation-grip')) return;
  const style = getComputedStyle(element);
  const alpha = opacity * Number(style.opacity);
  for (const child of element.children) paint(pen, child, alpha);
  if (element instanceof SVGGElement) return;
  pen.save();
  const place = element.transform.baseVal.consolidate()?.matrix;
  if (place) pen.transform(place.a, place.b, place.c, place.d, place.e, place.f);
  pen.fillStyle = style.fill;
  pen.strokeStyle = style.stroke;
  pen.lineWidth = parseFloat(style.strokeWidth);
  pen.lineJoin = 'round';
  const dashes = style.strokeDasharray === 'none' ? [] : style.strokeDasharray.split(',');
  pen.setLineDash(dashes.map(parseFloat));
  const shape = element instanceof SVGTextElement ? undefined : new Path2D(outlineOf(element));
  if (shape === undefined) setText(pen, style);
  const [x, y] = [Number(element.getAttribute('x')), Number(element.getAttribute('y'))];
  const text = element.textContent.trim();
  const fill = (): void => (shape ? pen.fill(shape) : pen.fillText(text, x, y));
  const stroke = (): void => (shape ? pen.stroke(shape) : pen.strokeText(text, x, y));
  const parts = [
    { draw: fill, color: style.fill, share: style.fillOpacity },
    { draw: stroke, color: style.stroke, share: style.strokeOpacity },
  ];
  // Labels on lines have their edge behind them.
  if (shape === undefined) parts.reverse();
  for (const { draw, color, share } of parts) {
    if (color === 'none') continue;
    pen.globalAlpha = alpha * Number(share);
    draw();
  }
  pen.restore();
}

function setText(pen: CanvasRenderingContext2D, style: CSSStyleDeclaration): void {
  pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  const { textAnchor } = style;
  pen.textAlign = textAnchor === 'middle' ? 'center' : textAnchor === 'end' ? 'end' : 'start';
}

/** The shape of an element as the data of a path. */
function outlineOf(element: SVGGraphicsElement): string {
  const at = (name: string): number => Number(element.getAttribute(name));
  switch (element.localName) {
    case 'line':
      return `M${at('x1')},${at('y1')}L${at('x2')},${at('y2')}`;
    case 'rect':
      return `M${at('x')},${at('y')}h${at('width')}v${at('height')}h${-at('width')}z`;
    case 'circle':
      return `M${at('cx') - at('r')},${at('cy')}a${at('r')},${at('r')} 0 1 0 ${2 * at('r')},0a${at('r')},${at('r')} 0 1 0 ${-2 * at('r')},0`;
    default:
      return element.getAttribute('d') ?? '';
  }
}
