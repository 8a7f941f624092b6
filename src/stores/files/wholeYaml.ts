import type { ParsedNode, YAMLMap } from 'yaml';
import type { MetaValue } from './meta';

type Yaml = Pick<typeof import('yaml'), 'Lexer' | 'isMap' | 'isScalar' | 'isSeq' | 'parseDocument'>;
let loaded: Yaml | undefined;

/** Deeper texts take a parser seconds; MLflow's own have three levels. */
const maxDepth = 200;
/** So do more pieces: a text of a megabyte is one, yet so many dashes are a quarter of a million. MLflow's own files have a hundred. */
const maxTokens = 10_000;

/**
 * Reads any YAML whose root is a map; `undefined` where it is none or broken. Scalars stay text (the failsafe
 * schema), aliases are not followed.
 */
export async function readWholeYaml(text: string): Promise<Map<string, MetaValue> | undefined> {
  if (isDeep(text)) {
    return undefined;
  }
  // Most stores never need the parser.
  const yaml = (loaded ??= await import('yaml'));
  if (isLong(text, yaml)) {
    return undefined;
  }
  const options = { schema: 'failsafe', uniqueKeys: false, logLevel: 'silent' } as const;
  const { contents, errors } = yaml.parseDocument(text, options);
  return yaml.isMap(contents) && errors.length === 0 ? toMap(contents, yaml) : undefined;
}

function isDeep(text: string): boolean {
  let depth = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    depth = bracket === '[' || bracket === '{' ? depth + 1 : Math.max(0, depth - 1);
    if (depth > maxDepth) return true;
  }
  return new RegExp(`^ {${maxDepth}}|^(?: *[-?] ){${maxDepth}}`, 'm').test(text);
}

function isLong(text: string, { Lexer }: Yaml): boolean {
  const tokens = new Lexer().lex(text);
  for (let count = 0; count <= maxTokens; count++) {
    if (tokens.next().done === true) return false;
  }
  return true;
}

function toMap(map: YAMLMap.Parsed, yaml: Yaml): Map<string, MetaValue> {
  const values = new Map<string, MetaValue>();
  for (const { key, value } of map.items) {
    const name = toValue(key, yaml);
    if (typeof name === 'string') values.set(name, toValue(value, yaml));
  }
  return values;
}

function toValue(node: ParsedNode | null, yaml: Yaml): MetaValue {
  if (yaml.isMap(node)) return toMap(node, yaml);
  if (yaml.isSeq(node)) return new Map();
  if (!yaml.isScalar(node) || typeof node.value !== 'string') return null;
  const isNull = node.type === 'PLAIN' && /^(?:~|null|Null|NULL|)$/.test(node.value);
  return isNull ? null : node.value;
}
