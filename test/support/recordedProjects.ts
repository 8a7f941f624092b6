import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { FormatAnswer, OracleVersion, ProjectVerdict, TextAnswer } from './projectOracle';
import { makeProjects, type ProjectCase } from './projectCorpus';

/** The projects whose verdicts are recorded. */
export const corpus: readonly ProjectCase[] = makeProjects(20, 80);

/** A project as it was when MLflow judged it. */
export interface RecordedProject {
  readonly title: string;
  readonly text: string;
  readonly verdict: ProjectVerdict;
}

function fileOf(version: OracleVersion): string {
  return path.resolve('test', 'fixtures', 'mlproject', `${version}.json`);
}

/** What MLflow said; written by the contract test when `MLFLOW_WORKBENCH_RECORD` is set. */
export function readRecorded(version: OracleVersion): readonly RecordedProject[] {
  return JSON.parse(readFileSync(fileOf(version), 'utf8')) as readonly RecordedProject[];
}

export function writeRecorded(version: OracleVersion, verdicts: readonly ProjectVerdict[]): void {
  const lines = corpus.map(({ title, text }, index) =>
    JSON.stringify({ title, text, verdict: verdicts[index] }),
  );
  writeFileSync(fileOf(version), `[\n${lines.join(',\n')}\n]\n`);
}

/** What Python made of commands and texts at random. */
export interface RecordedReadings {
  readonly formats: readonly { readonly command: string; readonly answer: FormatAnswer }[];
  readonly texts: readonly { readonly text: string; readonly answer: TextAnswer }[];
}

const readings = path.resolve('test', 'fixtures', 'mlproject', 'readings.json');

export function readReadings(): RecordedReadings {
  return JSON.parse(readFileSync(readings, 'utf8')) as RecordedReadings;
}

export function writeReadings({ formats, texts }: RecordedReadings): void {
  const lines = (all: readonly unknown[]) => all.map((one) => JSON.stringify(one)).join(',\n');
  writeFileSync(readings, `{"formats":[\n${lines(formats)}\n],"texts":[\n${lines(texts)}\n]}\n`);
}

/** Every refusal in a verdict; none where all entry points of the project start. */
export function refusalsIn({ load, runs = {} }: ProjectVerdict) {
  if (load !== undefined) return [load];
  return Object.values(runs).flatMap((run) => ('error' in run ? [run] : []));
}
