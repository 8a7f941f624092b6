import type { SeriesColumns } from './curve';

/** One metric of one run, for the file. */
export interface HistoryPart {
  readonly run: string;
  readonly runId: string;
  readonly metric: string;
  readonly series: SeriesColumns & { readonly exactSteps?: BigInt64Array | undefined };
}

/** About 10,000 rows, which take a few milliseconds. */
const charactersOfPiece = 1_000_000;

/**
 * Histories as CSV, in the columns that MLflow's charts export: quoted by RFC 4180, lines ending with LF, for which programs that
 * read line by line are glad and spreadsheets do not mind. Comes in pieces of about a million characters, each made when it is
 * asked for, so that whoever writes them may pause between them.
 *
 * Numbers read back as they are: steps exactly to the last of 64 bits, timestamps in milliseconds since 1970, values with every
 * digit; what is not finite is spelled `nan`, `inf` and `-inf`, as Python's `float` and pandas write and read it. Texts
 * that a spreadsheet would run as a formula get an apostrophe in front (see {@link textCell}).
 */
export function* historyCsv(parts: Iterable<HistoryPart>): Generator<string> {
  let piece = 'Run,Run ID,metric,step,timestamp,value\n';
  for (const { run, runId, metric, series } of parts) {
    const head = [run, runId, metric].map(textCell).join(',');
    const { steps, exactSteps, timestamps, values } = series;
    for (let index = 0; index < values.length; index++) {
      const step = exactSteps ? exactSteps[index]! : steps[index]!;
      piece += `${head},${step},${timestamps[index]!},${numberCell(values[index]!)}\n`;
      if (piece.length < charactersOfPiece) continue;
      yield piece;
      piece = '';
    }
  }
  if (piece !== '') yield piece;
}

/**
 * A text as a cell. Names come from servers, and a spreadsheet would run one such as `=HYPERLINK(…)`: where one begins as a
 * formula does, an apostrophe tells that it is text. Ids of runs never begin so, and by them rows can be told apart exactly.
 */
export function textCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A value as a cell that Python's `float` and pandas read back as it was. */
export function numberCell(value: number): string {
  if (Number.isFinite(value)) return Object.is(value, -0) ? '-0.0' : String(value);
  return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
}
