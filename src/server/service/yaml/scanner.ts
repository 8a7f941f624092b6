import { scanAnchor, scanDirective, scanTag } from './scanProperties';
import { scanBlock, scanPlain, scanQuoted } from './scanScalars';
import { isBlankOrEnd, TextReader } from './textReader';
import type { TokenKind, YamlToken } from './yamlToken';

/** A token that turns out to be a key if a colon follows, on the same line and soon. */
interface PossibleKey {
  readonly tokenNumber: number;
  /** Nothing else may be here: without a colon it is an error. */
  readonly isRequired: boolean;
  readonly offset: number;
  readonly line: number;
  readonly column: number;
  readonly flowLevel: number;
}

const longestKey = 1024;

/** Cuts a text into tokens, each when it is asked for, by the rules of YAML 1.1 as PyYAML's scanner has them. */
export class Scanner {
  readonly reader: TextReader;
  private readonly tokens: YamlToken[] = [];
  /** What `peek` has found: nothing is put before it any more. */
  private next: YamlToken | undefined;
  /** How many tokens were taken, and how many of them are no longer in `tokens`. */
  private taken = 0;
  private dropped = 0;
  private isDone = false;
  private flowLevel = 0;
  private indent = -1;
  private readonly indents: number[] = [];
  private allowsKey = true;
  /** Outer levels first, so the older ones. */
  private possibleKeys: PossibleKey[] = [];

  constructor(text: string) {
    this.reader = new TextReader(text);
  }

  peek(): YamlToken {
    if (this.next !== undefined) return this.next;
    while (this.needsMore()) this.fetch();
    const token = this.tokens[this.taken - this.dropped];
    if (token === undefined) throw new Error('nothing follows the end of the stream');
    this.next = token;
    return token;
  }

  take(): YamlToken {
    const token = this.peek();
    this.next = undefined;
    this.taken += 1;
    if (this.taken - this.dropped > 256) {
      this.tokens.splice(0, this.taken - this.dropped);
      this.dropped = this.taken;
    }
    return token;
  }

  private needsMore(): boolean {
    if (this.isDone) return false;
    if (this.tokens.length + this.dropped === this.taken) return true;
    this.dropStaleKeys();
    return this.possibleKeys[0]?.tokenNumber === this.taken;
  }

  private fetch(): void {
    const { reader } = this;
    this.toNextToken();
    this.dropStaleKeys();
    this.unwind(reader.column);
    const start = reader.offset;
    if (start >= reader.text.length) {
      this.fetchEnd();
      return;
    }
    if (reader.column === 0 && reader.unit() === 37) {
      this.endBlocks();
      this.tokens.push(scanDirective(reader));
    } else if (reader.isDocumentMark()) {
      this.fetchDocumentMark();
    } else if (!this.fetchIndicator(String.fromCharCode(reader.unit()))) {
      if (!this.canBePlain()) {
        throw reader.stop(`found character ${reader.shown()} that cannot start any token`);
      }
      this.saveKey();
      const { token, brokeLine } = scanPlain(reader, this.indent, this.flowLevel > 0);
      this.allowsKey = brokeLine;
      this.tokens.push(token);
    }
  }

  /** @returns false where a plain scalar may be meant */
  private fetchIndicator(character: string): boolean {
    const { reader } = this;
    switch (character) {
      case '[':
      case '{':
        this.saveKey();
        this.flowLevel += 1;
        this.allowsKey = true;
        this.push(character, 1);
        return true;
      case ']':
      case '}':
        this.removeKey();
        this.flowLevel -= 1;
        this.allowsKey = false;
        this.push(character, 1);
        return true;
      case ',':
        this.allowsKey = true;
        this.removeKey();
        this.push(character, 1);
        return true;
      case '-':
        return isBlankOrEnd(reader.unit(1)) && this.fetchEntry();
      case '?':
        return (this.flowLevel !== 0 || isBlankOrEnd(reader.unit(1))) && this.fetchKey();
      case ':':
        return (this.flowLevel !== 0 || isBlankOrEnd(reader.unit(1))) && this.fetchValue();
      case '*':
      case '&':
        return this.fetchInline(() => scanAnchor(reader));
      case '!':
        return this.fetchInline(() => scanTag(reader));
      case "'":
        return this.fetchInline(() => scanQuoted(reader, 'single'));
      case '"':
        return this.fetchInline(() => scanQuoted(reader, 'double'));
      case '|':
      case '>':
        return this.flowLevel === 0 && this.fetchBlockScalar();
      default:
        return false;
    }
  }

  private fetchInline(scan: () => YamlToken): boolean {
    this.saveKey();
    this.allowsKey = false;
    this.tokens.push(scan());
    return true;
  }

  private fetchBlockScalar(): boolean {
    this.allowsKey = true;
    this.removeKey();
    this.tokens.push(scanBlock(this.reader, this.indent));
    return true;
  }

  private fetchEnd(): void {
    this.endBlocks();
    this.possibleKeys = [];
    this.push('<stream end>', 0);
    this.isDone = true;
  }

  private fetchDocumentMark(): void {
    this.endBlocks();
    this.push(this.reader.unit() === 45 ? '<document start>' : '<document end>', 3);
  }

  private endBlocks(): void {
    this.unwind(-1);
    this.removeKey();
    this.allowsKey = false;
  }

  private fetchEntry(): boolean {
    if (this.flowLevel === 0) {
      if (!this.allowsKey) throw this.reader.stop('sequence entries are not allowed here');
      if (this.addIndent(this.reader.column)) this.push('<block sequence start>', 0);
    }
    this.allowsKey = true;
    this.removeKey();
    this.push('-', 1);
    return true;
  }

  private fetchKey(): boolean {
    if (this.flowLevel === 0) {
      if (!this.allowsKey) throw this.reader.stop('mapping keys are not allowed here');
      if (this.addIndent(this.reader.column)) this.push('<block mapping start>', 0);
    }
    this.allowsKey = this.flowLevel === 0;
    this.removeKey();
    this.push('?', 1);
    return true;
  }

  private fetchValue(): boolean {
    const key = this.possibleKeys.at(-1);
    if (key?.flowLevel === this.flowLevel) {
      this.possibleKeys.pop();
      const { offset: start } = key;
      const at = key.tokenNumber - this.dropped;
      this.tokens.splice(at, 0, { kind: '?', start, end: start });
      if (this.flowLevel === 0 && this.addIndent(key.column)) {
        this.tokens.splice(at, 0, { kind: '<block mapping start>', start, end: start });
      }
      this.allowsKey = false;
    } else {
      if (this.flowLevel === 0) {
        if (!this.allowsKey) throw this.reader.stop('mapping values are not allowed here');
        if (this.addIndent(this.reader.column)) this.push('<block mapping start>', 0);
      }
      this.allowsKey = this.flowLevel === 0;
      this.removeKey();
    }
    this.push(':', 1);
    return true;
  }

  private canBePlain(): boolean {
    const unit = this.reader.unit();
    if (isBlankOrEnd(unit)) return false;
    const character = String.fromCharCode(unit);
    if (!'-?:,[]{}#&*!|>\'"%@`'.includes(character)) return true;
    const isPossible = character === '-' || (this.flowLevel === 0 && /[?:]/.test(character));
    return isPossible && !isBlankOrEnd(this.reader.unit(1));
  }

  private toNextToken(): void {
    const { reader } = this;
    reader.skipByteOrderMark();
    for (;;) {
      reader.skipSpaces();
      if (reader.unit() === 35) reader.skipLine();
      if (reader.takeBreak() === '') return;
      if (this.flowLevel === 0) this.allowsKey = true;
    }
  }

  private saveKey(): void {
    if (!this.allowsKey) return;
    this.removeKey();
    const { offset, line, column } = this.reader;
    this.possibleKeys.push({
      tokenNumber: this.dropped + this.tokens.length,
      isRequired: this.flowLevel === 0 && this.indent === column,
      offset,
      line,
      column,
      flowLevel: this.flowLevel,
    });
  }

  private removeKey(): void {
    const key = this.possibleKeys.at(-1);
    if (key?.flowLevel !== this.flowLevel) return;
    this.possibleKeys.pop();
    this.checkRequired(key);
  }

  private dropStaleKeys(): void {
    const { line, offset } = this.reader;
    for (;;) {
      const key = this.possibleKeys[0];
      if (key === undefined || (key.line === line && offset - key.offset <= longestKey)) return;
      this.possibleKeys.shift();
      this.checkRequired(key);
    }
  }

  private checkRequired(key: PossibleKey): void {
    if (!key.isRequired) return;
    const { text } = this.reader;
    const lineEnd = text.slice(key.offset).search(/[\n\r]/);
    const end = lineEnd === -1 ? text.length : key.offset + lineEnd;
    throw this.reader.stop("could not find expected ':'", { start: key.offset, end });
  }

  private unwind(column: number): void {
    if (this.flowLevel !== 0) return;
    while (this.indent > column) {
      this.indent = this.indents.pop() ?? -1;
      this.push('<block end>', 0);
    }
  }

  private addIndent(column: number): boolean {
    if (this.indent >= column) return false;
    this.indents.push(this.indent);
    this.indent = column;
    return true;
  }

  private push(kind: TokenKind, length: number): void {
    const start = this.reader.offset;
    this.reader.forward(length);
    this.tokens.push({ kind, start, end: this.reader.offset });
  }
}
