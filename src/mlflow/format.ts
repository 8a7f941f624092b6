/** A number in full: `NaN`, `Infinity`, `-Infinity`, or every digit that JavaScript keeps. */
export function formatFull(value: number | bigint): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

/**
 * A number short enough for a cell: four significant digits, or as many as its whole part has;
 * exponents where zeros would pile up.
 */
export function formatShort(value: number | bigint): string {
  if (typeof value === 'bigint' || !Number.isFinite(value) || Number.isInteger(value)) {
    const full = formatFull(value);
    return full.length <= 9 || !Number.isFinite(Number(value)) ? full : exponential(Number(value));
  }
  const size = Math.abs(value);
  if (size >= 1e7 || size < 1e-4) {
    return exponential(value);
  }
  return String(size >= 1000 ? Math.round(value) : Number(value.toPrecision(4)));
}

function exponential(value: number): string {
  return value.toExponential(3).replace(/\.?0+e/, 'e');
}

const units = [
  ['year', 365 * 86_400_000],
  ['month', 30 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** How long ago `time` was, in the words of `format`; less than a minute is "now". */
export function formatAge(time: number, now: number, format: Intl.RelativeTimeFormat): string {
  const age = now - time;
  for (const [unit, length] of units) {
    if (Math.abs(age) >= length) {
      return format.format(-Math.trunc(age / length), unit);
    }
  }
  return format.format(0, 'second');
}

/** A duration in its two largest units, e.g. `2h 5m`, `3.4s`, `120ms`; `-2h 5m` where a clock went backwards. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds <= -0.5) {
    return `-${formatDuration(-milliseconds)}`;
  }
  if (milliseconds < 1000) {
    return `${Math.round(milliseconds)}ms`;
  }
  if (milliseconds < 60_000) {
    return `${Math.floor(milliseconds / 100) / 10}s`;
  }
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 60) {
    return `${minutes}m ${Math.floor((milliseconds % 60_000) / 1000)}s`;
  }
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? `${hours}h ${minutes % 60}m` : `${Math.floor(hours / 24)}d ${hours % 24}h`;
}

const sizeUnits = ['B', 'KB', 'MB', 'GB', 'TB'];

/** Bytes in the largest unit that leaves a whole number before the point, such as `1.4 MB`; empty where they are not known. */
export function formatSize(bytes: number | undefined): string {
  if (bytes === undefined || !Number.isFinite(bytes)) {
    return '';
  }
  let size = bytes;
  let unit = 0;
  for (; size >= 1024 && unit < sizeUnits.length - 1; unit++) {
    size /= 1024;
  }
  return `${unit === 0 || size >= 100 ? Math.round(size) : size.toFixed(1)} ${sizeUnits[unit] ?? ''}`;
}

const invisible = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;
const turning = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * Text of anybody on one line: control characters become a blank, characters that turn the
 * direction of writing (and could disguise what follows) go, and long text is cut.
 */
export function toOneLine(text: string, longest = 200): string {
  const head = text.slice(0, longest * 4);
  const line = head
    .replace(/[\ud800-\udbff]$/, '')
    .replace(turning, '')
    .replace(invisible, ' ')
    .trim();
  // A pair of surrogates that this `slice` halves lies beyond `longest` characters, and goes.
  const characters = [...line.slice(0, 2 * (longest + 1))];
  return characters.length > longest || head.length < text.length
    ? `${characters.slice(0, longest - 1).join('')}…`
    : line;
}

/**
 * Text of anybody for a message or an input: VS Code makes links out of `[text](target)` there, and a
 * link may name a command to run.
 */
export function withoutLinks(text: string): string {
  return text.replaceAll('](', '] (');
}
