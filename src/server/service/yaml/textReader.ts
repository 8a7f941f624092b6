import type { Span } from './yamlTree';

/** Raised where PyYAML stops; caught by `readYaml`. */
export class YamlStop extends Error {
  constructor(
    readonly pythonError: string,
    readonly words: string,
    readonly span: Span,
  ) {
    super(words);
  }
}

const NUL = 0;
const tab = 9;
const lineFeed = 10;
const carriageReturn = 13;
const space = 32;

/** Line breaks of YAML 1.1. */
export function isBreak(unit: number): boolean {
  return (
    unit === lineFeed ||
    unit === carriageReturn ||
    unit === 0x85 ||
    unit === 0x2028 ||
    unit === 0x2029
  );
}

/** A line break, or the end of the text (which reads as NUL). */
export function isBreakOrEnd(unit: number): boolean {
  return unit === NUL || isBreak(unit);
}

export function isBreakSpaceOrEnd(unit: number): boolean {
  return unit === space || isBreakOrEnd(unit);
}

/** What may follow an indicator such as `-` or `:`. */
export function isBlankOrEnd(unit: number): boolean {
  return unit === tab || isBreakSpaceOrEnd(unit);
}

/** A place in a text that moves forward. The text holds no NUL. */
export class TextReader {
  offset = 0;
  line = 0;
  private lineStart = 0;

  constructor(readonly text: string) {}

  /** In UTF-16 units; PyYAML counts whole characters, which is the same where it matters: in indentation. */
  get column(): number {
    return this.offset - this.lineStart;
  }

  unit(ahead = 0): number {
    const at = this.offset + ahead;
    return at < this.text.length ? this.text.charCodeAt(at) : NUL;
  }

  /** Over characters that are no line breaks. */
  forward(count = 1): void {
    this.offset += count;
  }

  /** The mark of byte order belongs to no column. */
  skipByteOrderMark(): void {
    if (this.offset !== 0 || this.unit() !== 0xfeff) return;
    this.offset = 1;
    this.lineStart = 1;
  }

  /** Over spaces; tabs are none. */
  skipSpaces(): number {
    const start = this.offset;
    while (this.unit() === space) this.offset += 1;
    return this.offset - start;
  }

  skipLine(): void {
    while (!isBreakOrEnd(this.unit())) this.offset += 1;
  }

  /** @returns the line break as YAML has it, and nothing where there is none */
  takeBreak(): string {
    const unit = this.unit();
    if (!isBreak(unit)) return '';
    this.offset += unit === carriageReturn && this.unit(1) === lineFeed ? 2 : 1;
    this.line += 1;
    this.lineStart = this.offset;
    return unit === 0x2028 || unit === 0x2029 ? String.fromCharCode(unit) : '\n';
  }

  /** `---` or `...` at the beginning of a line. */
  isDocumentMark(): boolean {
    const unit = this.unit();
    return (
      this.column === 0 &&
      (unit === 45 || unit === 46) &&
      this.unit(1) === unit &&
      this.unit(2) === unit &&
      isBlankOrEnd(this.unit(3))
    );
  }

  /** The character here as Python's `repr` shows it. */
  shown(ahead = 0): string {
    const point = this.text.codePointAt(this.offset + ahead);
    return shownCharacter(point ?? NUL);
  }

  stop(words: string, span: Span = this.here()): YamlStop {
    return new YamlStop('ScannerError', words, span);
  }

  here(): Span {
    return { start: this.offset, end: Math.min(this.offset + 1, this.text.length) };
  }
}

const named: Readonly<Record<number, string>> = { 9: '\\t', 10: '\\n', 13: '\\r', 92: '\\\\' };

function shownCharacter(point: number): string {
  const name = named[point];
  if (name !== undefined) return `'${name}'`;
  if (point === 39) return `"'"`;
  if (point < 32 || (point >= 127 && point <= 160) || point === 173) {
    return `'\\x${point.toString(16).padStart(2, '0')}'`;
  }
  if (
    (point >= 0x2028 && point <= 0x202e) ||
    point === 0xfeff ||
    (point >= 0x2000 && point <= 0x200f)
  ) {
    return `'\\u${point.toString(16)}'`;
  }
  return `'${String.fromCodePoint(point)}'`;
}
