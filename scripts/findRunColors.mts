/**
 * Searches the twelve run colours of each kind of theme and prints them as the manifest takes them. The search is
 * simulated annealing with a fixed seed: it maximises the smallest CIEDE2000 difference of any two colours, over normal vision
 * and three simulated deficiencies, among colours that contrast enough with the backgrounds.
 */
import {
  contrast,
  deltaE2000,
  fromHex,
  hueAndChroma,
  toHex,
  toLab,
  visions,
} from './colorMath.mts';
import type { Rgb } from './colorMath.mts';
import { themeBackgrounds } from './themeBackgrounds.mts';
import type { ThemeKind } from './themeBackgrounds.mts';

const count = 12;
/** Above the 3:1 that is promised, so that rounding and neighbouring backgrounds do not matter. */
const wantedContrast: Record<ThemeKind, number> = {
  dark: 3.1,
  light: 3.1,
  highContrast: 4.5,
  highContrastLight: 4.5,
};
/** Colours, not greys and not near-whites or near-blacks, which text and borders use. */
const smallestChroma = 34;
const lightness = { from: 24, to: 92 };
/** Most people see all hues: they get colours that differ this much more than the deficient see them differ. */
const normalVisionShare = 1.6;

interface Candidate {
  readonly rgb: Rgb;
  readonly seen: readonly Rgb[];
}

let seed = 20240611;
function random(): number {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}

function candidate(rgb: Rgb, kind: ThemeKind, backgrounds: readonly Rgb[]): Candidate | undefined {
  const rounded = fromHex(toHex(rgb));
  const lab = toLab(rounded);
  if (lab[0] < lightness.from || lab[0] > lightness.to) return undefined;
  if (hueAndChroma(lab).chroma < smallestChroma) return undefined;
  if (backgrounds.some((one) => contrast(rounded, one) < wantedContrast[kind])) return undefined;
  return { rgb: rounded, seen: visions.map((vision) => toLab(rounded, vision)) };
}

function distance(a: Candidate, b: Candidate): number {
  let smallest = Infinity;
  a.seen.forEach((lab, index) => {
    const other = b.seen[index];
    if (!other) return;
    const share = visions[index] === 'normal' ? normalVisionShare : 1;
    smallest = Math.min(smallest, deltaE2000(lab, other) / share);
  });
  return smallest;
}

/** Differences to the nearest neighbours, soft enough that the search feels every close pair. */
function energy(row: readonly number[]): number {
  return row.reduce((sum, d) => sum + Math.exp(-d / 0.8), 0);
}

function start(kind: ThemeKind, backgrounds: readonly Rgb[]): Candidate[] {
  const found: Candidate[] = [];
  while (found.length < count) {
    const next = candidate([random(), random(), random()], kind, backgrounds);
    if (next) found.push(next);
  }
  return found;
}

function anneal(kind: ThemeKind, steps: number): Candidate[] {
  const backgrounds = themeBackgrounds[kind].map(fromHex);
  const colors = start(kind, backgrounds);
  for (let step = 0; step < steps; step++) {
    const progress = step / steps;
    const reach = 0.5 * (1 - progress) ** 2 + 0.004;
    const index = Math.floor(random() * count);
    const old = colors[index];
    if (!old) continue;
    const shifted = old.rgb.map((c) =>
      Math.min(1, Math.max(0, c + (random() - 0.5) * 2 * reach)),
    ) as unknown as Rgb;
    const next = candidate(shifted, kind, backgrounds);
    if (!next) continue;
    const others = colors.filter((_, place) => place !== index);
    const before = Math.log(energy(others.map((other) => distance(old, other))));
    const after = Math.log(energy(others.map((other) => distance(next, other))));
    const temperature = 0.6 * (1 - progress) ** 2 + 1e-4;
    if (after < before || random() < Math.exp((before - after) / temperature)) colors[index] = next;
  }
  return colors;
}

function worst(colors: readonly Candidate[]): number {
  return Math.min(
    ...colors.flatMap((a, index) => colors.slice(0, index).map((b) => distance(a, b))),
  );
}

/** Blue first, then always the colour farthest from those already there: few runs differ most. */
function order(colors: readonly Candidate[]): Candidate[] {
  const hueOf = (one: Candidate): number => hueAndChroma(toLab(one.rgb)).hue;
  const rest = [...colors].sort((a, b) => Math.abs(hueOf(a) - 260) - Math.abs(hueOf(b) - 260));
  const ordered = rest.splice(0, 1);
  while (rest.length > 0) {
    const nearest = (one: Candidate): number =>
      Math.min(...ordered.map((other) => distance(one, other)));
    rest.sort((a, b) => nearest(b) - nearest(a));
    ordered.push(...rest.splice(0, 1));
  }
  return ordered;
}

const [steps = 60_000, tries = 6] = process.argv.slice(2).map(Number);
const found = {} as Record<ThemeKind, Candidate[]>;
for (const kind of Object.keys(themeBackgrounds) as ThemeKind[]) {
  let best: Candidate[] = [];
  for (let attempt = 0; attempt < tries; attempt++) {
    const colors = anneal(kind, steps);
    if (best.length === 0 || worst(colors) > worst(best)) best = colors;
  }
  found[kind] = order(best);
  console.error(`${kind}: ${worst(best).toFixed(2)}`);
}
const lines = Array.from({ length: count }, (_, index) =>
  Object.fromEntries(
    Object.entries(found).map(([kind, colors]) => [
      kind,
      colors[index] && toHex(colors[index].rgb),
    ]),
  ),
);
console.log(JSON.stringify(lines, null, 2));
