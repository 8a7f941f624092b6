import type { Span, YamlScalar } from './yamlTree';

/**
 * Where each character of a scalar's text is in the document. Quotes, escapes, indentation and folding lie between the two.
 */
export class SourceOffsets {
  private readonly starts: Int32Array | undefined;

  constructor(
    documentText: string,
    private readonly scalar: YamlScalar,
  ) {
    this.starts = isPlainLine(documentText, scalar) ? undefined : align(documentText, scalar);
  }

  /** The offset in the document of an offset in the scalar's text. */
  toSource(offset: number): number {
    return this.starts === undefined
      ? this.scalar.span.start + this.quote + offset
      : (this.starts[Math.min(offset, this.scalar.text.length)] ?? this.scalar.span.end);
  }

  toSourceSpan({ start, end }: Span): Span {
    const from = this.toSource(start);
    // The last character's end, since what follows it may be on the next line.
    return { start: from, end: end > start ? Math.max(from, this.endOf(end - 1)) : from };
  }

  /** The offset in the scalar's text of an offset in the document. */
  toText(source: number): number {
    const { text, span } = this.scalar;
    if (this.starts === undefined) {
      return Math.min(Math.max(source - span.start - this.quote, 0), text.length);
    }
    let low = 0;
    let high = text.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.starts[middle] ?? 0) < source) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private get quote(): number {
    return this.scalar.style === 'plain' ? 0 : 1;
  }

  private endOf(offset: number): number {
    if (this.starts === undefined) return this.toSource(offset + 1);
    const own = this.toSource(offset);
    const next = this.toSource(offset + 1);
    // Characters that are written as themselves; escapes reach up to the next one.
    return this.scalar.style === 'double' || this.scalar.style === 'single' ? next : own + 1;
  }
}

function isPlainLine(documentText: string, { span, style, text }: YamlScalar): boolean {
  const quotes = style === 'plain' ? 0 : 1;
  if (style === 'literal' || style === 'folded') return false;
  return (
    span.end - span.start === text.length + 2 * quotes &&
    documentText.startsWith(text, span.start + quotes)
  );
}

const blank = /\s/;

/** Both hold the same characters in the same order, but for white space and escapes. */
function align(source: string, { text, span, style }: YamlScalar): Int32Array {
  const starts = new Int32Array(text.length + 1).fill(span.end);
  let at = contentStart(source, span, style);
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index] ?? '';
    if (style === 'double') at = skipLineEscapes(source, at);
    if (blank.test(character) && source[at] !== '\\') {
      starts[index] = at;
      if (source[at] === character && !blank.test(text[index + 1] ?? 'x')) at += 1;
      else if (source[at] === character) at += 1;
      continue;
    }
    while (at < span.end && blank.test(source[at] ?? '')) at += 1;
    if (style === 'double') at = skipLineEscapes(source, at);
    starts[index] = at;
    at += writtenLength(source, at, style, character);
  }
  starts[text.length] = Math.min(at, span.end);
  return starts;
}

function contentStart(source: string, span: Span, style: YamlScalar['style']): number {
  if (style === 'plain') return span.start;
  if (style === 'single' || style === 'double') return span.start + 1;
  const lineEnd = source.indexOf('\n', span.start);
  return lineEnd === -1 ? span.end : lineEnd + 1;
}

/** A backslash at the end of a line joins it with the next one. */
function skipLineEscapes(source: string, from: number): number {
  let at = from;
  for (;;) {
    const escape = /^\\\r?\n[ \t]*/.exec(source.slice(at, at + 200));
    if (escape === null) return at;
    at += escape[0].length;
  }
}

const escapeLengths: Readonly<Record<string, number>> = { x: 4, u: 6, U: 10 };

function writtenLength(
  source: string,
  at: number,
  style: YamlScalar['style'],
  character: string,
): number {
  if (style === 'single') return character === "'" ? 2 : 1;
  if (style !== 'double' || source[at] !== '\\') return 1;
  return escapeLengths[source[at + 1] ?? ''] ?? 2;
}
