import type { MetaValue } from './meta';

const entry = /^([A-Za-z_][A-Za-z0-9_]*):(?: (.+))?$/;
const nestedEntry = /^ {2}([A-Za-z_][A-Za-z0-9_.-]*): (.+)$/;
/** Begins like no other kind of YAML than a plain scalar, is one to its end, and has no comment. */
const plain = /^(?![-?:,[\]{}#&*!|>'"%@`\s]|.*(?:: |:$|\s#|\s$|\t))|^-\d+$/;
const quoted = /^'((?:[^'\t]|'')*)'$/;

/**
 * Reads the flat YAML that MLflow writes (`key: value`, with one level of nested pairs); `undefined` for
 * anything else, folded texts and double quotes included, which is then for a whole parser. It takes a
 * fiftieth of such a parser's time, and there is one such file for every run.
 */
export function readFlatYaml(text: string): Map<string, MetaValue> | undefined {
  const values = new Map<string, MetaValue>();
  let open: Map<string, MetaValue> | undefined;
  for (const line of text.split('\n')) {
    const nested = open && nestedEntry.exec(line);
    if (open !== undefined && nested) {
      const value = scalar(nested[2] ?? '');
      if (value === undefined) return undefined;
      open.set(nested[1] ?? '', value);
      continue;
    }
    if (line === '') continue;
    const [, key, rest] = entry.exec(line) ?? [];
    if (key === undefined) return undefined;
    open = rest === undefined ? new Map() : undefined;
    const value = open ?? scalar(rest ?? '');
    if (value === undefined) return undefined;
    values.set(key, value);
  }
  return values;
}

function scalar(text: string): MetaValue | undefined {
  if (text === '[]' || text === '{}') return new Map();
  if (plain.test(text)) return text === 'null' || text === '~' ? null : text;
  return quoted.exec(text)?.[1]?.replaceAll("''", "'");
}
