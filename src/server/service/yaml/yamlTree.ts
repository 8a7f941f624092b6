/** A piece of a text: offsets in UTF-16 units, the end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type YamlNode = YamlScalar | YamlMap | YamlList | YamlAlias;

interface NodeFacts {
  /** Without anchor, tag and comments. An empty value is where it would begin. */
  readonly span: Span;
  /** As the text resolves it, such as `tag:yaml.org,2002:int` or `!mine`; undefined where none is written. */
  readonly tag?: string;
  readonly anchor?: string;
}

export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded';

/** Text, number, date or nothing: `pythonValue` says which. */
export interface YamlScalar extends NodeFacts {
  readonly kind: 'scalar';
  /** Unquoted, unfolded and unescaped. */
  readonly text: string;
  readonly style: ScalarStyle;
}

export interface YamlEntry {
  readonly key: YamlNode;
  readonly value: YamlNode;
}

export interface YamlMap extends NodeFacts {
  readonly kind: 'map';
  /** As written: duplicates and merges (`<<`) among them. `dictEntries` has what Python makes of them. */
  readonly entries: readonly YamlEntry[];
  readonly flow: boolean;
}

export interface YamlList extends NodeFacts {
  readonly kind: 'list';
  readonly items: readonly YamlNode[];
  readonly flow: boolean;
}

/** `*name`. */
export interface YamlAlias extends NodeFacts {
  readonly kind: 'alias';
  readonly name: string;
  /** What the anchor is on; a node may hold an alias of itself. */
  readonly target: YamlNode | undefined;
}

/** What an alias stands for; any other node is itself. */
export function resolveAlias(node: YamlNode): Exclude<YamlNode, YamlAlias> | undefined {
  let found: YamlNode | undefined = node;
  while (found?.kind === 'alias') found = found.target;
  return found;
}
