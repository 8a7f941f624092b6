import { Lexer } from 'yaml';
import { readYaml } from './yaml/readYaml';
import type { YamlNode } from './yaml/yamlTree';

/** Whether two YAML texts have the same nodes, written the same way, and the same comments in the same order. */
export function sameMeaning(one: string, other: string): boolean {
  const signature = signatureOf(one);
  return signature !== undefined && signature === signatureOf(other);
}

/** Undefined for text that MLflow does not read. */
function signatureOf(text: string): string | undefined {
  const { root, problem } = readYaml(text);
  if (problem !== undefined) return undefined;
  const parts: unknown[] = [];
  if (root !== undefined) addParts(root, parts);
  return JSON.stringify([parts, commentsOf(text)]);
}

function addParts(node: YamlNode, parts: unknown[]): void {
  const { kind, tag, anchor } = node;
  switch (node.kind) {
    case 'alias':
      parts.push([kind, node.name]);
      return;
    case 'scalar':
      parts.push([kind, tag, anchor, node.style, node.text]);
      return;
    case 'list':
      parts.push([kind, tag, anchor, node.flow, node.items.length]);
      for (const item of node.items) addParts(item, parts);
      return;
    case 'map':
      parts.push([kind, tag, anchor, node.flow, node.entries.length]);
      for (const { key, value } of node.entries) {
        addParts(key, parts);
        addParts(value, parts);
      }
  }
}

function commentsOf(text: string): string[] {
  const comments: string[] = [];
  let isScalarText = false;
  for (const token of new Lexer().lex(text)) {
    if (!isScalarText && token.startsWith('#')) comments.push(token.trimEnd());
    isScalarText = token === '\u001f';
  }
  return comments;
}
