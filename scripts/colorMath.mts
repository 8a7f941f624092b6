/** Red, green and blue in 0…1, gamma encoded (sRGB). */
export type Rgb = readonly [number, number, number];
type Matrix = readonly [Rgb, Rgb, Rgb];

export type Vision = 'normal' | 'protanopia' | 'deuteranopia' | 'tritanopia';
export const visions: readonly Vision[] = ['normal', 'protanopia', 'deuteranopia', 'tritanopia'];

/**
 * Linear RGB as a dichromat sees it: G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, "A Physiologically-based Model for
 * Simulation of Color Vision Deficiency", IEEE TVCG 15(6), 2009, severity 1.0.
 */
const simulations: Record<Exclude<Vision, 'normal'>, Matrix> = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

const linearToXyz: Matrix = [
  [0.4124564, 0.3575761, 0.1804375],
  [0.2126729, 0.7151522, 0.072175],
  [0.0193339, 0.119192, 0.9503041],
];
const whiteD65: Rgb = [0.95047, 1, 1.08883];

function multiply(matrix: Matrix, [x, y, z]: Rgb): Rgb {
  const row = ([a, b, c]: Rgb): number => a * x + b * y + c * z;
  return [row(matrix[0]), row(matrix[1]), row(matrix[2])];
}

function map(color: Rgb, change: (channel: number) => number): Rgb {
  return [change(color[0]), change(color[1]), change(color[2])];
}

/** @param hex `#RRGGBB` */
export function fromHex(hex: string): Rgb {
  const digits = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(hex);
  if (!digits) throw new Error(`not a colour: ${hex}`);
  const channel = (index: number): number => parseInt(digits[index] ?? '', 16) / 255;
  return [channel(1), channel(2), channel(3)];
}

export function toHex(color: Rgb): string {
  const channel = (value: number): string =>
    Math.round(value * 255)
      .toString(16)
      .padStart(2, '0');
  return `#${color.map(channel).join('')}`.toUpperCase();
}

function toLinear(color: Rgb): Rgb {
  return map(color, (c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
}

/** Contrast ratio of WCAG 2.2, 1…21. */
export function contrast(a: Rgb, b: Rgb): number {
  const luminance = (color: Rgb): number => multiply(linearToXyz, toLinear(color))[1];
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** CIE L*a*b* under D65 of a colour as someone with `vision` sees it. */
export function toLab(color: Rgb, vision: Vision = 'normal'): Rgb {
  const linear = toLinear(color);
  const seen =
    vision === 'normal'
      ? linear
      : map(multiply(simulations[vision], linear), (c) => Math.min(1, Math.max(0, c)));
  const xyz = multiply(linearToXyz, seen);
  const curve = (t: number): number =>
    t > 216 / 24389 ? Math.cbrt(t) : (24389 / 27) * (t / 116) + 16 / 116;
  const [x, y, z] = [xyz[0] / whiteD65[0], xyz[1] / whiteD65[1], xyz[2] / whiteD65[2]].map(
    curve,
  ) as [number, number, number];
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** Hue in degrees, 0…360, and chroma of a L*a*b* colour. */
export function hueAndChroma([, a, b]: Rgb): { hue: number; chroma: number } {
  const hue = (Math.atan2(b, a) * 180) / Math.PI;
  return { hue: hue < 0 ? hue + 360 : hue, chroma: Math.hypot(a, b) };
}

const sin = (degrees: number): number => Math.sin((degrees * Math.PI) / 180);
const cos = (degrees: number): number => Math.cos((degrees * Math.PI) / 180);

/**
 * Colour difference CIEDE2000 of two L*a*b* colours, as written out in G. Sharma, W. Wu, E. N. Dalal, "The CIEDE2000
 * Color-Difference Formula", Color Research and Application 30(1), 2005. About 1 is just noticeable side by side.
 */
export function deltaE2000(first: Rgb, second: Rgb): number {
  const meanChroma = (Math.hypot(first[1], first[2]) + Math.hypot(second[1], second[2])) / 2;
  const stretch = 1.5 - 0.5 * Math.sqrt(meanChroma ** 7 / (meanChroma ** 7 + 25 ** 7));
  const one = hueAndChroma([first[0], first[1] * stretch, first[2]]);
  const two = hueAndChroma([second[0], second[1] * stretch, second[2]]);

  const grey = one.chroma * two.chroma === 0;
  let turn = grey ? 0 : two.hue - one.hue;
  if (turn > 180) turn -= 360;
  if (turn < -180) turn += 360;
  let meanHue = grey ? one.hue + two.hue : (one.hue + two.hue) / 2;
  if (!grey && Math.abs(one.hue - two.hue) > 180) meanHue += meanHue < 180 ? 180 : -180;

  const meanLightness = (first[0] + second[0]) / 2;
  const chroma = (one.chroma + two.chroma) / 2;
  const hueWeight =
    1 -
    0.17 * cos(meanHue - 30) +
    0.24 * cos(2 * meanHue) +
    0.32 * cos(3 * meanHue + 6) -
    0.2 * cos(4 * meanHue - 63);
  const fromMiddle = (meanLightness - 50) ** 2;
  const lightnessScale = 1 + (0.015 * fromMiddle) / Math.sqrt(20 + fromMiddle);
  const rotation =
    -sin(60 * Math.exp(-(((meanHue - 275) / 25) ** 2))) *
    2 *
    Math.sqrt(chroma ** 7 / (chroma ** 7 + 25 ** 7));

  const l = (second[0] - first[0]) / lightnessScale;
  const c = (two.chroma - one.chroma) / (1 + 0.045 * chroma);
  const h =
    (2 * Math.sqrt(one.chroma * two.chroma) * sin(turn / 2)) / (1 + 0.015 * chroma * hueWeight);
  return Math.sqrt(l * l + c * c + h * h + rotation * c * h);
}

/** The smallest difference between any two of `colors` as someone with `vision` sees them. */
export function smallestDifference(colors: readonly Rgb[], vision: Vision): number {
  const labs = colors.map((color) => toLab(color, vision));
  let smallest = Infinity;
  labs.forEach((lab, index) => {
    for (const other of labs.slice(0, index)) {
      smallest = Math.min(smallest, deltaE2000(lab, other));
    }
  });
  return smallest;
}
