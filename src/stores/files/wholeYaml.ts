import type { Document, ParsedNode } from 'yaml';
import type { MetaValue } from './meta';

type Parse = (text: string) => Document.Parsed;
let loaded: Parse | undefined;

/** Deeper texts take a parser seconds; MLflow's own have three levels. */
const maxDepth = 200;

/**
 * Reads any YAML whose root is a map; `undefined` where it is none or broken. Scalars stay text (the failsafe
 * schema), aliases are not followed.
 */
export async function readWholeYaml(text: string): Promise<Map<string, MetaValue> | undefined> {
  if (isDeep(text)) {
    return undefined;
  }
  const parse = (loaded ??= await load());
  const document = parse(text);
  if (document.errors.length > 0) {
    return undefined;
  }
  const value = toValue(document.contents, 0);
  return value instanceof Map ? (value as Map<string, MetaValue>) : undefined;
}

/** Most stores never need the parser. */
async function load(): Promise<Parse> {
  const { parseDocument } = await import('yaml');
  return (text) =>
    parseDocument(text, { schema: 'failsafe', uniqueKeys: false, logLevel: 'silent' });
}

function isDeep(text: string): boolean {
  let depth = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    depth = bracket === '[' || bracket === '{' ? depth + 1 : Math.max(0, depth - 1);
    if (depth > maxDepth) return true;
  }
  return new RegExp(`^ {${maxDepth}}|^(?: *[-?] ){${maxDepth}}`, 'm').test(text);
}

function toValue(node: ParsedNode | null, depth: number): MetaValue {
  if (node === null || depth > maxDepth) return null;
  if ('items' in node) {
    return 'value' in (node.items[0] ?? {}) && 'key' in (node.items[0] ?? {})
      ? toMap(node.items as unknown as readonly Pair[], depth)
      : new Map();
  }
  if (!('value' in node) || typeof node.value !== 'string') return null;
  const isNull = node.type === 'PLAIN' && /^(?:~|null|Null|NULL|)$/.test(node.value);
  return isNull ? null : node.value;
}

interface Pair {
  readonly key: ParsedNode | null;
  readonly value: ParsedNode | null;
}

function toMap(pairs: readonly Pair[], depth: number): MetaValue {
  const values = new Map<string, MetaValue>();
  for (const { key, value } of pairs) {
    const name = toValue(key, depth + 1);
    if (typeof name === 'string') values.set(name, toValue(value, depth + 1));
  }
  return values;
}
