interface Bracket {
  readonly kind: '{' | '[';
  /** The key whose value comes next. */
  key: string | undefined;
}

/** Follows quotes and brackets over lines: what a value that began in one of them still has open. */
export class FlowScanner {
  private readonly brackets: Bracket[] = [];
  private quote = '';
  private word = '';
  /** Whether the word is more than white space; looking at all of it for each sign would take long. */
  private hasWord = false;
  private wordStart = 0;
  private hasComment = false;

  get isOpen(): boolean {
    return this.brackets.length > 0 || this.quote !== '';
  }

  get hasBracket(): boolean {
    return this.brackets.length > 0;
  }

  /** Where the last line left off; columns are those of that line. */
  get state(): {
    readonly path: readonly string[];
    readonly isKey: boolean;
    readonly wordStart: number;
    readonly hasComment: boolean;
  } {
    const last = this.brackets.at(-1);
    return {
      path: this.brackets.flatMap(({ kind, key }) =>
        kind === '[' ? ['-'] : key === undefined ? [] : [key],
      ),
      isKey: last?.kind === '{' && last.key === undefined,
      wordStart: this.wordStart,
      hasComment: this.hasComment,
    };
  }

  /** Takes a value that may open something; a plain one does not. */
  begin(value: string, column: number): void {
    if (/^[{["']/.test(value)) this.scanFrom(value, column);
  }

  scan(line: string): void {
    this.scanFrom(line, 0);
  }

  private scanFrom(text: string, column: number): void {
    this.hasComment = false;
    this.wordStart = column;
    if (this.quote === '') this.startWord(column);
    for (let at = 0; at < text.length; at += 1) {
      const character = text[at] ?? '';
      if (this.quote !== '') {
        if (character === '\\' && this.quote === '"') at += 1;
        else if (character === this.quote) this.quote = '';
        else {
          this.word += character;
          this.hasWord ||= !/\s/.test(character);
        }
      } else if (character === '#' && (at === 0 || /\s/.test(text[at - 1] ?? ''))) {
        this.hasComment = true;
        return;
      } else if (at > 0 && !this.isOpen) {
        return;
      } else {
        this.take(character, text[at + 1], column + at);
      }
    }
  }

  private take(character: string, next: string | undefined, column: number): void {
    const last = this.brackets.at(-1);
    if ((character === '"' || character === "'") && !this.hasWord) {
      this.quote = character;
      this.wordStart = column;
    } else if (character === '{' || character === '[') {
      this.brackets.push({ kind: character, key: undefined });
      this.startWord(column + 1);
    } else if (character === '}' || character === ']') {
      this.brackets.pop();
      this.startWord(column + 1);
    } else if (character === ',' && last !== undefined) {
      last.key = undefined;
      this.startWord(column + 1);
    } else if (character === ':' && last?.kind === '{' && /^[\s,{}[\]]?$/.test(next ?? '')) {
      last.key = this.word.trim();
      this.startWord(column + 1);
    } else if (this.word === '' && /\s/.test(character)) {
      this.wordStart = column + 1;
    } else {
      this.word += character;
      this.hasWord ||= !/\s/.test(character);
    }
  }

  private startWord(column: number): void {
    this.word = '';
    this.hasWord = false;
    this.wordStart = column;
  }
}
