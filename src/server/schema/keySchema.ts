/** A key that MLflow, or a sweep, acts on. Texts are functions since the language is known only once a client has come. */
export interface KeySchema {
  readonly key: string;
  /** A sentence or two of Markdown. */
  readonly describe: () => string;
  /**
   * What follows the key's colon when it is completed, as an LSP snippet: `' $0'` for a value on the same line,
   * `'\n  $0'` for a mapping below. A line break is followed by indentation relative to the key.
   */
  readonly snippet: string;
  /** The values there are, where they are few. */
  readonly values?: readonly ValueSchema[];
}

export interface ValueSchema {
  readonly value: string;
  readonly describe: () => string;
}

/** The keys of one kind of mapping. */
export type Keys = readonly KeySchema[];

export function findKey(keys: Keys, key: string): KeySchema | undefined {
  return keys.find((one) => one.key === key);
}
