/** What single cells are, as bits, so that those of a column can be gathered. */
export const cellKinds = {
  /** Empty, or one of the words for nothing; no column becomes text by it. */
  missing: 1,
  number: 2,
  /** An integer whose double is another one. */
  large: 4,
  boolean: 8,
  date: 16,
  text: 32,
} as const;

/** What pandas takes for missing (`pandas._libs.parsers.STR_NA_VALUES`). */
const missingWords = new Set([
  ...['', '#N/A', '#N/A N/A', '#NA', '-1.#IND', '-1.#QNAN', '-NaN', '-nan', '1.#IND', '1.#QNAN'],
  ...['<NA>', 'N/A', 'NA', 'NULL', 'NaN', 'None', 'n/a', 'nan', 'null'],
]);
const longestMissing = 9;

const numberForm = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const infinityForm = /^[+-]?inf(?:inity)?$/i;
const booleanForm = /^(?:true|false)$/i;
const dateForm =
  /^(\d{4})[-/](\d\d)[-/](\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?(?: ?(Z|UTC|[+-]\d\d:?\d\d))?$/;
/** No number, date or boolean that means something is longer. */
const longestPlain = 400;

/** One of {@link cellKinds}. */
export function cellKind(text: string): number {
  if (text.length <= longestMissing && missingWords.has(text)) {
    return cellKinds.missing;
  }
  if (text.length > longestPlain) {
    return cellKinds.text;
  }
  const plain = text.trim();
  if (numberForm.test(plain)) {
    return plain.length > 15 && isLarge(plain)
      ? cellKinds.number | cellKinds.large
      : cellKinds.number;
  }
  if (infinityForm.test(plain)) {
    return cellKinds.number;
  }
  if (booleanForm.test(plain)) {
    return cellKinds.boolean;
  }
  if (plain === '') {
    return cellKinds.missing;
  }
  return Number.isNaN(dateValue(plain)) ? cellKinds.text : cellKinds.date;
}

/** Whether a text is an integer that a double does not hold. */
function isLarge(text: string): boolean {
  return /^[+-]?\d+$/.test(text) && !Number.isSafeInteger(Number(text));
}

/** NaN for what is no number. */
export function numberValue(text: string): number {
  const plain = text.trim();
  if (numberForm.test(plain)) {
    return Number(plain);
  }
  return infinityForm.test(plain) ? (plain.startsWith('-') ? -Infinity : Infinity) : NaN;
}

/** 1 and 0; NaN for what is no boolean. */
export function booleanValue(text: string): number {
  const plain = text.trim();
  return booleanForm.test(plain) ? (plain.length === 4 ? 1 : 0) : NaN;
}

/** Milliseconds since 1970, without a zone as if it were UTC; NaN for what is no date as ISO 8601 has it. */
export function dateValue(text: string): number {
  const parts = dateForm.exec(text.trim());
  if (parts === null) {
    return NaN;
  }
  const [year, month, day, hour, minute, second] = parts
    .slice(1, 7)
    .map((part) => Number(part ?? 0)) as [number, number, number, number, number, number];
  const fraction = Number(`0.${parts[7] ?? '0'}`) * 1000;
  const isReal = month >= 1 && month <= 12 && day >= 1 && day <= 31 && hour < 25 && minute < 60;
  const time = new Date(0).setUTCFullYear(year, month - 1, day);
  const isSameDay = new Date(time).getUTCDate() === day;
  if (!isReal || !isSameDay || second > 60) {
    return NaN;
  }
  const ofDay = ((hour * 60 + minute) * 60 + second) * 1000 + fraction;
  return time + ofDay - zoneOffset(parts[8]);
}

function zoneOffset(zone: string | undefined): number {
  const parts = /^([+-])(\d\d):?(\d\d)$/.exec(zone ?? '');
  if (parts === null) {
    return 0;
  }
  const minutes = Number(parts[2]) * 60 + Number(parts[3]);
  return (parts[1] === '-' ? -minutes : minutes) * 60_000;
}
