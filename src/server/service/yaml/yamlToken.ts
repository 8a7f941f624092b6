import type { ScalarStyle } from './yamlTree';

/** As PyYAML calls them in its messages. */
export type TokenKind =
  | '<directive>'
  | '<document start>'
  | '<document end>'
  | '<stream end>'
  | '<block sequence start>'
  | '<block mapping start>'
  | '<block end>'
  | '['
  | '{'
  | ']'
  | '}'
  | '?'
  | ':'
  | '-'
  | ','
  | '<alias>'
  | '<anchor>'
  | '<tag>'
  | '<scalar>';

export interface YamlToken {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
  /** Of a scalar its text, of an alias or anchor its name, of a tag its handle and suffix. */
  readonly text?: string;
  readonly style?: ScalarStyle;
  readonly tag?: TagText;
  readonly directive?: DirectiveText;
}

export interface TagText {
  /** `!`, `!!` or `!name!`; undefined for a tag that is written whole. */
  readonly handle: string | undefined;
  readonly suffix: string;
}

export type DirectiveText =
  | { readonly name: 'YAML'; readonly major: number }
  | { readonly name: 'TAG'; readonly handle: string; readonly prefix: string }
  | { readonly name: 'other' };
