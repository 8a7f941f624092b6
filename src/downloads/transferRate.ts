/** The last seconds count; a rate of the whole would not tell that it has become slow. */
const window = 5000;
const mostSamples = 50;

/** How fast bytes come, and how long the rest takes. Times are milliseconds, of a clock that never goes back. */
export class TransferRate {
  private samples: { readonly at: number; readonly bytes: number }[] = [];

  /** So many bytes have come in all. */
  add(bytes: number, at: number): void {
    const last = this.samples.at(-1);
    if (last !== undefined && (bytes < last.bytes || at - last.at < window / mostSamples)) {
      return;
    }
    this.samples = [...this.samples.filter((each) => at - each.at <= window), { at, bytes }];
  }

  /** Bytes in a second; `undefined` while too little has come to tell. */
  perSecond(): number | undefined {
    const [first] = this.samples;
    const last = this.samples.at(-1);
    if (first === undefined || last === undefined || last.at - first.at < 500) {
      return undefined;
    }
    return ((last.bytes - first.bytes) * 1000) / (last.at - first.at);
  }

  /** Milliseconds until so many further bytes have come. */
  timeFor(bytes: number): number | undefined {
    const rate = this.perSecond();
    return rate === undefined || rate === 0 ? undefined : (Math.max(0, bytes) * 1000) / rate;
  }
}
