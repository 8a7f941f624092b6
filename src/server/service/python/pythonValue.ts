import type { YamlNode, YamlScalar } from '../yaml/yamlTree';
import { resolveAlias } from '../yaml/yamlTree';

/** What Python holds once PyYAML's `safe_load` has read a node: YAML 1.1, with PyYAML's own ways. */
export type PythonValue =
  | { readonly type: 'str'; readonly text: string }
  | { readonly type: 'int'; readonly value: bigint }
  | { readonly type: 'float'; readonly value: number }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'NoneType' }
  /** As Python prints it. */
  | { readonly type: 'datetime.date' | 'datetime.datetime'; readonly text: string }
  | { readonly type: 'dict' | 'list' | 'set' | 'bytes' | 'tuple' }
  /** PyYAML refuses the node, in these words. */
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
  if (resolved.kind === 'map') return { type: 'dict' };
  if (resolved.kind === 'list') return { type: 'list' };
  return scalarValue(resolved);
}

function scalarValue(scalar: YamlScalar): PythonValue {
  const { tag, text, style } = scalar;
  if (tag === undefined || tag === '!') {
    return style === 'plain' && tag === undefined ? plainValue(text) : { type: 'str', text };
  }
  return tag === `${prefix}str` ? { type: 'str', text } : plainValue(text);
}

const ints =
  /^(?:[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/;
const floats =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const bools: Readonly<Record<string, boolean>> = {
  yes: true,
  no: false,
  true: true,
  false: false,
  on: true,
  off: false,
};
const boolWords =
  /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/;
const nulls = /^(?:~|null|Null|NULL|)$/;

/** What PyYAML makes of a scalar without quotes and tag. */
export function plainValue(text: string): PythonValue {
  if (nulls.test(text)) return none;
  if (boolWords.test(text)) return { type: 'bool', value: bools[text.toLowerCase()] === true };
  if (ints.test(text)) return intValue(text);
  if (floats.test(text)) return floatValue(text);
  return { type: 'str', text };
}

function intValue(text: string): PythonValue {
  const digits = text.replaceAll('_', '');
  const sign = digits.startsWith('-') ? -1n : 1n;
  const bare = digits.replace(/^[-+]/, '');
  if (bare === '0') return { type: 'int', value: 0n };
  const made = bare.includes(':')
    ? sexagesimal(bare)
    : BigInt(bare.startsWith('0') && /^0\d/.test(bare) ? `0o${bare.slice(1)}` : bare);
  return { type: 'int', value: sign * made };
}

function sexagesimal(text: string): bigint {
  return text.split(':').reduce((sum, part) => sum * 60n + BigInt(part), 0n);
}

function floatValue(text: string): PythonValue {
  const bare = text.replaceAll('_', '').toLowerCase();
  const sign = bare.startsWith('-') ? -1 : 1;
  const digits = bare.replace(/^[-+]/, '');
  if (digits === '.inf') return { type: 'float', value: sign * Infinity };
  if (digits === '.nan') return { type: 'float', value: NaN };
  const value = digits.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return { type: 'float', value: sign * value };
}
