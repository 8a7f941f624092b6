import { canvasPng } from '../kit/canvasPng';
import type { ChartPicture } from './chartPicture';
import { margin, titleHeight } from './chartPicture';
import { type Legend, legendOf, legendSwatch } from './legend';

/** The picture of a chart with title and legend, on the background of the theme, as a PNG file. */
export async function chartPng(
  picture: ChartPicture & { readonly canvas: HTMLCanvasElement },
): Promise<Uint8Array> {
  const { canvas: source, width, height, ink, title, spec } = picture;
  const ratio = source.width / width;
  const canvas = document.createElement('canvas');
  const pen = canvas.getContext('2d');
  if (pen === null) throw new Error('There is no canvas to draw on.');
  const font = `12px ${ink.font}`;
  pen.font = font;
  const legend = legendOf(spec, width, (text) => pen.measureText(text).width);
  canvas.width = Math.round((width + 2 * margin) * ratio);
  canvas.height = Math.round((titleHeight + height + legend.height + 2 * margin) * ratio);
  pen.scale(ratio, ratio);
  pen.fillStyle = ink.background;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = ink.text;
  pen.font = `bold 13px ${ink.font}`;
  pen.fillText(title, margin, margin + 14, width);
  pen.drawImage(source, margin, margin + titleHeight, width, height);
  pen.font = font;
  paintLegend(pen, legend, ink.text, margin + titleHeight + height);
  return canvasPng(canvas);
}

function paintLegend(
  pen: CanvasRenderingContext2D,
  { entries }: Legend,
  color: string,
  start: number,
): void {
  for (const entry of entries) {
    const left = margin + entry.left;
    const middle = start + entry.top + 9;
    pen.strokeStyle = entry.color;
    pen.lineWidth = 2;
    pen.setLineDash([...entry.dash]);
    pen.beginPath();
    pen.moveTo(left, middle);
    pen.lineTo(left + legendSwatch, middle);
    pen.stroke();
    pen.fillStyle = color;
    pen.fillText(entry.name, left + legendSwatch + 6, middle + 4);
  }
}
