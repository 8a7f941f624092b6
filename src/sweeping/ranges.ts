/** Numbers below this may be listed one by one. */
const mostNumbers = 1_000_000;

/** The numbers of a text such as `0-9, 12`; undefined where it is no such text, or names a number that is not below `size`. */
export function readRanges(text: string, size: number): readonly number[] | undefined {
  const numbers: number[] = [];
  for (const part of text.split(',')) {
    const [, first, last = first] = /^\s*(\d{1,15})\s*(?:[-–]\s*(\d{1,15})\s*)?$/.exec(part) ?? [];
    const [from, to] = [Number(first), Number(last)];
    if (first === undefined || from > to || to >= size) {
      return undefined;
    }
    if (numbers.length + to - from >= mostNumbers) {
      return undefined;
    }
    for (let number = from; number <= to; number++) {
      numbers.push(number);
    }
  }
  return numbers;
}
