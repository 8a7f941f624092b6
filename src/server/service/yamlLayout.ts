import { FlowScanner } from './flowScanner';
import { respaceFlow } from './respaceFlow';
import { readLine, type YamlLine } from './yamlLine';

interface Level {
  /** Columns before and after. */
  readonly was: number;
  readonly is: number;
  readonly isDash: boolean;
}

const step = 2;

/**
 * Lays the lines of a block YAML text out anew: two columns a level, one space behind a colon, a dash and a comma, at most one
 * empty line at a time. Comments and the insides of texts over several lines move along. Trusts the text to be YAML.
 */
export function layOut(text: string): string {
  return new Layout(text).run();
}

class Layout {
  private readonly lines: string[];
  private readonly out: string[] = [];
  private readonly levels: Level[] = [];
  /** Comments and empty lines that wait for the line they stand before. */
  private waiting: string[] = [];

  constructor(text: string) {
    this.lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
  }

  run(): string {
    for (let at = 0; at < this.lines.length;) {
      const source = this.lines[at] ?? '';
      const line = readLine(source);
      if (line.content === '') {
        this.waiting.push(source.trim());
        at += 1;
      } else {
        at = this.layOutNode(at, source, line);
      }
    }
    this.release(0);
    while (this.out.at(-1) === '') this.out.pop();
    return `${this.out.join('\n')}\n`;
  }

  /** Lays out the line and what its value takes of the lines below; returns the line after those. */
  private layOutNode(at: number, source: string, line: YamlLine): number {
    if (/^(---|\.\.\.)(\s|$)|^%/.test(source)) {
      this.levels.length = 0;
      return this.keep(at, source);
    }
    const parent = this.close(line);
    const column = parent === undefined ? 0 : parent.is + step;
    this.release(column);
    const own = this.openLevels(line, column);
    this.out.push(write(source, line, column));
    return this.moveValue(at, line, own);
  }

  private keep(at: number, source: string): number {
    this.release(0);
    this.out.push(source.trimEnd());
    return at + 1;
  }

  /** The level that the line is part of, with all deeper ones ended. */
  private close(line: YamlLine): Level | undefined {
    for (;;) {
      const last = this.levels.at(-1);
      if (last === undefined || last.was < line.indent) return last;
      if (last.was === line.indent && line.dashes.length > 0 && !last.isDash) return last;
      this.levels.pop();
    }
  }

  /** The innermost level of the line itself. */
  private openLevels(line: YamlLine, column: number): Level {
    let is = column;
    for (const was of line.dashes) {
      this.levels.push({ was, is, isDash: true });
      is += step;
    }
    const key = { was: line.contentStart, is, isDash: false };
    if (line.key === undefined) return this.levels.at(-1) ?? { was: -1, is: -1, isDash: false };
    this.levels.push(key);
    return key;
  }

  /** Moves the further lines of a value. */
  private moveValue(at: number, { value, valueStart, key, dashes }: YamlLine, own: Level): number {
    const header = /^[|>](?:[-+]?(\d)?[-+]?)$/.exec(value);
    if (header !== null) return this.moveBlockScalar(at + 1, own, header[1] !== undefined);
    const flow = new FlowScanner();
    flow.begin(value, valueStart);
    let next = at + 1;
    while (flow.isOpen && next < this.lines.length) {
      const line = this.lines[next] ?? '';
      flow.scan(line);
      this.out.push(moved(line, own.is - own.was, own.is + 1));
      next += 1;
    }
    if (next > at + 1 || value === '' || (key === undefined && dashes.length === 0)) return next;
    return this.movePlain(next, own);
  }

  private moveBlockScalar(start: number, own: Level, isExplicit: boolean): number {
    let end = start;
    let first: number | undefined;
    while (end < this.lines.length) {
      const { isBlank, indent } = readLine(this.lines[end] ?? '');
      if (!isBlank && (indent <= own.was || (!isExplicit && indent < (first ?? 0)))) break;
      if (!isBlank) first ??= indent;
      end += 1;
    }
    const shift = isExplicit || first === undefined ? own.is - own.was : own.is + step - first;
    for (const line of this.lines.slice(start, end)) this.out.push(shifted(line, shift));
    return end;
  }

  /** A plain text goes on in lines that are indented deeper. */
  private movePlain(start: number, own: Level): number {
    let end = start;
    for (let at = start; at < this.lines.length; at += 1) {
      const { content, isBlank, indent } = readLine(this.lines[at] ?? '');
      if (isBlank) continue;
      if (content === '' || indent <= own.was) break;
      end = at + 1;
    }
    for (const line of this.lines.slice(start, end)) {
      this.out.push(line.trim() === '' ? '' : `${' '.repeat(own.is + step)}${line.trim()}`);
    }
    return end;
  }

  private release(column: number): void {
    for (const line of this.waiting) {
      const last = this.out.at(-1);
      if (line === '' && (last === '' || last === undefined)) continue;
      this.out.push(line === '' ? '' : `${' '.repeat(column)}${line}`);
    }
    this.waiting = [];
  }
}

function write(source: string, line: YamlLine, column: number): string {
  const start = ' '.repeat(column) + '- '.repeat(line.dashes.length);
  if (line.colon === undefined) {
    return `${start}${respaceFlow(source.slice(line.contentStart).trimEnd())}`.trimEnd();
  }
  const key = source.slice(line.contentStart, line.colon).trimEnd();
  const value = source.slice(line.colon + 1).trim();
  return `${start}${key}:${value === '' ? '' : ` ${respaceFlow(value)}`}`;
}

function moved(line: string, shift: number, least: number): string {
  const content = line.trimStart();
  if (content === '') return '';
  const column = Math.max(least, line.length - content.length + shift);
  return `${' '.repeat(column)}${content}`;
}

function shifted(line: string, shift: number): string {
  if (line === '') return line;
  if (shift >= 0) return ' '.repeat(shift) + line;
  return line.slice(0, -shift).trim() === '' ? line.slice(-shift) : line;
}
