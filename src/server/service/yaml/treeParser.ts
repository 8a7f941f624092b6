import { Scanner } from './scanner';
import { YamlStop } from './textReader';
import type { Span, YamlEntry, YamlList, YamlMap, YamlNode, YamlScalar } from './yamlTree';
import type { TokenKind, YamlToken } from './yamlToken';

/**
 * Nested deeper, PyYAML fails with a RecursionError: two calls for each level and a thousand in all, of which MLflow has
 * some already.
 */
export const deepestNesting = 480;

const usualHandles: readonly (readonly [string, string])[] = [
  ['!', '!'],
  ['!!', 'tag:yaml.org,2002:'],
];

interface Properties {
  readonly anchor?: string;
  readonly tag?: string;
  /** Where the first of them begins; undefined without any. */
  readonly start: number | undefined;
  readonly end: number;
}

type Mutable<Node extends YamlNode> = { -readonly [Key in keyof Node]: Node[Key] };

/** Makes the tree of a text, or throws a {@link YamlStop} where PyYAML's parser or composer stops. */
export class TreeParser {
  private readonly scanner: Scanner;
  private handles = new Map(usualHandles);
  private readonly anchors = new Map<string, YamlNode>();
  private depth = 0;

  constructor(text: string) {
    this.scanner = new Scanner(text);
  }

  /** The only document of the text; undefined where it is empty. */
  parse(): YamlNode | undefined {
    const root = this.parseOnly();
    while (this.skips('<document end>'));
    const next = this.peek();
    if (next.kind === '<stream end>') return root;
    this.parseDocumentStart();
    const words = 'expected a single document in the stream, but found another document';
    throw new YamlStop('ComposerError', words, spanOf(next));
  }

  private parseOnly(): YamlNode | undefined {
    if (!this.isNext('<directive>', '<document start>', '<stream end>')) {
      return this.parseNode('block');
    }
    while (this.skips('<document end>'));
    if (this.isNext('<stream end>')) return undefined;
    const end = this.parseDocumentStart();
    return this.isNext('<directive>', '<document start>', '<document end>', '<stream end>')
      ? empty(end)
      : this.parseNode('block');
  }

  private parseDocumentStart(): number {
    this.readDirectives();
    const next = this.peek();
    if (next.kind !== '<document start>') {
      throw stop(`expected '<document start>', but found '${next.kind}'`, next);
    }
    return this.take().end;
  }

  private readDirectives(): void {
    this.handles = new Map();
    let hasVersion = false;
    while (this.isNext('<directive>')) {
      const token = this.take();
      const { directive } = token;
      if (directive?.name === 'YAML') {
        if (hasVersion) throw stop('found duplicate YAML directive', token);
        if (directive.major !== 1) {
          throw stop('found incompatible YAML document (version 1.* is required)', token);
        }
        hasVersion = true;
      } else if (directive?.name === 'TAG') {
        const { handle, prefix } = directive;
        if (this.handles.has(handle)) throw stop(`duplicate tag handle '${handle}'`, token);
        this.handles.set(handle, prefix);
      }
    }
    for (const [handle, prefix] of usualHandles) {
      if (!this.handles.has(handle)) this.handles.set(handle, prefix);
    }
  }

  /** @param place `value` is a block in which a list may be as far left as its key */
  private parseNode(place: 'block' | 'value' | 'flow'): YamlNode {
    if (this.isNext('<alias>')) return this.parseAlias();
    const properties = this.parseProperties();
    this.depth += 1;
    if (this.depth > deepestNesting) {
      const words = 'maximum recursion depth exceeded';
      throw new YamlStop('RecursionError', words, spanOf(this.peek()));
    }
    const node = this.parseContent(place, properties);
    this.depth -= 1;
    return node;
  }

  private parseAlias(): YamlNode {
    const token = this.take();
    const name = token.text ?? '';
    const target = this.anchors.get(name);
    if (target === undefined) {
      throw new YamlStop('ComposerError', `found undefined alias '${name}'`, spanOf(token));
    }
    return { kind: 'alias', span: spanOf(token), name, target };
  }

  private parseProperties(): Properties {
    let anchor: YamlToken | undefined;
    let tag: YamlToken | undefined;
    if (this.isNext('<anchor>')) {
      anchor = this.take();
      if (this.isNext('<tag>')) tag = this.take();
    } else if (this.isNext('<tag>')) {
      tag = this.take();
      if (this.isNext('<anchor>')) anchor = this.take();
    }
    const first = Math.min(anchor?.start ?? Infinity, tag?.start ?? Infinity);
    return {
      ...(anchor?.text === undefined ? {} : { anchor: anchor.text }),
      ...(tag === undefined ? {} : { tag: this.resolveTag(tag) }),
      start: anchor === undefined && tag === undefined ? undefined : first,
      end: Math.max(anchor?.end ?? 0, tag?.end ?? 0),
    };
  }

  private resolveTag(token: YamlToken): string {
    const { handle, suffix } = token.tag ?? { handle: undefined, suffix: '!' };
    if (handle === undefined) return suffix;
    const prefix = this.handles.get(handle);
    if (prefix === undefined) throw stop(`found undefined tag handle '${handle}'`, token);
    return prefix + suffix;
  }

  private parseContent(place: 'block' | 'value' | 'flow', properties: Properties): YamlNode {
    const next = this.peek();
    if (place === 'value' && next.kind === '-') return this.parseBlockList(properties, true);
    switch (next.kind) {
      case '<scalar>':
        return this.parseScalar(properties);
      case '[':
        return this.parseFlowList(properties);
      case '{':
        return this.parseFlowMap(properties);
      case '<block sequence start>':
        if (place !== 'flow') return this.parseBlockList(properties, false);
        break;
      case '<block mapping start>':
        if (place !== 'flow') return this.parseBlockMap(properties);
        break;
      default:
    }
    if (properties.start === undefined) {
      const words = `expected the node content, but found '${next.kind}'`;
      throw stop(words, next);
    }
    return this.register({ ...empty(properties.end), ...factsOf(properties) }, properties);
  }

  private parseScalar(properties: Properties): YamlScalar {
    const token = this.take();
    const { text = '', style = 'plain' } = token;
    const facts = factsOf(properties);
    return this.register(
      { kind: 'scalar', span: spanOf(token), text, style, ...facts },
      properties,
    );
  }

  /** Known from its beginning on, since a node may hold an alias of itself. */
  private register<Node extends YamlNode>(node: Node, { anchor }: Properties): Node {
    if (anchor === undefined) return node;
    if (this.anchors.has(anchor)) {
      const words = `found duplicate anchor '${anchor}'; first occurrence, second occurrence`;
      throw new YamlStop('ComposerError', words, node.span);
    }
    this.anchors.set(anchor, node);
    return node;
  }

  private startMap(
    properties: Properties,
    start: number,
    flow: boolean,
  ): [Mutable<YamlMap>, YamlEntry[]] {
    const entries: YamlEntry[] = [];
    const map: Mutable<YamlMap> = {
      kind: 'map',
      span: { start, end: start },
      entries,
      flow,
      ...factsOf(properties),
    };
    return [this.register(map, properties), entries];
  }

  private startList(
    properties: Properties,
    start: number,
    flow: boolean,
  ): [Mutable<YamlList>, YamlNode[]] {
    const items: YamlNode[] = [];
    const list: Mutable<YamlList> = {
      kind: 'list',
      span: { start, end: start },
      items,
      flow,
      ...factsOf(properties),
    };
    return [this.register(list, properties), items];
  }

  /** @param isIndentless the list has no block of its own, and ends with the items */
  private parseBlockList(properties: Properties, isIndentless: boolean): YamlList {
    const first = isIndentless ? this.peek() : this.take();
    const [list, items] = this.startList(properties, first.start, false);
    let end = first.end;
    while (this.isNext('-')) {
      const dash = this.take();
      const isEmpty = isIndentless
        ? this.isNext('-', '?', ':', '<block end>')
        : this.isNext('-', '<block end>');
      const item = isEmpty ? empty(dash.end) : this.parseNode('block');
      items.push(item);
      end = item.span.end;
    }
    if (!isIndentless) this.expectBlockEnd();
    list.span = { start: first.start, end };
    return list;
  }

  private parseBlockMap(properties: Properties): YamlMap {
    const first = this.take();
    const [map, entries] = this.startMap(properties, first.start, false);
    let end = first.end;
    while (this.isNext('?')) {
      const key = this.parseBlockKey();
      const value = this.parseBlockValue();
      entries.push({ key, value });
      end = Math.max(key.span.end, value.span.end);
    }
    this.expectBlockEnd();
    map.span = { start: first.start, end };
    return map;
  }

  private parseBlockKey(): YamlNode {
    const mark = this.take();
    return this.isNext('?', ':', '<block end>') ? empty(mark.end) : this.parseNode('value');
  }

  private parseBlockValue(): YamlNode {
    if (!this.isNext(':')) return empty(this.peek().start);
    const colon = this.take();
    return this.isNext('?', ':', '<block end>') ? empty(colon.end) : this.parseNode('value');
  }

  private expectBlockEnd(): void {
    const next = this.peek();
    if (next.kind !== '<block end>') {
      throw stop(`expected <block end>, but found '${next.kind}'`, next);
    }
    this.take();
  }

  private parseFlowList(properties: Properties): YamlList {
    const open = this.take();
    const [list, items] = this.startList(properties, open.start, true);
    while (!this.isNext(']')) {
      if (items.length > 0) this.expectComma(']', open);
      if (this.isNext('?')) items.push(this.parseFlowPair());
      else if (!this.isNext(']')) items.push(this.parseNode('flow'));
    }
    list.span = { start: open.start, end: this.take().end };
    return list;
  }

  /** `[a: b]` holds a mapping of one entry. */
  private parseFlowPair(): YamlNode {
    const mark = this.take();
    const key = this.isNext(':', ',', ']') ? empty(mark.end) : this.parseNode('flow');
    const value = this.parseFlowValue(']');
    const span = { start: key.span.start, end: Math.max(key.span.end, value.span.end) };
    return { kind: 'map', span, entries: [{ key, value }], flow: true };
  }

  private parseFlowMap(properties: Properties): YamlMap {
    const open = this.take();
    const [map, entries] = this.startMap(properties, open.start, true);
    while (!this.isNext('}')) {
      if (entries.length > 0) this.expectComma('}', open);
      if (this.isNext('?')) {
        const mark = this.take();
        const key = this.isNext(':', ',', '}') ? empty(mark.end) : this.parseNode('flow');
        entries.push({ key, value: this.parseFlowValue('}') });
      } else if (!this.isNext('}')) {
        const key = this.parseNode('flow');
        entries.push({ key, value: empty(this.peek().start) });
      }
    }
    map.span = { start: open.start, end: this.take().end };
    return map;
  }

  private parseFlowValue(close: ']' | '}'): YamlNode {
    if (!this.isNext(':')) return empty(this.peek().start);
    const colon = this.take();
    return this.isNext(',', close) ? empty(colon.end) : this.parseNode('flow');
  }

  private expectComma(close: ']' | '}', open: YamlToken): void {
    const next = this.peek();
    if (next.kind !== ',') {
      const words = `expected ',' or '${close}', but got '${next.kind}'`;
      // Of a bracket that nothing closes, the bracket is what is wrong.
      throw stop(words, next.kind === '<stream end>' ? open : next);
    }
    this.take();
  }

  private isNext(
    kind: TokenKind,
    second?: TokenKind,
    third?: TokenKind,
    fourth?: TokenKind,
  ): boolean {
    const next = this.scanner.peek().kind;
    return next === kind || next === second || next === third || next === fourth;
  }

  private skips(kind: TokenKind): boolean {
    if (!this.isNext(kind)) return false;
    this.take();
    return true;
  }

  private peek(): YamlToken {
    return this.scanner.peek();
  }

  private take(): YamlToken {
    return this.scanner.take();
  }
}

function factsOf({ anchor, tag }: Properties): { readonly anchor?: string; readonly tag?: string } {
  return { ...(anchor === undefined ? {} : { anchor }), ...(tag === undefined ? {} : { tag }) };
}

function empty(at: number): YamlScalar {
  return { kind: 'scalar', text: '', style: 'plain', span: { start: at, end: at } };
}

function spanOf({ start, end }: YamlToken): Span {
  return { start, end };
}

function stop(words: string, token: YamlToken): YamlStop {
  return new YamlStop('ParserError', words, spanOf(token));
}
