import { TableError } from '../tableError';

/** Digits that a double may not hold. */
const manyDigits = /\d{16}/;
/** What Python's `json` writes where JSON has no word, and texts, in which it is none. */
const pythonWords = /"(?:[^"\\]|\\.)*"|-?Infinity|NaN/g;

/**
 * JSON in which integers beyond 2^53 are `bigint`s, so that they stay exact; texts with one value a line are lists of them.
 *
 * @throws TableError where it is no JSON
 */
export function parseExactly(bytes: Uint8Array): unknown {
  const text = new TextDecoder().decode(bytes);
  try {
    return parse(text);
  } catch (error) {
    return parseOtherwise(text, error);
  }
}

function parse(text: string): unknown {
  if (!manyDigits.test(text)) return JSON.parse(text) as unknown;
  type Context = { readonly source?: string } | undefined;
  const keepExact = (_key: string, value: unknown, context?: Context): unknown => {
    const source = context?.source;
    const isLarge = typeof value === 'number' && !Number.isSafeInteger(value);
    return isLarge && source !== undefined && /^-?\d+$/.test(source) ? BigInt(source) : value;
  };
  return JSON.parse(text, keepExact) as unknown;
}

function parseOtherwise(text: string, error: unknown): unknown {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  try {
    if (lines.length > 1 && /^\s*[{[]/.test(text)) return lines.map(parse);
  } catch {
    // Then it is one value over several lines.
  }
  try {
    return parse(
      text.replaceAll(pythonWords, (found) => (found[0] === '"' ? found : `"${found}"`)),
    );
  } catch {
    throw new TableError('malformed', error instanceof Error ? error.message : String(error));
  }
}
