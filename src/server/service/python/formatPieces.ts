import type { Span } from '../yaml/yamlTree';

/** What `str.format` refuses, with Python's class and words. */
export interface FormatMistake {
  readonly span: Span;
  readonly error: 'ValueError' | 'KeyError' | 'IndexError' | 'AttributeError' | 'TypeError';
  readonly words: string;
}

/** `{name.attribute[item]!conversion:spec}`; spans are offsets in the text that is formatted. */
export interface FormatField {
  /** From the opening to the closing brace, both included. */
  readonly span: Span;
  /** Up to the first `.` or `[`: the key that is looked up. */
  readonly name: string;
  readonly nameSpan: Span;
  /** Attributes and items, such as `.upper[0]`; mostly empty. */
  readonly stepsSpan: Span;
  /** One character after `!`. */
  readonly conversion: string | undefined;
  /** What follows the colon; undefined without a colon. */
  readonly specSpan: Span | undefined;
  /** The fields within the spec. */
  readonly nested: readonly FormatPiece[];
}

export type FormatPiece =
  | { readonly kind: 'text'; readonly span: Span }
  /** `{{` or `}}`. */
  | { readonly kind: 'escape'; readonly span: Span }
  | { readonly kind: 'field'; readonly field: FormatField }
  /** Python stops here. The pieces after it are what follows once it is repaired. */
  | { readonly kind: 'mistake'; readonly mistake: FormatMistake };

/** Nested fields may hold no fields of their own. */
const deepest = 2;

/** Takes a text apart as Python's `str.format` does (`MarkupIterator_next` of CPython's unicode_format.h). */
export function formatPieces(
  text: string,
  span: Span = { start: 0, end: text.length },
  depth = 0,
): FormatPiece[] {
  const pieces: FormatPiece[] = [];
  let at = span.start;
  while (at < span.end) {
    const brace = nextBrace(text, at, span.end);
    if (brace > at) pieces.push({ kind: 'text', span: { start: at, end: brace } });
    if (brace === span.end) break;
    const next = brace + 1 < span.end ? text[brace + 1] : undefined;
    if (next === text[brace]) {
      pieces.push({ kind: 'escape', span: { start: brace, end: brace + 2 } });
      at = brace + 2;
    } else if (text[brace] === '}' || next === undefined) {
      const words = `Single '${text[brace]}' encountered in format string`;
      pieces.push(mistakeAt({ start: brace, end: brace + 1 }, words));
      at = brace + 1;
    } else {
      const found = new FieldReader(text, brace, span.end, depth).read();
      pieces.push(found.piece);
      at = found.end;
    }
  }
  return pieces;
}

function nextBrace(text: string, from: number, end: number): number {
  for (let at = from; at < end; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === 123 || unit === 125) return at;
  }
  return end;
}

function mistakeAt(span: Span, words: string): FormatPiece {
  return { kind: 'mistake', mistake: { span, error: 'ValueError', words } };
}

interface Found {
  readonly piece: FormatPiece;
  /** Where to go on. */
  readonly end: number;
}

/** Reads one field, whose opening brace is known (`parse_field` of CPython). */
class FieldReader {
  constructor(
    private readonly text: string,
    private readonly open: number,
    private readonly end: number,
    private readonly depth: number,
  ) {}

  read(): Found {
    const nameEnd = this.findNameEnd();
    if (nameEnd === undefined) return this.unclosed("expected '}' before end of string");
    const stop = this.text[nameEnd];
    if (stop === '{') return this.bracesInName(nameEnd);
    if (stop === '}') return this.field(nameEnd, undefined, undefined, nameEnd + 1);
    if (stop === ':') return this.readSpec(nameEnd, undefined, nameEnd + 1);
    return this.readConversion(nameEnd);
  }

  private findNameEnd(): number | undefined {
    for (let at = this.open + 1; at < this.end; at += 1) {
      const character = this.text[at] ?? '';
      if (character === '[') {
        while (at < this.end && this.text[at] !== ']') at += 1;
      } else if (/[{}:!]/.test(character)) {
        return at;
      }
    }
    return undefined;
  }

  private readConversion(nameEnd: number): Found {
    const point = nameEnd + 1 < this.end ? this.text.codePointAt(nameEnd + 1) : undefined;
    if (point === undefined) {
      return this.unclosed('end of string while looking for conversion specifier');
    }
    const conversion = String.fromCodePoint(point);
    const after = nameEnd + 1 + conversion.length;
    const next = after < this.end ? this.text[after] : undefined;
    if (next === '}') return this.field(nameEnd, conversion, undefined, after + 1);
    if (next !== undefined && next !== ':') {
      const span = { start: this.open, end: after + 1 };
      return { piece: mistakeAt(span, "expected ':' after conversion specifier"), end: after };
    }
    return this.readSpec(nameEnd, conversion, after + 1);
  }

  private readSpec(nameEnd: number, conversion: string | undefined, start: number): Found {
    let open = 1;
    for (let at = start; at < this.end; at += 1) {
      if (this.text[at] === '{') open += 1;
      if (this.text[at] === '}') open -= 1;
      if (open === 0) return this.field(nameEnd, conversion, { start, end: at }, at + 1);
    }
    return this.unclosed("unmatched '{' in format spec");
  }

  private field(
    nameEnd: number,
    conversion: string | undefined,
    specSpan: Span | undefined,
    end: number,
  ): Found {
    const start = this.open + 1;
    let split = start;
    while (split < nameEnd && this.text[split] !== '.' && this.text[split] !== '[') split += 1;
    const field: FormatField = {
      span: { start: this.open, end },
      name: this.text.slice(start, split),
      nameSpan: { start, end: split },
      stepsSpan: { start: split, end: nameEnd },
      conversion,
      specSpan,
      nested: specSpan === undefined ? [] : this.readNested(specSpan),
    };
    return { piece: { kind: 'field', field }, end };
  }

  private readNested(span: Span): readonly FormatPiece[] {
    const expands = this.text.slice(span.start, span.end).includes('{');
    if (!expands) return [{ kind: 'text', span }];
    if (this.depth + 1 >= deepest) return [mistakeAt(span, 'Max string recursion exceeded')];
    return formatPieces(this.text, span, this.depth + 1);
  }

  /** The inner brace may begin a field that is meant. */
  private bracesInName(inner: number): Found {
    const span = { start: this.open, end: inner + 1 };
    return { piece: mistakeAt(span, "unexpected '{' in field name"), end: inner };
  }

  private unclosed(words: string): Found {
    return { piece: mistakeAt({ start: this.open, end: this.end }, words), end: this.end };
  }
}
