import { numberInText } from './column';
import type { Column } from './column';

const denseShare = 1 / 4;
const fewestDense = 64;

/**
 * Texts of rows: each different one is held once, and rows have its code (0: none), in a map while few have one, then in
 * an array as narrow as the codes are.
 */
export class TextColumn implements Column {
  filled = 0;
  /** The different texts by their codes; those of codes that are free are empty. */
  readonly texts: string[] = [''];
  private readonly codes = new Map<string, number>();
  /** How many rows have each code. */
  private readonly uses: number[] = [0];
  /** Codes that no row has any more; the next new texts get them. */
  private readonly free: number[] = [];
  private numbers: Float64Array | undefined;
  private sparse: Map<number, number> | undefined = new Map();
  private dense: Uint8Array | Uint16Array | Uint32Array = new Uint8Array(0);

  get varies(): boolean {
    return this.codes.size > 1;
  }

  /** @param rows how many rows there are or will soon be */
  set(at: number, text: string, rows: number): void {
    const before = this.code(at);
    if (before === 0) this.filled += 1;
    else if (this.texts[before] === text) return;
    else this.release(before);
    const code = this.codeOf(text);
    this.uses[code]! += 1;
    if (this.sparse !== undefined) {
      this.sparse.set(at, code);
      if (this.filled >= fewestDense && this.filled > rows * denseShare) this.makeDense(rows);
      return;
    }
    this.makeRoom(Math.max(at + 1, this.dense.length), rows);
    this.dense[at] = code;
  }

  clear(at: number): void {
    const before = this.code(at);
    if (before === 0) return;
    this.release(before);
    this.filled -= 1;
    if (this.sparse !== undefined) this.sparse.delete(at);
    else this.dense[at] = 0;
  }

  /** The place of the row's text in {@link texts}; 0 where it has none. */
  code(at: number): number {
    return (this.sparse === undefined ? this.dense[at] : this.sparse.get(at)) ?? 0;
  }

  has(at: number): boolean {
    return this.code(at) !== 0;
  }

  text(at: number): string {
    return this.texts[this.code(at)] ?? '';
  }

  number(at: number): number {
    return this.asNumbers()[this.code(at)] ?? NaN;
  }

  /** What the {@link texts} are as numbers. */
  asNumbers(): Float64Array {
    if (this.numbers?.length !== this.texts.length)
      this.numbers = Float64Array.from(this.texts, numberInText);
    return this.numbers;
  }

  private codeOf(text: string): number {
    const known = this.codes.get(text);
    if (known !== undefined) return known;
    const code = this.free.pop() ?? this.texts.length;
    this.codes.set(text, code);
    this.texts[code] = text;
    this.uses[code] = 0;
    if (this.numbers !== undefined && code < this.numbers.length)
      this.numbers[code] = numberInText(text);
    return code;
  }

  /** Counts one row less for a code; without any it is free. */
  private release(code: number): void {
    this.uses[code]! -= 1;
    if (this.uses[code] !== 0) return;
    this.codes.delete(this.texts[code]!);
    this.texts[code] = '';
    this.free.push(code);
  }

  private makeDense(rows: number): void {
    const entries = this.sparse ?? new Map<number, number>();
    this.sparse = undefined;
    this.makeRoom(Math.max(rows, ...entries.keys()) + 1, rows);
    for (const [at, code] of entries) this.dense[at] = code;
  }

  /** Makes the array so long, and as wide as the greatest code. */
  private makeRoom(length: number, rows: number): void {
    const most = this.texts.length - 1;
    const Wanted = most < 0x100 ? Uint8Array : most < 0x10000 ? Uint16Array : Uint32Array;
    const isWide = this.dense.BYTES_PER_ELEMENT >= Wanted.BYTES_PER_ELEMENT;
    if (isWide && length <= this.dense.length) return;
    const Kept = isWide ? (this.dense.constructor as typeof Wanted) : Wanted;
    const dense = new Kept(
      length <= this.dense.length ? this.dense.length : Math.max(length, rows),
    );
    dense.set(this.dense);
    this.dense = dense;
  }
}
