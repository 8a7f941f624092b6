/** A value as the text of a cell: texts as they are, nothing for what is none, what is nested as JSON. */
export function jsonText(value: unknown): string {
  if (value === null || value === undefined) return '';
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value);
    case 'bigint':
    case 'boolean':
      return String(value);
    default:
      return JSON.stringify(value, plain) ?? '';
  }
}

/** What JSON has no word for, inside of what is nested. */
function plain(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : String(value);
  }
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  return ArrayBuffer.isView(value) ? [...(value as Uint8Array)] : value;
}
