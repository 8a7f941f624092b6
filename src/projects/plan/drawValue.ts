import type { SweepDomain } from '../../server/service/sweep/sweepModel';
import { exactExp, exactLog } from './exactMath';
import { normalQuantile } from './normalQuantile';

type Range = Extract<SweepDomain, { kind: 'range' }>;
type Open = Extract<SweepDomain, { kind: 'open' }>;

/** Digits of a drawn number: more would only be longer to read. */
const digits = 12;

/** Makes the text that a parameter gets of a draw from 0 to below 1. */
export type Drawer = (draw: number) => string;

export function drawerOf(domain: SweepDomain): Drawer {
  switch (domain.kind) {
    case 'values': {
      const { values, probabilities } = domain;
      return (draw) => values[drawIndex(values.length, probabilities, draw)]?.text ?? '';
    }
    case 'range': {
      const inRange = drawerInRange(domain);
      return (draw) => numberText(inRange(draw));
    }
    case 'open':
      return (draw) => numberText(drawOpen(domain, draw));
    case 'unknown':
      return () => '';
  }
}

function drawOpen({ distribution, mu, sigma, step }: Open, draw: number): number {
  // The very first draw could be 0, whose quantile is endless.
  const drawn = mu + sigma * normalQuantile(Math.max(draw, 2 ** -54));
  if (distribution === 'log_normal') return exactExp(drawn);
  return step === undefined ? drawn : Math.round(drawn / step) * step;
}

/** As short as it can be without being another number; 12 digits at most, except of whole numbers. */
export function numberText(value: number): string {
  if (Number.isSafeInteger(value)) return String(value);
  const size = Math.abs(value);
  if (!(size >= 1e-6 && size < 1e12)) return String(Number(value.toPrecision(digits)));
  let place = 6;
  while (place < powers.length && size >= (powers[place] ?? 0)) place++;
  while (place > 0 && size < (powers[place - 1] ?? 0)) place--;
  // Whole numbers and powers of ten are exact here, so that the quotient is the nearest number to the decimal.
  const scale = scales[digits - (place - 6)] ?? 1;
  return String(Math.round(value * scale) / scale);
}

/** From 1e-6 to 1e12. */
const powers = Array.from({ length: 19 }, (_, n) => Number(`1e${n - 6}`));
const scales = Array.from({ length: 20 }, (_, n) => Number(`1e${n}`));

function drawIndex(
  count: number,
  probabilities: readonly number[] | undefined,
  draw: number,
): number {
  const sum = probabilities?.reduce((total, share) => total + share, 0) ?? 0;
  if (probabilities === undefined || sum <= 0) return Math.floor(draw * count);
  let left = draw * sum;
  const index = probabilities.findIndex((share) => {
    left -= share;
    return left < 0;
  });
  return index < 0 ? count - 1 : index;
}

function drawerInRange({ distribution, min, max, step }: Range): (draw: number) => number {
  const isLog = distribution.endsWith('log_uniform_values');
  const [low, high] = isLog ? [exactLog(min), exactLog(max)] : [min, max];
  const between = (draw: number): number => low + draw * (high - low);
  switch (distribution) {
    case 'int_uniform':
      return (draw) => min + Math.floor(draw * (max - min + 1));
    case 'log_uniform':
      return (draw) => exactExp(between(draw));
    case 'log_uniform_values':
      return (draw) => clamp(exactExp(between(draw)), min, max);
    case 'q_log_uniform_values':
      return (draw) => stepped(exactExp(between(draw)), min, max, step);
    case 'q_uniform':
      return (draw) => stepped(between(draw), min, max, step);
    default:
      return between;
  }
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}

/** A multiple of `step`, not beyond the bounds if there is one within. */
function stepped(value: number, min: number, max: number, step = 1): number {
  const least = Math.ceil(min / step - 1e-9);
  const most = Math.floor(max / step + 1e-9);
  const nearest = Math.round(value / step);
  return (least > most ? nearest : clamp(nearest, least, most)) * step;
}
