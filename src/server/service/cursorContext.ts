import { FlowScanner } from './flowScanner';
import { readLine, type YamlLine } from './yamlLine';

/** Where in a YAML text the cursor is. */
export interface CursorContext {
  /** Keys from the root down; an item of a list is `-`. Of a value, the last one is its key. */
  readonly path: readonly string[];
  readonly place: 'key' | 'value' | 'comment';
  /** Where the word under the cursor begins, and where it ends. */
  readonly from: number;
  readonly to: number;
  /** How far the block that the cursor is in, or would begin, is indented. */
  readonly indent: number;
  /** Whether the cursor is inside `{…}` or `[…]`. */
  readonly flow: boolean;
}

interface Level {
  readonly indent: number;
  readonly key: string;
  /** Whether a value began on the key's own line: what is below and deeper goes on with it. */
  readonly valued: boolean;
}

/**
 * Tells it from indentation and brackets alone: that works, and is quick, while a line is half typed and the text is no YAML.
 *
 * @param offset in UTF-16 units, as JavaScript counts
 */
export function cursorContext(text: string, offset: number): CursorContext {
  const outline = new Outline();
  let start = 0;
  for (;;) {
    const found = text.indexOf('\n', start);
    const end = found === -1 ? text.length : found;
    if (offset <= end || found === -1) return outline.contextAt(text, start, offset);
    outline.pass(text.slice(start, end));
    start = end + 1;
  }
}

/** What the lines so far have opened. */
class Outline {
  private readonly levels: Level[] = [];
  private readonly flow = new FlowScanner();
  /** Inside a block scalar: how far its key is indented. */
  private scalarIndent: number | undefined;

  pass(lineText: string): void {
    if (this.flow.isOpen) {
      this.flow.scan(lineText);
      return;
    }
    if (lineText === '') return;
    const line = readLine(lineText);
    if (this.isInScalar(line) || line.content === '') return;
    this.open(line);
  }

  contextAt(text: string, start: number, offset: number): CursorContext {
    const prefix = text.slice(start, offset);
    const to = wordEnd(text, offset);
    if (this.flow.isOpen) {
      this.flow.scan(prefix);
      return this.insideFlow(text, start, offset);
    }
    const line = readLine(prefix);
    if (this.isInScalar(line)) {
      return this.at('value', wordStart(text, start, offset), to, line.indent);
    }
    if (line.hasComment) return this.at('comment', offset, offset, line.indent);
    this.open(line);
    if (this.flow.isOpen) return this.insideFlow(text, start, offset);
    if (line.key !== undefined || this.levels.at(-1)?.valued === true) {
      return this.at('value', start + line.valueStart, to, line.contentStart);
    }
    return this.at('key', Math.min(start + line.contentStart, offset), to, line.contentStart);
  }

  private isInScalar(line: YamlLine): boolean {
    if (this.scalarIndent === undefined) return false;
    if (line.indent > this.scalarIndent || line.isBlank) {
      return line.indent > this.scalarIndent;
    }
    this.scalarIndent = undefined;
    return false;
  }

  private open(line: YamlLine): void {
    this.close(line);
    for (const indent of line.dashes) this.levels.push({ indent, key: '-', valued: false });
    if (line.key !== undefined) {
      this.levels.push({
        indent: line.contentStart,
        key: line.key,
        valued: line.value !== '',
      });
    }
    if (/^[|>][-+\d]*$/.test(line.value)) {
      this.scalarIndent = line.key === undefined ? line.indent : line.contentStart;
    } else {
      this.flow.begin(line.value, line.valueStart);
    }
  }

  /** Ends the levels that a line of this indentation is not part of. */
  private close(line: YamlLine): void {
    for (;;) {
      const last = this.levels.at(-1);
      if (last === undefined || last.indent < line.indent) return;
      // A list may be as far left as its key.
      if (last.indent === line.indent && line.dashes.length > 0 && last.key !== '-') return;
      this.levels.pop();
    }
  }

  private insideFlow(text: string, start: number, offset: number): CursorContext {
    const { path, isKey, wordStart: column, hasComment } = this.flow.state;
    let from = Math.min(start + column, offset);
    while (from < offset && /\s/.test(text[from] ?? '')) from += 1;
    const place = hasComment ? 'comment' : isKey ? 'key' : 'value';
    return {
      ...this.at(place, from, wordEnd(text, offset), this.levels.at(-1)?.indent ?? 0),
      path: [...this.levels.map(({ key }) => key), ...path],
      flow: this.flow.hasBracket,
    };
  }

  private at(
    place: CursorContext['place'],
    from: number,
    to: number,
    indent: number,
  ): CursorContext {
    return { path: this.levels.map(({ key }) => key), place, from, to, indent, flow: false };
  }
}

function isWordPart(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}_.-]/u.test(character);
}

function wordEnd(text: string, offset: number): number {
  let end = offset;
  while (isWordPart(text[end])) end += 1;
  return end;
}

function wordStart(text: string, lineStart: number, offset: number): number {
  let from = offset;
  while (from > lineStart && isWordPart(text[from - 1])) from -= 1;
  return from;
}
