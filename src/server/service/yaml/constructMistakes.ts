import { pythonKey, pythonValue } from '../python/pythonValue';
import { isMerge } from './dictEntries';
import { resolveAlias, type YamlMap, type YamlNode } from './yamlTree';
import type { YamlMistake } from './yamlDocument';

const prefix = 'tag:yaml.org,2002:';
const collectionTags: Readonly<Record<string, 'map' | 'list'>> = {
  map: 'map',
  set: 'map',
  seq: 'list',
  omap: 'list',
  pairs: 'list',
};
const kindNames = { scalar: 'scalar', map: 'mapping', list: 'sequence' } as const;

/** Where PyYAML's `SafeConstructor` makes no value of a node. Looks at every node once. */
export function constructMistakes(root: YamlNode): readonly YamlMistake[] {
  const mistakes: YamlMistake[] = [];
  const check = (node: YamlNode): void => {
    if (node.kind === 'alias') return;
    const words = tagMistake(node);
    if (words !== undefined) mistakes.push({ span: node.span, error: 'ConstructorError', words });
    if (node.kind === 'scalar') {
      const value = pythonValue(node);
      if (words === undefined && value.type === 'error') {
        mistakes.push({ span: node.span, error: value.error, words: value.words });
      }
    } else if (node.kind === 'list') {
      for (const item of node.items) check(item);
    } else {
      checkEntries(node, mistakes, check);
    }
  };
  check(root);
  return mistakes;
}

function checkEntries(
  map: YamlMap,
  mistakes: YamlMistake[],
  check: (node: YamlNode) => void,
): void {
  for (const entry of map.entries) {
    if (isMerge(entry)) {
      const wrong = mergeMistake(entry.value);
      if (wrong !== undefined) mistakes.push(wrong);
    } else {
      const { type } = pythonKey(entry.key);
      const isText = entry.key.kind === 'scalar' && entry.key.tag === undefined && type === 'str';
      if (!isText) check(entry.key);
      if (type === 'dict' || type === 'list' || type === 'set') {
        const words = 'found unhashable key';
        mistakes.push({ span: entry.key.span, error: 'ConstructorError', words });
      }
    }
    check(entry.value);
  }
}

function mergeMistake(value: YamlNode): YamlMistake | undefined {
  const resolved = resolveAlias(value);
  if (resolved === undefined || resolved.kind === 'map') return undefined;
  const { span } = value;
  if (resolved.kind === 'scalar') {
    const words = 'expected a mapping or list of mappings for merging, but found scalar';
    return { span, error: 'ConstructorError', words };
  }
  for (const item of resolved.items) {
    const source = resolveAlias(item);
    if (source !== undefined && source.kind !== 'map') {
      const words = `expected a mapping for merging, but found ${kindNames[source.kind]}`;
      return { span: item.span, error: 'ConstructorError', words };
    }
  }
  return undefined;
}

const scalarTags = new Set(['null', 'bool', 'int', 'float', 'binary', 'timestamp', 'str']);

function tagMistake(node: Exclude<YamlNode, { readonly kind: 'alias' }>): string | undefined {
  const { tag } = node;
  if (tag === undefined || tag === '!') return undefined;
  const name = tag.startsWith(prefix) ? tag.slice(prefix.length) : '';
  const collection = collectionTags[name];
  if (scalarTags.has(name)) {
    return node.kind === 'scalar'
      ? undefined
      : `expected a scalar node, but found ${kindNames[node.kind]}`;
  }
  if (collection === undefined) return `could not determine a constructor for the tag '${tag}'`;
  return node.kind === collection
    ? undefined
    : `expected a ${kindNames[collection]} node, but found ${kindNames[node.kind]}`;
}
