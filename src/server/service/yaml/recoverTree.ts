import { CST, Parser } from 'yaml';
import type { ScalarStyle, Span, YamlEntry, YamlNode } from './yamlTree';

const blockStyles: Readonly<Record<string, ScalarStyle>> = {
  BLOCK_LITERAL: 'literal',
  BLOCK_FOLDED: 'folded',
};
const flowStyles: Readonly<Record<string, ScalarStyle>> = {
  'single-quoted-scalar': 'single',
  'double-quoted-scalar': 'double',
};

type Sources = readonly CST.SourceToken[];
type Item = CST.CollectionItem | { readonly start: Sources; value?: CST.Token };

/** The tree of a text that is no YAML yet, as far as it can be guessed. The text has passed the limits. */
export function recoverTree(text: string): YamlNode | undefined {
  try {
    for (const token of new Parser().parse(text)) {
      if (token.type === 'document') {
        return token.value && new TreeCopy().copy(token.value, token.start);
      }
    }
    return undefined;
  } catch (error) {
    // The parser calls itself for every level of nesting.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Makes nodes of the parser's tokens, which know no mistakes. */
class TreeCopy {
  private readonly anchors = new Map<string, YamlNode>();

  /** @param before the tokens in front, with the anchor and the tag */
  copy(token: CST.Token, before: Sources): YamlNode {
    const properties = propertiesOf(before);
    const copied = { ...this.copyBare(token), ...properties };
    if (properties.anchor !== undefined) this.anchors.set(properties.anchor, copied);
    return copied;
  }

  private copyBare(token: CST.Token): YamlNode {
    switch (token.type) {
      case 'alias': {
        const name = token.source.slice(1);
        return { kind: 'alias', span: spanOf(token), name, target: this.anchors.get(name) };
      }
      case 'block-map': {
        const entries = token.items.flatMap((item) => this.copyEntry(item) ?? []);
        return {
          kind: 'map',
          entries,
          flow: false,
          span: within(token.offset, entriesEnd(entries)),
        };
      }
      case 'block-seq': {
        const items = token.items.flatMap((item) =>
          item.value || item.start.some(({ type }) => type === 'seq-item-ind')
            ? [this.copyOrEmpty(item.value, item.start)]
            : [],
        );
        const end = items.at(-1)?.span.end;
        return { kind: 'list', items, flow: false, span: within(token.offset, end) };
      }
      case 'flow-collection':
        return this.copyFlow(token);
      default:
        return copyScalar(token);
    }
  }

  private copyFlow(token: CST.FlowCollection): YamlNode {
    const isMap = token.start.source === '{';
    if (isMap) {
      const entries = token.items.flatMap((item) => this.copyEntry(item) ?? []);
      const span = flowSpan(token, entriesEnd(entries));
      return { kind: 'map', entries, flow: true, span };
    }
    const items = token.items.flatMap((item): YamlNode[] => {
      if (item.key || item.sep) {
        const entry = this.copyEntry(item);
        const span = entry && { start: entry.key.span.start, end: entry.value.span.end };
        return span ? [{ kind: 'map', entries: [entry], flow: true, span }] : [];
      }
      return item.value ? [this.copy(item.value, item.start)] : [];
    });
    return { kind: 'list', items, flow: true, span: flowSpan(token, items.at(-1)?.span.end) };
  }

  private copyEntry({
    start,
    key,
    sep,
    value,
  }: Item & Partial<CST.CollectionItem>): YamlEntry | undefined {
    const name = key ?? (sep ? undefined : value);
    if (!name && !sep) return undefined;
    const copiedKey = this.copyOrEmpty(name, start, sep?.[0]?.offset);
    const copiedValue = sep
      ? this.copyOrEmpty(value, sep, copiedKey.span.end)
      : emptyAt(copiedKey.span.end);
    return { key: copiedKey, value: copiedValue };
  }

  private copyOrEmpty(token: CST.Token | null | undefined, before: Sources, at?: number): YamlNode {
    if (token) return this.copy(token, before);
    const properties = propertiesOf(before);
    const empty = { ...emptyAt(emptyOffset(before) ?? at ?? 0), ...properties };
    if (properties.anchor !== undefined) this.anchors.set(properties.anchor, empty);
    return empty;
  }
}

function copyScalar(token: CST.Token): YamlNode {
  if (!CST.isScalar(token) || token.type === 'alias') return emptyAt(token.offset);
  const { value, type, range } = CST.resolveAsScalar(token, false, () => undefined);
  const style = blockStyles[type ?? ''] ?? flowStyles[token.type] ?? 'plain';
  return { kind: 'scalar', text: value, style, span: { start: range[0], end: range[1] } };
}

function propertiesOf(tokens: Sources): { anchor?: string; tag?: string } {
  const anchor = tokens.findLast(({ type }) => type === 'anchor')?.source.slice(1);
  const tag = tokens.findLast(({ type }) => type === 'tag')?.source;
  return {
    ...(anchor === undefined ? {} : { anchor }),
    ...(tag === undefined ? {} : { tag: fullTag(tag) }),
  };
}

function fullTag(tag: string): string {
  if (tag.startsWith('!<')) return tag.slice(2, -1);
  return tag.startsWith('!!') ? `tag:yaml.org,2002:${tag.slice(2)}` : tag;
}

/** Where a value would stand that is not there: behind what is before it, and the white space on that line. */
function emptyOffset(before: Sources): number | undefined {
  const isSpace = ({ type }: CST.SourceToken): boolean => type === 'space';
  const isNothing = ({ type }: CST.SourceToken): boolean =>
    type === 'space' || type === 'newline' || type === 'comment';
  const last = before.findLastIndex((token) => !isNothing(token));
  const rest = before.slice(last + 1);
  const spaces = rest.slice(0, rest.findIndex((token) => !isSpace(token)) >>> 0);
  const end = spaces.at(-1) ?? before[last];
  return end && end.offset + end.source.length;
}

function emptyAt(offset: number): YamlNode {
  return { kind: 'scalar', text: '', style: 'plain', span: { start: offset, end: offset } };
}

function spanOf({ offset, source }: { readonly offset: number; readonly source: string }): Span {
  return { start: offset, end: offset + source.length };
}

function within(start: number, end: number | undefined): Span {
  return { start, end: Math.max(start, end ?? start) };
}

/** To the bracket that closes it, where there is one. */
function flowSpan({ start, end: [close] }: CST.FlowCollection, itemsEnd: number | undefined): Span {
  const isClosed = close?.type === 'flow-map-end' || close?.type === 'flow-seq-end';
  return within(start.offset, isClosed ? close.offset + 1 : (itemsEnd ?? start.offset + 1));
}

function entriesEnd(entries: readonly YamlEntry[]): number | undefined {
  return entries.at(-1)?.value.span.end;
}
