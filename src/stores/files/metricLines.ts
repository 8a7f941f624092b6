import type { Step } from '../../mlflow/model';
import { decimalToDouble } from './decimal';
import { readPythonFloat, readPythonInt } from './pythonNumbers';

/** Where the numbers of a line go. */
export interface MetricSink {
  /** `timestamp` in milliseconds since 1970. False ends the reading. */
  point(step: Step, timestamp: number, value: number): boolean;
  /** A line that is none of the shapes that MLflow writes. */
  broken(): void;
}

const newline = 10;
const space = 32;
const minus = 45;
const dot = 46;
const zero = 48;
const exponent = 101;

/**
 * Reads the lines of a metric file: `timestamp value [step]`, or with a dataset five fields, whose step MLflow's
 * own reader takes for 0 (`FileStore._get_metric_from_line`). Almost every line
 * is read byte by byte, without a text of its own.
 */
export class MetricLines {
  private at = 0;

  /** `bytes` from the beginning of a line up to `end`, which is the end of one. */
  constructor(
    private readonly bytes: Buffer,
    private readonly end: number,
    private readonly sink: MetricSink,
  ) {}

  /** False once the sink wants no more. */
  read(): boolean {
    while (this.at < this.end) {
      const start = this.at;
      const timestamp = this.digits(space);
      const value = timestamp >= 0 ? this.decimal() : NaN;
      const step = value - value === 0 ? this.step() : NaN;
      const wanted =
        step - step === 0 ? this.sink.point(step, timestamp, value) : this.readSlowly(start);
      if (!wanted) return false;
    }
    return true;
  }

  private step(): number {
    if (this.bytes[this.at] !== minus) return this.digits(newline);
    this.at++;
    return 0 - this.digits(newline);
  }

  /** 1 to 15 digits, which a double holds exactly, and `stop` or the end behind them; NaN for anything else. */
  private digits(stop: number): number {
    const { bytes, end } = this;
    const start = this.at;
    let at = start;
    let number = 0;
    let byte = stop;
    for (; at < end; at++) {
      byte = bytes[at] ?? 0;
      const digit = byte - zero;
      if (digit < 0 || digit > 9) break;
      number = number * 10 + digit;
    }
    const length = at - start;
    this.at = at + 1;
    return length > 0 && length <= 15 && (byte === stop || at === end) ? number : NaN;
  }

  /** A decimal number and the blank behind it; NaN for what is written in another way or has more than 18 digits. */
  private decimal(): number {
    const { bytes, end } = this;
    const isNegative = bytes[this.at] === minus;
    let at = isNegative ? this.at + 1 : this.at;
    const start = at;
    let high = 0;
    let low = 0;
    let lowDigits = 0;
    let dotAt = -1;
    let byte = 0;
    for (; at < end; at++) {
      byte = bytes[at] ?? 0;
      const digit = byte - zero;
      if (digit < 0 || digit > 9) {
        if (byte !== dot || dotAt >= 0) break;
        dotAt = at;
      } else if (high < 1e8) {
        high = high * 10 + digit;
      } else {
        low = low * 10 + digit;
        lowDigits++;
      }
    }
    const length = at - start - (dotAt < 0 ? 0 : 1);
    const fraction = dotAt < 0 ? 0 : at - dotAt - 1;
    this.at = at + 1;
    const power = byte === exponent ? fraction - this.exponent() : byte === space ? fraction : NaN;
    if (length === 0 || lowDigits > 9) return NaN;
    const size = decimalToDouble(high, low, lowDigits, power);
    return isNegative ? -size : size;
  }

  private exponent(): number {
    const isNegative = this.bytes[this.at] === minus;
    if (isNegative || this.bytes[this.at] === 43) this.at++;
    const power = this.digits(space);
    return isNegative ? -power : power;
  }

  /** The line that begins at `start`, whatever its shape. */
  private readSlowly(start: number): boolean {
    const found = this.bytes.indexOf(newline, start);
    const end = found < 0 || found > this.end ? this.end : found;
    this.at = end + 1;
    // Python ends lines at these, too.
    for (const line of this.bytes.toString('utf8', start, end).split(/[\r\v\f\x1c-\x1e]/)) {
      const stripped = line.trim();
      if (stripped !== '' && !this.fields(stripped.split(' '))) return false;
    }
    return true;
  }

  private fields(fields: readonly string[]): boolean {
    const timestamp = readPythonInt(fields[0] ?? '');
    const value = readPythonFloat(fields[1] ?? '');
    const step = fields.length !== 3 ? 0 : readPythonInt(fields[2] ?? '');
    const isWhole = timestamp !== undefined && value !== undefined && step !== undefined;
    if (!isWhole || ![2, 3, 5].includes(fields.length)) {
      this.sink.broken();
      return true;
    }
    return this.sink.point(step, Number(timestamp), value);
  }
}
