import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  parseDocument,
  type ParsedNode,
  type Range as YamlRange,
} from 'yaml';
import type { ScalarStyle, Span, YamlEntry, YamlNode } from './yamlTree';

const options = {
  version: '1.1',
  // Scalars stay text: what Python makes of them is decided elsewhere.
  schema: 'failsafe',
  uniqueKeys: false,
  prettyErrors: false,
  strict: false,
  logLevel: 'silent',
} as const;

const styles: Readonly<Record<string, ScalarStyle>> = {
  PLAIN: 'plain',
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'literal',
  BLOCK_FOLDED: 'folded',
};

/** The tree of a text that is no YAML yet, as far as it can be guessed. The text has passed the limits. */
export function recoverTree(text: string): YamlNode | undefined {
  try {
    const { contents } = parseDocument(text, options);
    return contents === null ? undefined : new TreeCopy().copy(contents);
  } catch (error) {
    // The parser calls itself for every level of nesting.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

class TreeCopy {
  private readonly anchors = new Map<string, YamlNode>();

  copy(node: ParsedNode): YamlNode {
    const copied = this.copyBare(node);
    if (copied.anchor !== undefined) this.anchors.set(copied.anchor, copied);
    return copied;
  }

  private copyBare(node: ParsedNode): YamlNode {
    const facts = {
      span: spanOf(node.range),
      ...(node.tag === undefined ? {} : { tag: node.tag }),
      ...(isAlias(node) || node.anchor === undefined ? {} : { anchor: node.anchor }),
    };
    if (isAlias(node)) {
      const { source: name } = node;
      return { kind: 'alias', span: facts.span, name, target: this.anchors.get(name) };
    }
    if (isMap(node)) {
      const entries = node.items.map(({ key, value }): YamlEntry => {
        const copiedKey = this.copy(key);
        const copiedValue = value === null ? emptyAt(copiedKey.span.end) : this.copy(value);
        return { key: copiedKey, value: copiedValue };
      });
      return { ...facts, kind: 'map', entries, flow: node.flow === true };
    }
    if (isSeq(node)) {
      const items = node.items.map((item) => this.copy(item));
      return { ...facts, kind: 'list', items, flow: node.flow === true };
    }
    if (!isScalar(node)) return emptyAt(facts.span.start);
    const style = styles[node.type ?? 'PLAIN'] ?? 'plain';
    return { ...facts, kind: 'scalar', text: node.source, style };
  }
}

function emptyAt(offset: number): YamlNode {
  return { kind: 'scalar', text: '', style: 'plain', span: { start: offset, end: offset } };
}

function spanOf([start, end]: YamlRange): Span {
  return { start, end };
}
