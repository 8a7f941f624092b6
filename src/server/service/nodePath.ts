import { resolveAlias, type Span, type YamlEntry, type YamlNode } from './yaml/yamlTree';

/** What is at an offset in a tree. */
export interface NodePath {
  /** The entries from the root down to the innermost one that the offset is in. */
  readonly entries: readonly YamlEntry[];
  /** The names of these. */
  readonly keys: readonly string[];
  /** Whether the offset is on the key of the last entry. */
  readonly onKey: boolean;
  /** The key or value that the offset is in; the root where it is in no entry. */
  readonly node: YamlNode;
  /** Everything round the offset, the root first. */
  readonly spans: readonly Span[];
}

export function nodePath(root: YamlNode, offset: number): NodePath {
  const entries: YamlEntry[] = [];
  const spans: Span[] = [root.span];
  let node = root;
  for (;;) {
    if (node.kind === 'map') {
      const entry = node.entries.find((one) => covers(entrySpan(one), offset));
      if (entry === undefined) break;
      entries.push(entry);
      spans.push(entrySpan(entry));
      node = covers(entry.key.span, offset) ? entry.key : entry.value;
      spans.push(node.span);
      if (node === entry.key || !covers(node.span, offset)) break;
    } else if (node.kind === 'list') {
      const item: YamlNode | undefined = node.items.find(({ span }) => covers(span, offset));
      if (item === undefined) break;
      node = item;
      spans.push(node.span);
    } else {
      break;
    }
  }
  const last = entries.at(-1);
  return {
    entries,
    keys: entries.map(({ key }) => textOf(key)),
    onKey: last !== undefined && covers(last.key.span, offset),
    node,
    spans,
  };
}

export function covers({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}

/** The text of a scalar as it is written, unquoted; of anything else, nothing. */
export function textOf(node: YamlNode): string {
  const resolved = resolveAlias(node);
  return resolved?.kind === 'scalar' ? resolved.text : '';
}

/** What is between the quotes of a scalar that has some. */
export function innerSpan(node: YamlNode): Span {
  const { start, end } = node.span;
  const isQuoted = node.kind === 'scalar' && /^(single|double)$/.test(node.style);
  return isQuoted && end - start >= 2 ? { start: start + 1, end: end - 1 } : node.span;
}

function entrySpan({ key, value }: YamlEntry): Span {
  return { start: key.span.start, end: Math.max(key.span.end, value.span.end) };
}
