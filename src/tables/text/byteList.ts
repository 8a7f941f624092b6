/** Bytes one after the other in one array that grows; what is not written yet takes no memory where the system is lazy. */
export class ByteList {
  length = 0;
  private held: Uint8Array<ArrayBuffer>;

  /** @param expected so many bytes will come; more may */
  constructor(
    expected: number,
    private readonly most: number,
  ) {
    this.held = new Uint8Array(Math.min(most, Math.max(expected, 2 ** 16)));
  }

  /** The bytes, and room behind {@link length} that is not written yet. It is another array after some calls of {@link add}. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return this.held;
  }

  /** Takes as much of a piece as there may be, and says whether that was all of it. */
  add(piece: Uint8Array): boolean {
    const taken = Math.min(piece.length, this.most - this.length);
    const needed = this.length + taken;
    if (needed > this.held.length) {
      const grown = new Uint8Array(Math.min(this.most, Math.max(needed, this.held.length * 2)));
      grown.set(this.held.subarray(0, this.length));
      this.held = grown;
    }
    this.held.set(taken === piece.length ? piece : piece.subarray(0, taken), this.length);
    this.length = needed;
    return taken === piece.length;
  }
}
