import { AttributeColumn, isTime } from './attributeColumn';
import { numberInText, saysNaN } from './column';
import type { Column } from './column';
import { TextColumn } from './textColumn';

/**
 * Numbers by which rows are sorted upwards by their places: of equal ones the next key decides, NaN comes last. Numbers
 * come before texts in both directions, and what is missing, or NaN, comes last in both.
 */
export function sortRanks(
  column: Column,
  rows: number,
  descending: boolean,
  locale: string,
): Float64Array {
  const ranks = new Float64Array(rows);
  if (column instanceof TextColumn) {
    const byCode = textRanks(column.texts, descending, locale);
    byCode[0] = NaN;
    for (let at = 0; at < rows; at++) ranks[at] = byCode[column.code(at)]!;
    return ranks;
  }
  if (column instanceof AttributeColumn && !isTime(column.name))
    return attributeRanks(column, rows, descending, locale);
  const sign = descending ? -1 : 1;
  for (let at = 0; at < rows; at++) ranks[at] = column.number(at) * sign;
  return ranks;
}

function attributeRanks(
  column: AttributeColumn,
  rows: number,
  descending: boolean,
  locale: string,
): Float64Array {
  const texts = Array.from({ length: rows }, (_, at) => column.text(at));
  const different = [...new Set(texts)];
  const ranked = textRanks(different, descending, locale, column.name !== 'name');
  const byText = new Map(
    different.map((text, index) => [text, text === '' ? NaN : ranked[index]!]),
  );
  return Float64Array.from(texts, (text) => byText.get(text) ?? NaN);
}

/** The ranks of different texts among each other. */
function textRanks(
  texts: readonly string[],
  descending: boolean,
  locale: string,
  takesNumbers = true,
): Float64Array {
  const sign = descending ? -1 : 1;
  const ranks = new Float64Array(texts.length).fill(NaN);
  const numbers = Float64Array.from(texts, takesNumbers ? numberInText : () => NaN);
  const numeric: number[] = [];
  const textual: number[] = [];
  texts.forEach((text, index) => {
    if (!Number.isNaN(numbers[index]!)) numeric.push(index);
    else if (!takesNumbers || !saysNaN(text)) textual.push(index);
  });
  numeric.sort((one, other) => compareNumbers(numbers[one]!, numbers[other]!) * sign);
  const { compare } = new Intl.Collator(locale, { numeric: true });
  textual.sort((one, other) => compare(texts[one]!, texts[other]!) * sign);
  let rank = -1;
  numeric.forEach((index, place) => {
    // Texts that are the same number, such as 1 and 1.0, leave it to the next key.
    if (place === 0 || numbers[index] !== numbers[numeric[place - 1]!]) rank += 1;
    ranks[index] = rank;
  });
  for (const index of textual) ranks[index] = rank += 1;
  return ranks;
}

/** Without NaN in their difference for two equal infinities. */
function compareNumbers(one: number, other: number): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
