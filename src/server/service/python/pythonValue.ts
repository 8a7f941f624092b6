import { resolveAlias, type YamlNode, type YamlScalar } from '../yaml/yamlTree';
import { timestampValue } from './timestampValue';

/** What Python holds once PyYAML's `safe_load` has read a node: YAML 1.1, with PyYAML's own ways. */
export type PythonValue =
  | { readonly type: 'str'; readonly text: string }
  | { readonly type: 'int'; readonly value: bigint }
  | { readonly type: 'float'; readonly value: number }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'NoneType' }
  /** The text is what Python prints. */
  | { readonly type: 'datetime.date' | 'datetime.datetime'; readonly text: string }
  | { readonly type: 'dict' | 'list' | 'set' | 'bytes' }
  /** PyYAML, or Python, refuses the node in these words. */
  | { readonly type: 'error'; readonly error: string; readonly words: string };

const none: PythonValue = { type: 'NoneType' };
const prefix = 'tag:yaml.org,2002:';

/** Equal for keys that are one and the same to a Python dict; undefined for what cannot be a key. */
export function keyIdentity(value: PythonValue): string | undefined {
  switch (value.type) {
    case 'str':
      return `str:${value.text}`;
    case 'int':
      return `number:${value.value}`;
    case 'bool':
      return `number:${Number(value.value)}`;
    case 'float':
      return Number.isInteger(value.value)
        ? `number:${BigInt(value.value)}`
        : `number:${value.value}`;
    case 'NoneType':
      return 'None';
    case 'datetime.date':
    case 'datetime.datetime':
      return `${value.type}:${value.text}`;
    default:
      return undefined;
  }
}

export function pythonValue(node: YamlNode): PythonValue {
  const resolved = resolveAlias(node);
  if (resolved === undefined) return none;
  if (resolved.kind === 'scalar') return scalarValue(resolved);
  if (resolved.tag === `${prefix}set`) return { type: 'set' };
  return { type: resolved.kind === 'map' ? 'dict' : 'list' };
}

/** The same for a key, where a plain `=` is text. */
export function pythonKey(node: YamlNode): PythonValue {
  const isMark = node.kind === 'scalar' && node.text === '=' && node.tag === undefined;
  return isMark ? { type: 'str', text: '=' } : pythonValue(node);
}

function scalarValue({ tag, text, style }: YamlScalar): PythonValue {
  if (tag === undefined) return style === 'plain' ? plainValue(text) : { type: 'str', text };
  switch (tag) {
    // PyYAML resolves what is marked as not to be resolved.
    case '!':
      return plainValue(text);
    case `${prefix}null`:
      return none;
    case `${prefix}bool`:
      return boolValue(text) ?? failure('KeyError', `'${text.toLowerCase()}'`);
    case `${prefix}int`:
      return ints.test(text) ? intValue(text) : looseInt(text);
    case `${prefix}float`:
      return looseFloat(text);
    case `${prefix}timestamp`:
      return (
        timestampValue(text) ??
        failure('AttributeError', "'NoneType' object has no attribute 'groupdict'")
      );
    case `${prefix}binary`:
      return { type: 'bytes' };
    default:
      return { type: 'str', text };
  }
}

const ints =
  /^(?:[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/;
const floats =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const bools = /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/;
const nulls = /^(?:~|null|Null|NULL|)$/;
const timestamps =
  /^(?:\d{4}-\d\d-\d\d|\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?)$/;

/** What PyYAML makes of a scalar without quotes and tag. */
export function plainValue(text: string): PythonValue {
  if (nulls.test(text)) return none;
  if (bools.test(text)) return boolValue(text) ?? none;
  const first = text.charCodeAt(0);
  // Numbers and dates begin with a sign, a point or a digit.
  if (first <= 57 && first >= 43) {
    if (floats.test(text)) return looseFloat(text);
    if (ints.test(text)) return intValue(text);
    if (timestamps.test(text)) return timestampValue(text) ?? { type: 'str', text };
  }
  if (text === '=' || text === '<<') {
    const tag = text === '=' ? 'value' : 'merge';
    return failure(
      'ConstructorError',
      `could not determine a constructor for the tag '${prefix}${tag}'`,
    );
  }
  return { type: 'str', text };
}

function failure(error: string, words: string): PythonValue {
  return { type: 'error', error, words };
}

function boolValue(text: string): PythonValue | undefined {
  const word = text.toLowerCase();
  if (['yes', 'true', 'on'].includes(word)) return { type: 'bool', value: true };
  return ['no', 'false', 'off'].includes(word) ? { type: 'bool', value: false } : undefined;
}

/** Python makes no longer decimals into numbers. */
const longestInt = 4300;

function intValue(text: string): PythonValue {
  const written = text.replaceAll('_', '');
  const sign = written.startsWith('-') ? -1n : 1n;
  const digits = written.replace(/^[-+]/, '');
  if (digits === '0b' || digits === '0x') {
    const base = digits === '0b' ? 2 : 16;
    return failure('ValueError', `invalid literal for int() with base ${base}: ''`);
  }
  if (!digits.startsWith('0') && digits.length > longestInt && !digits.includes(':')) {
    return failure(
      'ValueError',
      `Exceeds the limit (${longestInt} digits) for integer string conversion: value has ${digits.length} digits`,
    );
  }
  return { type: 'int', value: sign * readInt(digits) };
}

function readInt(digits: string): bigint {
  if (digits.includes(':')) {
    return digits.split(':').reduce((sum, part) => sum * 60n + BigInt(part), 0n);
  }
  return BigInt(/^0[0-7]/.test(digits) ? `0o${digits.slice(1)}` : digits);
}

/** With `!!int`, whatever Python's `int` takes. */
function looseInt(text: string): PythonValue {
  const digits = text.trim().replaceAll('_', '');
  if (text === '') return failure('IndexError', 'string index out of range');
  return /^[-+]?\d+$/.test(digits)
    ? { type: 'int', value: BigInt(digits.replace('+', '')) }
    : failure('ValueError', `invalid literal for int() with base 10: '${text}'`);
}

function looseFloat(text: string): PythonValue {
  const written = text.replaceAll('_', '').toLowerCase().trim();
  const sign = written.startsWith('-') ? -1 : 1;
  const digits = written.replace(/^[-+]/, '');
  if (digits === '.inf') return { type: 'float', value: sign * Infinity };
  if (digits === '.nan') return { type: 'float', value: NaN };
  const parts = digits.split(':');
  if (!parts.every((part) => /^(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/.test(part))) {
    return failure('ValueError', `could not convert string to float: '${text}'`);
  }
  return { type: 'float', value: sign * parts.reduce((sum, part) => sum * 60 + Number(part), 0) };
}
