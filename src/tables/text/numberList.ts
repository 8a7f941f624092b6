const blockBits = 18;
const blockSize = 2 ** blockBits;
const blockMask = blockSize - 1;

/** Integers from 0 to 2^32 - 1 in a list that grows without being copied. */
export class NumberList {
  private readonly blocks: Uint32Array[] = [];
  private last = new Uint32Array(0);
  private used = blockSize;

  get length(): number {
    return (
      Math.max(0, this.blocks.length - 1) * blockSize + (this.blocks.length > 0 ? this.used : 0)
    );
  }

  push(value: number): void {
    if (this.used === blockSize) {
      this.last = new Uint32Array(blockSize);
      this.blocks.push(this.last);
      this.used = 0;
    }
    this.last[this.used++] = value;
  }

  /** 0 beyond the end. */
  at(index: number): number {
    return this.blocks[index >>> blockBits]?.[index & blockMask] ?? 0;
  }
}
