import type { ParquetParsers } from 'hyparquet';

/** A moment of a Parquet file: as exact as it is there. */
export class Moment {
  /** @param isDay whether there is no time of day */
  constructor(
    /** Milliseconds since 1970. */
    readonly time: number,
    private readonly nanoseconds: number,
    private readonly isDay = false,
  ) {}

  toJSON(): string {
    return String(this);
  }

  toString(): string {
    const date = new Date(this.time);
    if (Number.isNaN(date.getTime())) return '';
    const text = date.toISOString();
    if (this.isDay) return text.slice(0, text.indexOf('T'));
    const [day = '', rest = ''] = text.slice(0, -1).split('T');
    const [clock = '', milliseconds = ''] = rest.split('.');
    const digits = `${milliseconds}${String(this.nanoseconds).padStart(6, '0')}`;
    const fraction = digits.replace(/0+$/, '');
    return fraction === '' ? `${day} ${clock}` : `${day} ${clock}.${fraction}`;
  }
}

/** @param perMillisecond so many units are a millisecond */
function momentOf(value: bigint | null | undefined, perMillisecond: bigint): Moment | undefined {
  if (value === null || value === undefined) return undefined;
  const units = BigInt(value);
  let milliseconds = units / perMillisecond;
  let rest = units % perMillisecond;
  if (rest < 0n) {
    milliseconds -= 1n;
    rest += perMillisecond;
  }
  return new Moment(Number(milliseconds), Number((rest * 1_000_000n) / perMillisecond));
}

/** Takes what the file has as it is, where the usual parsers round it or might fail. */
export const parquetParsers: Partial<ParquetParsers> = {
  timestampFromMilliseconds: (value) => momentOf(value, 1n),
  timestampFromMicroseconds: (value) => momentOf(value, 1000n),
  timestampFromNanoseconds: (value) => momentOf(value, 1_000_000n),
  dateFromDays: (days: number | null | undefined) =>
    days === null || days === undefined ? undefined : new Moment(days * 86_400_000, 0, true),
  jsonFromBytes: (bytes: Uint8Array | null | undefined) =>
    bytes === null || bytes === undefined ? undefined : new TextDecoder().decode(bytes),
};
