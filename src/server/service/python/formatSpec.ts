/** What follows the colon of a placeholder, as far as a text is concerned. */
export interface TextSpec {
  readonly fill: string;
  readonly align: '<' | '>' | '^';
  readonly width: number;
  /** The most characters; undefined for all. */
  readonly precision: number | undefined;
}

const tooManyDigits = 'Too many decimal digits in format string';
const largestNumber = 2n ** 63n - 1n;

/**
 * Reads the format of a text.
 *
 * @returns Python's words where it refuses the format (`parse_internal_render_format_spec` and `format_string_internal` of
 * CPython's formatter_unicode.c)
 */
export function readTextSpec(spec: string): TextSpec | string {
  const characters = [...spec];
  let at = 0;
  const peek = (): string => characters[at] ?? '';
  const takes = (pattern: RegExp): string => (pattern.test(peek()) ? (characters[at++] ?? '') : '');
  let fill = '';
  let align = '';
  if (/^[<>=^]$/.test(characters[1] ?? '')) {
    [fill = '', align = ''] = characters;
    at = 2;
  } else {
    align = takes(/^[<>=^]$/);
  }
  const sign = takes(/^[ +-]$/);
  const noNegativeZero = takes(/^z$/);
  const alternate = takes(/^#$/);
  if (fill === '' && peek() === '0') fill = characters[at++] ?? '';
  const width = takeNumber();
  if (width === 'large') return tooManyDigits;
  const comma = takes(/^,$/);
  const underscore = takes(/^_$/);
  if (comma !== '' && underscore !== '') return "Cannot specify both ',' and '_'.";
  if (underscore !== '' && peek() === ',') return "Cannot specify both ',' and '_'.";
  const hasPrecision = takes(/^\.$/) !== '';
  const precision = hasPrecision ? takeNumber() : undefined;
  if (precision === 'large') return tooManyDigits;
  if (hasPrecision && precision === undefined) return 'Format specifier missing precision';
  if (characters.length - at > 1) {
    return `Invalid format specifier '${spec}' for object of type 'str'`;
  }
  const type = characters[at] ?? 's';
  const refusal =
    refuseSeparator(comma + underscore, type) ??
    refuseForText(type, sign, noNegativeZero, alternate, align);
  if (refusal !== undefined) return refusal;
  return {
    fill: fill === '' ? ' ' : fill,
    align: align === '>' || align === '^' ? align : '<',
    width: width ?? 0,
    precision,
  };

  function takeNumber(): number | 'large' | undefined {
    let digits = '';
    while (/^\p{Nd}$/u.test(peek())) digits += decimalDigit(characters[at++] ?? '0');
    if (digits === '') return undefined;
    return isLarge(digits) ? 'large' : Number(digits);
  }
}

/** Whether Python refuses a number in a format for being too large. */
export function isLarge(digits: string): boolean {
  const significant = digits.replace(/^0+/, '');
  return significant.length > 19 || BigInt(significant) > largestNumber;
}

/** Python takes digits of any script, which come in blocks of ten that begin at zero. */
export function decimalDigit(character: string): string {
  if (character >= '0' && character <= '9') return character;
  const point = character.codePointAt(0) ?? 0x30;
  let zero = point;
  while (point - zero < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String(point - zero);
}

function shown(type: string): string {
  const point = type.codePointAt(0) ?? 0;
  return point > 32 && point < 128 ? type : `\\x${point.toString(16)}`;
}

function refuseSeparator(separator: string, type: string): string | undefined {
  if (separator === '' || 'defgEG%F'.includes(type)) return undefined;
  if (separator === '_' && 'boxX'.includes(type)) return undefined;
  return `Cannot specify '${separator}' with '${shown(type)}'.`;
}

function refuseForText(
  type: string,
  sign: string,
  noNegativeZero: string,
  alternate: string,
  align: string,
): string | undefined {
  if (type !== 's') return `Unknown format code '${shown(type)}' for object of type 'str'`;
  if (sign !== '') {
    return `${sign === ' ' ? 'Space' : 'Sign'} not allowed in string format specifier`;
  }
  if (noNegativeZero !== '') {
    return 'Negative zero coercion (z) not allowed in string format specifier';
  }
  if (alternate !== '') return 'Alternate form (#) not allowed in string format specifier';
  return align === '=' ? "'=' alignment not allowed in string format specifier" : undefined;
}

/** Wider, nothing is padded here: the text is not worth its memory. */
const widest = 10_000;

/** @returns undefined where the text would be too long to make */
export function applyTextSpec(text: string, spec: TextSpec): string | undefined {
  if (spec.width > widest) return undefined;
  let characters = [...text];
  if (spec.precision !== undefined) characters = characters.slice(0, spec.precision);
  const missing = Math.max(0, spec.width - characters.length);
  const left = spec.align === '<' ? 0 : spec.align === '>' ? missing : Math.floor(missing / 2);
  return spec.fill.repeat(left) + characters.join('') + spec.fill.repeat(missing - left);
}
