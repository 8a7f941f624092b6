import { fieldsOf, flagOf } from '../../kit/fields';

/** What a person looks at in this very tab. */
export interface Kept {
  readonly onlyDifferences: boolean;
  /** Name of the column by which rows belong together; their places do without it. */
  readonly key: string | undefined;
}

export const defaultKept: Kept = { onlyDifferences: true, key: undefined };

const longestName = 1000;

/** Reads what {@link writeKept} wrote; what is wrong is as usual. */
export function readKept(value: unknown): Kept {
  const fields = fieldsOf(value);
  const { key } = fields;
  return {
    onlyDifferences: flagOf(fields['onlyDifferences'], true),
    key: typeof key === 'string' && key.length <= longestName ? key : undefined,
  };
}

export function writeKept(kept: Kept): unknown {
  return kept;
}
