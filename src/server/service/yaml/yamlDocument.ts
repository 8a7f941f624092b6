import type { Span, YamlNode } from './yamlTree';

/** Why PyYAML does not read a text. */
export interface YamlProblem {
  /** Where PyYAML says that it is. */
  readonly span: Span;
  /** PyYAML's words on one line, such as `found character '\t' that cannot start any token`. */
  readonly words: string;
  /** The class of Python's error, such as `ScannerError`. */
  readonly error: string;
  readonly kind: 'syntax' | 'tooLarge';
}

/** A node that PyYAML makes no value of, such as one with an unknown tag. */
export interface YamlMistake {
  readonly span: Span;
  /** PyYAML's or Python's words. */
  readonly words: string;
  readonly error: string;
}

/** A YAML text as PyYAML's `safe_load` sees it. */
export interface YamlDocument {
  readonly text: string;
  /** Undefined for an empty text, and where nothing could be made of it. After a problem: what can be guessed. */
  readonly root: YamlNode | undefined;
  /** The first one, since PyYAML stops there. */
  readonly problem: YamlProblem | undefined;
  /** All of them; none after a problem. PyYAML stops at one. */
  readonly mistakes: readonly YamlMistake[];
}
