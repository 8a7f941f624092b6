const mostEntries = 2000;

type Fields = Readonly<Record<string, unknown>>;

/** The members of a JSON object; none for whatever else it is. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : {};
}

/** The texts of a JSON array, as many as is sane. */
export function textsOf(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return [];
  return value.filter((text) => typeof text === 'string').slice(0, mostEntries);
}

/** A number between two bounds, or what is usual. */
export function numberOf(value: unknown, least: number, most: number, usual: number): number {
  return typeof value === 'number' && value >= least && value <= most ? value : usual;
}

/** A JSON boolean, or what is usual. */
export function flagOf(value: unknown, usual: boolean): boolean {
  return typeof value === 'boolean' ? value : usual;
}

const longestText = 1000;

/** A text as it is remembered: whatever else it is counts as none, and none is longer than is sane. */
export function searchOf(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, longestText) : '';
}

/** Those texts that are short enough to be remembered, as many as are read again. */
export function shortTexts(texts: Iterable<string>): readonly string[] {
  return [...texts].filter(isShortText).slice(0, mostEntries);
}

/** Whether a text is short enough to be remembered. */
export function isShortText(text: string): boolean {
  return text.length <= longestText;
}
