import { applyTextSpec, decimalDigit, isLarge, readTextSpec } from './formatSpec';
import type { FormatField, FormatMistake, FormatPiece } from './formatPieces';
import { isMethod, methodAttributes, strAttributes } from './strAttributes';

/** The values of parameters by name, as MLflow hands them to `str.format`: quoted for the shell. Undefined for one that is not known. */
export type FormatValues = ReadonlyMap<string, string | undefined>;

/** What a field is replaced with: a text, undefined where it is not known, or Python's refusal. */
export type FieldOutcome = string | undefined | FormatMistake;

/** Something that Python has in hand while it evaluates a field. */
type Held =
  | { readonly kind: 'text'; readonly text: string | undefined }
  | { readonly kind: 'method'; readonly name: string }
  | { readonly kind: 'unknown' };

export function isMistake(outcome: FieldOutcome): outcome is FormatMistake {
  return typeof outcome === 'object';
}

/** Evaluates one field as `str.format` does with keyword arguments alone (`output_markup` of CPython's unicode_format.h). */
export function evaluateField(
  text: string,
  field: FormatField,
  values: FormatValues,
): FieldOutcome {
  const mistake = lookUpMistake(field, values);
  if (mistake !== undefined) return mistake;
  const held = takeSteps(text, field, { kind: 'text', text: values.get(field.name) });
  if ('error' in held) return held;
  const converted = convert(field, held);
  if ('error' in converted) return converted;
  const spec = expandSpec(text, field, values);
  if (isMistake(spec)) return spec;
  return render(field, converted, spec);
}

/** The number that stands for a position; `large` for one that Python cannot count to. */
function positionOf(name: string): bigint | 'large' | undefined {
  if (!/^\p{Nd}+$/u.test(name)) return undefined;
  const digits = [...name].map(decimalDigit).join('');
  return isLarge(digits) ? 'large' : BigInt(digits);
}

/** MLflow gives no positional arguments, so that the first number that is asked for is out of range. */
function lookUpMistake(field: FormatField, values: FormatValues): FormatMistake | undefined {
  const { name, nameSpan, span } = field;
  const position = name === '' ? 0n : positionOf(name);
  if (position === 'large') {
    return { span, error: 'ValueError', words: 'Too many decimal digits in format string' };
  }
  if (position !== undefined) {
    const words = `Replacement index ${position} out of range for positional args tuple`;
    return { span, error: 'IndexError', words };
  }
  return values.has(name)
    ? undefined
    : { span: nameSpan, error: 'KeyError', words: reprText(name) };
}

/** `repr` of a text in Python, as far as keys are concerned. */
export function reprText(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t');
  return quote + (quote === "'" ? escaped.replaceAll("'", "\\'") : escaped) + quote;
}

interface Step {
  readonly isAttribute: boolean;
  readonly name: string;
}

interface Steps {
  readonly taken: readonly Step[];
  /** Why Python cannot read what comes after them. */
  readonly mistake: string | undefined;
}

function readSteps(text: string, { stepsSpan }: FormatField): Steps {
  const written = text.slice(stepsSpan.start, stepsSpan.end);
  const taken: Step[] = [];
  let at = 0;
  while (at < written.length) {
    const isAttribute = written[at] === '.';
    if (!isAttribute && written[at] !== '[') {
      return { taken, mistake: "Only '.' or '[' may follow ']' in format field specifier" };
    }
    const rest = written.slice(at + 1);
    const length = isAttribute ? rest.search(/[.[]|$/) : rest.indexOf(']');
    if (length === -1) return { taken, mistake: "Missing ']' in format string" };
    if (length === 0) return { taken, mistake: 'Empty attribute in format string' };
    taken.push({ isAttribute, name: rest.slice(0, length) });
    at += length + (isAttribute ? 1 : 2);
  }
  return { taken, mistake: undefined };
}

/** Python looks at a step once it has taken those before it. */
function takeSteps(text: string, field: FormatField, first: Held): Held | FormatMistake {
  const { span } = field;
  const { taken, mistake } = readSteps(text, field);
  let held = first;
  for (const step of taken) {
    const next = step.isAttribute ? takeAttribute(held, step.name) : takeItem(held, step.name);
    if ('error' in next) return { ...next, span };
    held = next;
  }
  return mistake === undefined ? held : { span, error: 'ValueError', words: mistake };
}

type Failure = Omit<FormatMistake, 'span'>;

function takeAttribute(held: Held, name: string): Held | Failure {
  if (held.kind === 'unknown') return held;
  const [known, type] =
    held.kind === 'text'
      ? [strAttributes, 'str' as const]
      : [methodAttributes, 'builtin_function_or_method' as const];
  if (!known.has(name)) {
    const words = `'${type}' object has no attribute '${name}'`;
    return { error: 'AttributeError', words };
  }
  return held.kind === 'text' && isMethod(name) ? { kind: 'method', name } : { kind: 'unknown' };
}

function takeItem(held: Held, name: string): Held | Failure {
  if (held.kind === 'unknown') return held;
  if (held.kind === 'method') {
    const words = "'builtin_function_or_method' object is not subscriptable";
    return { error: 'TypeError', words };
  }
  const index = positionOf(name);
  if (index === 'large') {
    return { error: 'ValueError', words: 'Too many decimal digits in format string' };
  }
  if (index === undefined) {
    return { error: 'TypeError', words: "string indices must be integers, not 'str'" };
  }
  if (held.text === undefined) return held;
  const character = index < 1_000_000n ? [...held.text][Number(index)] : undefined;
  return character === undefined
    ? { error: 'IndexError', words: 'string index out of range' }
    : { kind: 'text', text: character };
}

function convert({ conversion, span }: FormatField, held: Held): Held | FormatMistake {
  if (conversion === undefined) return held;
  if (!'rsa'.includes(conversion)) {
    const point = conversion.codePointAt(0) ?? 0;
    const shown = point > 32 && point < 127 ? conversion : `\\x${point.toString(16)}`;
    return { span, error: 'ValueError', words: `Unknown conversion specifier ${shown}` };
  }
  if (held.kind !== 'text') return { kind: 'text', text: undefined };
  if (conversion === 's' || held.text === undefined) return held;
  // What Python escapes otherwise is left open.
  const isSimple = /^[ -~]*$/.test(held.text);
  return { kind: 'text', text: isSimple ? reprText(held.text) : undefined };
}

/** The format itself may hold fields. */
function expandSpec(text: string, field: FormatField, values: FormatValues): FieldOutcome {
  if (field.specSpan === undefined) return '';
  const written = text.slice(field.specSpan.start, field.specSpan.end);
  return written.includes('{') ? evaluatePieces(text, field.nested, values) : written;
}

function render({ span }: FormatField, held: Held, spec: string | undefined): FieldOutcome {
  if (spec === undefined) return undefined;
  if (held.kind === 'method') {
    // Python shows where it is in memory.
    if (spec === '') return `<built-in method ${held.name} of str object at 0x…>`;
    const words = 'unsupported format string passed to builtin_function_or_method.__format__';
    return { span, error: 'TypeError', words };
  }
  if (held.kind === 'unknown') return undefined;
  if (spec === '') return held.text;
  const read = readTextSpec(spec);
  if (typeof read === 'string') return { span, error: 'ValueError', words: read };
  return held.text === undefined ? undefined : applyTextSpec(held.text, read);
}

/**
 * What `str.format` makes of pieces: the text, undefined where a value is not known, or the first mistake.
 *
 * @param text that the pieces are cut from
 */
export function evaluatePieces(
  text: string,
  pieces: readonly FormatPiece[],
  values: FormatValues,
): FieldOutcome {
  let made: string | undefined = '';
  for (const piece of pieces) {
    if (piece.kind === 'mistake') return piece.mistake;
    let next: string | undefined;
    if (piece.kind === 'text') {
      next = text.slice(piece.span.start, piece.span.end);
    } else if (piece.kind === 'escape') {
      next = text[piece.span.start];
    } else {
      const outcome = evaluateField(text, piece.field, values);
      if (isMistake(outcome)) return outcome;
      next = outcome;
    }
    made = made === undefined || next === undefined ? undefined : made + next;
  }
  return made;
}
