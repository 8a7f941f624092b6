/** An integer of 16 digits or more outside of quotes: beyond 2^53 `JSON.parse` would round it. */
const longInteger = /(?<![.\w"])\d{16,}(?![.\w])/;

/** Python writes these bare, although JSON has no such words. */
const bareWord = /\b(?:NaN|Infinity)\b/;

/** A string, to be skipped, or a bare word. Loops over single characters keep the match linear. */
const stringOrBareWord = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\b(?:NaN|Infinity)\b/gs;

type Reviver = (key: string, value: unknown, context?: { readonly source?: string }) => unknown;

/**
 * Parses a reply of MLflow without losing anything: integers beyond ±2^53 become `bigint`, bare
 * `NaN`, `Infinity` and `-Infinity` become strings of that name, as the other endpoints send them.
 * Throws a `SyntaxError` for anything else that is not JSON. An ordinary reply is parsed natively.
 */
export function parseJson(text: string): unknown {
  try {
    return parseExact(text);
  } catch (error) {
    if (!bareWord.test(text)) {
      throw error;
    }
    return parseExact(
      text.replace(stringOrBareWord, (token) => (token.startsWith('"') ? token : `"${token}"`)),
    );
  }
}

function parseExact(text: string): unknown {
  return longInteger.test(text) ? JSON.parse(text, keepInteger) : (JSON.parse(text) as unknown);
}

const keepInteger: Reviver = (_key, value, context) =>
  typeof value === 'number' &&
  !Number.isSafeInteger(value) &&
  context?.source !== undefined &&
  /^-?\d+$/.test(context.source)
    ? BigInt(context.source)
    : value;
