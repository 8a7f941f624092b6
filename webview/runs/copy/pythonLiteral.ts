const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '"': '\\"',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** What cannot be seen, breaks lines, turns the direction of writing or is half of a pair; all else stays readable. */
const unsafe =
  /[\\"\u0000-\u001f\u007f-\u00a0\u00ad\u061c\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** A text as a literal of Python, in double quotes. */
export function pythonLiteral(text: string): string {
  const safe = text.replace(
    unsafe,
    (mark) => escapes[mark] ?? `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `"${safe}"`;
}

/** Texts as a list, on lines of their own where they are many or long. */
export function pythonList(texts: readonly string[], indent = ''): string {
  const literals = texts.map(pythonLiteral);
  const short = `[${literals.join(', ')}]`;
  if (short.length + indent.length <= 88) return short;
  return `[\n${literals.map((each) => `${indent}    ${each},\n`).join('')}${indent}]`;
}
