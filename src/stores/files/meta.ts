import type { KeyValue } from '../../mlflow/model';

/** A value as it is written; `null` where YAML says so, and a list counts as an empty map. */
export type MetaValue = string | null | ReadonlyMap<string, MetaValue>;

/**
 * What a `meta.yaml` says. Scalars are kept as text, since only the field tells whether `12e34` is a number
 * or the beginning of a run's id; `undefined` is what is missing, null or of another kind.
 */
export class Meta {
  constructor(private readonly values: ReadonlyMap<string, MetaValue>) {}

  has(key: string): boolean {
    return this.values.has(key);
  }

  text(key: string): string | undefined {
    const value = this.values.get(key);
    return typeof value === 'string' ? value : undefined;
  }

  /** The text of a field that must not be empty. */
  name(key: string): string | undefined {
    return this.text(key) || undefined;
  }

  /** A time or an enumeration's number. */
  number(key: string): number | undefined {
    const text = this.text(key);
    return text !== undefined && /^[-+]?\d+(?:\.\d*)?(?:e[-+]?\d+)?$/i.test(text)
      ? Number(text)
      : undefined;
  }

  pairs(key: string): KeyValue[] {
    const value = this.values.get(key);
    return value instanceof Map
      ? [...(value as ReadonlyMap<string, MetaValue>)].flatMap(([name, text]) =>
          typeof text === 'string' ? [{ key: name, value: text }] : [],
        )
      : [];
  }
}
