import { KeyPlaces } from './keyPlaces';
import type { Run } from './model';

/** Cells of one kind of columns: the n-th belongs to the n-th place of a key. */
type Cells = readonly (string | number)[];

/** A run whose columns are not all known yet; JSON. */
type Spooled = readonly [info: string, metrics: Cells, params: Cells, tags: Cells];

const infoColumns = ['run_id', 'experiment_id', 'status', 'artifact_uri', 'start_time', 'end_time'];

/**
 * Runs as CSV, as `mlflow.search_runs(…).to_csv(index=False)` writes them: the same columns and, read back, the same cells. Which
 * columns there are is only known at the end, so each run is {@link spool}ed first, and made a line of afterwards.
 * Metrics, params and tags each stand in the order in which they first come; MLflow's is that of a Python set, which is another every time.
 */
export class RunsCsv {
  private readonly metrics = new KeyPlaces();
  private readonly params = new KeyPlaces();
  private readonly tags = new KeyPlaces();

  /** @param infinity how the store spells it: SQL databases hold the greatest double in its place */
  constructor(private readonly infinity: 'inf' | 'greatest') {}

  /** How many columns there are so far. */
  get width(): number {
    const { metrics, params, tags } = this;
    return infoColumns.length + metrics.all.length + params.all.length + tags.all.length;
  }

  /** A run as one line of text, without its line break. */
  spool(run: Run): string {
    const info = [
      run.id,
      run.experimentId,
      run.status,
      run.artifactUri,
      timeCell(run.startTime),
      timeCell(run.endTime || undefined),
    ];
    const spooled: Spooled = [
      info.map(textCell).join(','),
      run.metrics.flatMap(({ key, value }) => [this.metrics.place(key), this.numberCell(value)]),
      run.params.flatMap(({ key, value }) => [this.params.place(key), textCell(value)]),
      run.tags.flatMap(({ key, value }) => [this.tags.place(key), textCell(value)]),
    ];
    // Node takes these two for ends of lines, too, and JSON leaves them as they are.
    return JSON.stringify(spooled).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
  }

  /** The first line. */
  head(): string {
    const columns = [
      ...infoColumns,
      ...this.metrics.all.map((key) => `metrics.${key}`),
      ...this.params.all.map((key) => `params.${key}`),
      ...this.tags.all.map((key) => `tags.${key}`),
    ];
    return `${columns.map(textCell).join(',')}\n`;
  }

  /** The line of a run, once all were spooled. */
  line(spooled: string): string {
    const [info, ...kinds] = JSON.parse(spooled) as Spooled;
    const widths = [this.metrics, this.params, this.tags].map(({ all }) => all.length);
    const parts = kinds.map((cells, kind) => inPlaces(cells, widths[kind] ?? 0));
    return `${[info, ...parts.filter((_, kind) => (widths[kind] ?? 0) > 0)].join(',')}\n`;
  }

  private numberCell(value: number): string {
    if (Number.isNaN(value)) {
      return '';
    }
    const finite = this.infinity === 'greatest' ? Number.MAX_VALUE : Infinity;
    return pythonFloat(Number.isFinite(value) ? value : Math.sign(value) * finite);
  }
}

function inPlaces(cells: Cells, width: number): string {
  const all = new Array<string>(width).fill('');
  for (let index = 0; index < cells.length; index += 2) {
    all[Number(cells[index])] = String(cells[index + 1]);
  }
  return all.join(',');
}

/** A double as Python's `repr` writes it, which is the shortest text that reads back as the same. */
export function pythonFloat(value: number): string {
  if (!Number.isFinite(value)) {
    return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  }
  const [mantissa = '', power = ''] = value.toExponential().split('e');
  const exponent = Number(power);
  if (exponent < -4 || exponent >= 16) {
    const digits = String(Math.abs(exponent)).padStart(2, '0');
    return `${sign(value)}${mantissa.replace('-', '')}e${exponent < 0 ? '-' : '+'}${digits}`;
  }
  // From 1e-4 on JavaScript writes no exponent either.
  const plain = String(Math.abs(value));
  return `${sign(value)}${plain.includes('.') ? plain : `${plain}.0`}`;
}

function sign(value: number): string {
  return value < 0 || Object.is(value, -0) ? '-' : '';
}

/** As pandas writes a time in UTC: microseconds only where there are any. */
function timeCell(time: number | undefined): string {
  const date = new Date(time ?? Number.NaN);
  if (Number.isNaN(date.getTime())) {
    return '';
  }
  const [seconds = '', milliseconds = ''] = date.toISOString().replace('T', ' ').split(/[.Z]/);
  return `${seconds}${milliseconds === '000' ? '' : `.${milliseconds}000`}+00:00`;
}

/** Quoted where it has to be, and nothing else: what a spreadsheet would take for a formula stays as it is in Python, too. */
function textCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
